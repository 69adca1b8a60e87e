package dev.wasmortem.wasm.validation;

import dev.wasmortem.wasm.code.Immediate;
import dev.wasmortem.wasm.code.Opcode;
import dev.wasmortem.wasm.types.AbstractHeapType;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The signatures of the opcode table, made numbers once. */
final class Signatures {
  /** The address type of the memory that the immediates name. */
  static final int MEMORY_ADDRESS = -1;

  /** The address type of the table that the immediates name. */
  static final int TABLE_ADDRESS = -2;

  private static final Map<Opcode, Fixed> FIXED = new EnumMap<>(Opcode.class);

  static {
    for (Opcode opcode : Opcode.values()) {
      if (!opcode.signature().equals(Opcode.CONTEXTUAL)) {
        FIXED.put(opcode, new Fixed(opcode));
      }
    }
  }

  private Signatures() {}

  /** What is to be checked of the immediates. */
  enum Check {
    NOTHING,
    MEMORY_ACCESS,
    LANE,
    LANES,
    INDICES
  }

  /** What an instruction pops and pushes whatever the context. */
  static final class Fixed {
    final int[] pops;
    final int[] pushes;
    final Check check;

    /** The bytes that a memory argument is about; 0 without one. */
    final int accessSize;

    /** The number of lanes; 0 if no immediate is one. */
    final int lanes;

    final List<Immediate> immediates;

    Fixed(Opcode opcode) {
      String signature = opcode.signature();
      int arrow = signature.indexOf("->");
      this.pops = codes(signature.substring(0, arrow));
      this.pushes = codes(signature.substring(arrow + 2));
      this.immediates = opcode.immediates();
      this.accessSize = sizeOf(Immediate.Encoding.MEMARG);
      this.lanes = sizeOf(Immediate.Encoding.BYTE);
      if (accessSize > 0) {
        this.check = Check.MEMORY_ACCESS;
      } else if (lanes > 0) {
        this.check = Check.LANE;
      } else if (immediates.contains(Immediate.LANES)) {
        this.check = Check.LANES;
      } else {
        this.check = hasIndex() ? Check.INDICES : Check.NOTHING;
      }
    }

    // Loops, here and below: this runs once, cold, for hundreds of rows.

    private boolean hasIndex() {
      for (Immediate immediate : immediates) {
        if (immediate.space().isPresent()) {
          return true;
        }
      }
      return false;
    }

    private int sizeOf(Immediate.Encoding encoding) {
      for (Immediate immediate : immediates) {
        if (immediate.encoding() == encoding) {
          return immediate.size();
        }
      }
      return 0;
    }
  }

  static @Nullable Fixed of(Opcode opcode) {
    return FIXED.get(opcode);
  }

  private static int[] codes(String side) {
    int count = 0;
    int[] codes = new int[side.length() / 3 + 1];
    for (int at = 0; at < side.length(); ) {
      int end = side.indexOf(' ', at);
      end = end < 0 ? side.length() : end;
      if (end > at) {
        codes[count++] = code(side.substring(at, end));
      }
      at = end + 1;
    }
    return Arrays.copyOf(codes, count);
  }

  private static int code(String token) {
    return switch (token) {
      case "i32" -> TypeCode.I32;
      case "i64" -> TypeCode.I64;
      case "f32" -> TypeCode.F32;
      case "f64" -> TypeCode.F64;
      case "v128" -> TypeCode.V128;
      case "addr" -> MEMORY_ADDRESS;
      case "taddr" -> TABLE_ADDRESS;
      default -> reference(token);
    };
  }

  private static int reference(String token) {
    for (AbstractHeapType type : AbstractHeapType.values()) {
      if (token.equals(type + "ref")) {
        return TypeCode.nullable(type);
      }
      if (token.equals("ref." + type)) {
        return TypeCode.REF | TypeCode.heap(type);
      }
    }
    throw new IllegalStateException("operand " + token + " in the opcode table");
  }
}
