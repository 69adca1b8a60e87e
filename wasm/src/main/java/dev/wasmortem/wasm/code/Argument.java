package dev.wasmortem.wasm.code;

import dev.wasmortem.wasm.types.HeapType;
import dev.wasmortem.wasm.types.ValueType;
import java.util.List;
import java.util.stream.Collectors;

/** The value of an immediate; {@code toString} gives the text format's form. */
public sealed interface Argument {
  /** What kinds of values there are. */
  enum Kind {
    INDEX,
    LITERAL,
    I32,
    I64,
    F32,
    F64,
    V128,
    MEMORY,
    BLOCK,
    HEAP,
    VALUES,
    LABELS,
    CLAUSES
  }

  /** Returns the kind, to switch over. */
  Kind kind();

  /** An index. */
  record Index(IndexSpace space, int value) implements Argument {
    @Override
    public Kind kind() {
      return Kind.INDEX;
    }

    @Override
    public String toString() {
      return Integer.toString(value);
    }
  }

  /** A lane, a count, flags or a reserved byte: 0 or more. */
  record Literal(int value) implements Argument {
    @Override
    public Kind kind() {
      return Kind.LITERAL;
    }

    @Override
    public String toString() {
      return Integer.toString(value);
    }
  }

  /** A constant. */
  record I32(int value) implements Argument {
    @Override
    public Kind kind() {
      return Kind.I32;
    }

    @Override
    public String toString() {
      return Integer.toString(value);
    }
  }

  /** A constant. */
  record I64(long value) implements Argument {
    @Override
    public Kind kind() {
      return Kind.I64;
    }

    @Override
    public String toString() {
      return Long.toString(value);
    }
  }

  /** A constant, as bits. */
  record F32(int bits) implements Argument {
    @Override
    public Kind kind() {
      return Kind.F32;
    }

    @Override
    public String toString() {
      return FloatText.of(bits);
    }
  }

  /** A constant, as bits. */
  record F64(long bits) implements Argument {
    @Override
    public Kind kind() {
      return Kind.F64;
    }

    @Override
    public String toString() {
      return FloatText.of(bits);
    }
  }

  /** Sixteen bytes: 0 to 7 and 8 to 15, each as a little-endian number. */
  record V128(long low, long high) implements Argument {
    @Override
    public Kind kind() {
      return Kind.V128;
    }

    /** Returns the byte at a position, 0 to 15. */
    public int lane(int position) {
      return (int) ((position < 8 ? low : high) >>> (8 * (position & 7))) & 0xff;
    }

    @Override
    public String toString() {
      return String.format(
          "i32x4 0x%08x 0x%08x 0x%08x 0x%08x", (int) low, low >>> 32, (int) high, high >>> 32);
    }
  }

  /** Where in which memory, and how far aligned. */
  record Memory(int memory, long offset, int alignLog2, int accessSize) implements Argument {
    @Override
    public Kind kind() {
      return Kind.MEMORY;
    }

    @Override
    public String toString() {
      StringBuilder text = new StringBuilder();
      if (memory != 0) {
        text.append(memory);
      }
      if (offset != 0) {
        text.append(text.isEmpty() ? "" : " ").append("offset=");
        text.append(Long.toUnsignedString(offset));
      }
      if (1L << alignLog2 != accessSize) {
        text.append(text.isEmpty() ? "" : " ").append("align=");
        text.append(Long.toUnsignedString(1L << alignLog2));
      }
      return text.toString();
    }
  }

  /** The type of a block. */
  record Block(BlockType type) implements Argument {
    @Override
    public Kind kind() {
      return Kind.BLOCK;
    }

    @Override
    public String toString() {
      return type.toString();
    }
  }

  /** A heap type. */
  record Heap(HeapType type) implements Argument {
    @Override
    public Kind kind() {
      return Kind.HEAP;
    }

    @Override
    public String toString() {
      return type.toString();
    }
  }

  /** Value types. */
  record Values(List<ValueType> types) implements Argument {
    public Values {
      types = List.copyOf(types);
    }

    @Override
    public Kind kind() {
      return Kind.VALUES;
    }

    @Override
    public String toString() {
      return types.stream()
          .map(ValueType::toString)
          .collect(Collectors.joining(" ", "(result ", ")"));
    }
  }

  /** Labels, the default last. */
  record Labels(List<Integer> labels) implements Argument {
    public Labels {
      labels = List.copyOf(labels);
    }

    @Override
    public Kind kind() {
      return Kind.LABELS;
    }

    @Override
    public String toString() {
      return labels.stream().map(String::valueOf).collect(Collectors.joining(" "));
    }
  }

  /** Clauses. */
  record Clauses(List<Clause> clauses) implements Argument {
    public Clauses {
      clauses = List.copyOf(clauses);
    }

    @Override
    public Kind kind() {
      return Kind.CLAUSES;
    }

    @Override
    public String toString() {
      return clauses.stream().map(Clauses::text).collect(Collectors.joining(" "));
    }

    private static String text(Clause clause) {
      StringBuilder text = new StringBuilder("(").append(clause.kind());
      if (clause.tag() >= 0) {
        text.append(' ').append(clause.tag());
      }
      if (clause.label() >= 0) {
        text.append(' ').append(clause.label());
      }
      return text.append(')').toString();
    }
  }
}
