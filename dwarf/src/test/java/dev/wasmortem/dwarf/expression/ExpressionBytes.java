package dev.wasmortem.dwarf.expression;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.dwarf.Encoding;
import dev.wasmortem.dwarf.InfoOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Expressions written by hand, and a machine and a unit to evaluate them in. */
final class ExpressionBytes {
  static final Encoding WASM32 = new Encoding(5, 4, 4);
  static final Encoding WASM64 = new Encoding(5, 4, 8);

  /** Entries of base types: offset in the unit, which begins at 0x100. */
  static final int SIGNED_8 = 0x10;

  static final int UNSIGNED_8 = 0x11;
  static final int SIGNED_32 = 0x12;
  static final int UNSIGNED_32 = 0x13;
  static final int SIGNED_64 = 0x14;
  static final int UNSIGNED_64 = 0x15;
  static final int FLOAT = 0x16;
  static final int DOUBLE = 0x17;
  static final int SIGNED_128 = 0x18;
  static final int COMPLEX = 0x19;

  private static final Map<Long, ScalarType> TYPES = new HashMap<>();

  static {
    type(SIGNED_8, BaseEncoding.SIGNED_CHAR, 1);
    type(UNSIGNED_8, BaseEncoding.UNSIGNED_CHAR, 1);
    type(SIGNED_32, BaseEncoding.SIGNED, 4);
    type(UNSIGNED_32, BaseEncoding.UNSIGNED, 4);
    type(SIGNED_64, BaseEncoding.SIGNED, 8);
    type(UNSIGNED_64, BaseEncoding.UNSIGNED, 8);
    type(FLOAT, BaseEncoding.FLOAT, 4);
    type(DOUBLE, BaseEncoding.FLOAT, 8);
    type(SIGNED_128, BaseEncoding.SIGNED, 16);
    type(COMPLEX, BaseEncoding.COMPLEX_FLOAT, 8);
  }

  private final Map<Long, Expression> callees = new HashMap<>();
  private final Encoding encoding;

  ExpressionBytes(Encoding encoding) {
    this.encoding = encoding;
  }

  private static void type(int offset, BaseEncoding encoding, int size) {
    TYPES.put(0x100L + offset, new ScalarType(encoding.name(), encoding, size));
  }

  /** Makes the entry at an offset of {@code .debug_info} have a location. */
  ExpressionBytes callee(long entry, int... bytes) {
    callees.put(entry, of(bytes));
    return this;
  }

  Expression of(int... bytes) {
    byte[] copy = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      copy[i] = (byte) bytes[i];
    }
    return of(ByteSource.of("expression", copy));
  }

  Expression of(ByteSource bytes) {
    return Expression.of(
        bytes,
        encoding,
        new References() {
          @Override
          public InfoOffset unit() {
            return new InfoOffset(0x100);
          }

          @Override
          public OptionalLong address(long index) {
            return index == 3 ? OptionalLong.of(0x4000) : OptionalLong.empty();
          }

          @Override
          public Optional<ScalarType> baseType(InfoOffset entry) {
            return Optional.ofNullable(TYPES.get(entry.value()));
          }

          @Override
          public Optional<Expression> location(InfoOffset entry) {
            return Optional.ofNullable(callees.get(entry.value()));
          }
        });
  }

  /**
   * A frame: local 1 is 0x1000, local 2 an i64 of 0x1122334455667788, local 3 missing, global 0 is
   * 0x8000, operand 0 is 5; each byte of memory is the low byte of its address. At entry local 1
   * was 0x77.
   */
  static Machine machine() {
    return new Machine() {
      @Override
      public Reading wasm(WasmSpace space, long index) {
        if (space == WasmSpace.LOCAL && index == 1) {
          return Reading.of(0x1000, 4);
        }
        if (space == WasmSpace.LOCAL && index == 2) {
          return Reading.of(0x1122334455667788L, 8);
        }
        if (space == WasmSpace.GLOBAL && index == 0) {
          return Reading.of(0x8000, 4);
        }
        return space == WasmSpace.OPERAND && index == 0
            ? Reading.of(5, 4)
            : Machine.super.wasm(space, index);
      }

      @Override
      public Reading memory(long addressSpace, long address, int size) {
        long value = 0;
        for (int i = Math.min(size, 8) - 1; i >= 0; i--) {
          value = value << 8 | ((address + i + addressSpace) & 0xff);
        }
        return address >= 0x100000
            ? Reading.missing("address is not captured")
            : Reading.of(value, size);
      }

      @Override
      public Reading canonicalFrameAddress() {
        return Reading.of(0x9000, 4);
      }

      @Override
      public Reading threadLocal(long offset) {
        return Reading.of(0x700 + offset, 4);
      }

      @Override
      public Machine atEntry() {
        return new Machine() {
          @Override
          public Reading wasm(WasmSpace space, long index) {
            return index == 1 ? Reading.of(0x77, 4) : Machine.super.wasm(space, index);
          }
        };
      }
    };
  }
}
