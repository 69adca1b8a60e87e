package dev.wasmortem.wasm.code;

import dev.wasmortem.bytes.Cursor;
import dev.wasmortem.wasm.types.AbstractHeapType;
import dev.wasmortem.wasm.types.RefType;
import org.jspecify.annotations.Nullable;

/**
 * How an instruction is written where there is a choice: walks over its bytes in step with what is
 * written in its form. A width of 0 or less says that there is no number at this place. The
 * shortest form knows of none.
 */
final class EncodedForm {
  static final EncodedForm SHORTEST = new EncodedForm(null, 1);

  /** Instead of a width: a nullable reference to an abstract heap type in its two-byte form. */
  static final int LONG = -1;

  static final int EMPTY_BLOCK = 0x40;
  static final int MEMORY_NAMED = 0x40;

  /** Null when there is no more to follow. */
  private @Nullable Cursor cursor;

  private final int codeWidth;

  private EncodedForm(@Nullable Cursor cursor, int codeWidth) {
    this.cursor = cursor;
    this.codeWidth = codeWidth;
  }

  /** Returns the form of the instruction at a cursor, if it is of an opcode; else the shortest. */
  static EncodedForm of(Cursor cursor, Opcode opcode) {
    int first = cursor.u8();
    if (opcode.prefix() == 0) {
      return first == opcode.code() ? new EncodedForm(cursor, 1) : SHORTEST;
    }
    long start = cursor.position();
    return first == opcode.prefix() && cursor.u32() == opcode.code()
        ? new EncodedForm(cursor, (int) (cursor.position() - start))
        : SHORTEST;
  }

  /** Returns the width of the code after the prefix. */
  int codeWidth() {
    return codeWidth;
  }

  /** Returns the width of a number. */
  int number() {
    if (cursor == null) {
      return 0;
    }
    int width = 1;
    while (cursor.u8() >= 0x80) {
      width++;
    }
    return width;
  }

  /** Returns the width of a count; follows no further if it is another one than is written. */
  int count(int written) {
    if (cursor == null) {
      return 0;
    }
    long start = cursor.position();
    long count = cursor.u32();
    int width = (int) (cursor.position() - start);
    if (count != written) {
      cursor = null;
    }
    return width;
  }

  /** Passes bytes that can be written in one way only. */
  void skip(int bytes) {
    if (cursor != null) {
      cursor.skip(bytes);
    }
  }

  /** Returns the width of a type index. */
  int heapType() {
    if (cursor != null && AbstractHeapType.of(cursor.peek()).isPresent()) {
      cursor.skip(1);
      return 0;
    }
    return number();
  }

  /** Returns the width of a type index, or {@link #LONG}. */
  int valueType() {
    if (cursor == null) {
      return 0;
    }
    int first = cursor.u8();
    if (first != RefType.REF && first != RefType.REF_NULL) {
      return 0;
    }
    int width = heapType();
    return width == 0 && first == RefType.REF_NULL ? LONG : width;
  }

  /** Returns the width of a type index, or {@link #LONG}. */
  int blockType() {
    if (cursor == null) {
      return 0;
    }
    int first = cursor.peek();
    if (first == EMPTY_BLOCK) {
      cursor.skip(1);
      return 0;
    }
    return (first & 0xc0) == 0x40 ? valueType() : number();
  }

  /**
   * The widths of a memory argument's numbers.
   *
   * @param memory 0 if memory 0 is meant and not told
   */
  record MemoryArgument(int flags, int memory, int offset) {}

  MemoryArgument memoryArgument() {
    if (cursor == null) {
      return new MemoryArgument(0, 0, 0);
    }
    long start = cursor.position();
    boolean named = (cursor.u32() & MEMORY_NAMED) != 0;
    int flags = (int) (cursor.position() - start);
    return new MemoryArgument(flags, named ? number() : 0, number());
  }
}
