package dev.wasmortem.coredump.extension;

import dev.wasmortem.bytes.ByteWriter;
import dev.wasmortem.bytes.Cursor;
import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.coredump.Value;
import dev.wasmortem.wasm.types.HeapType;

/**
 * A value of any type. The convention's are written as it writes them in frames.
 *
 * <pre>
 * value ::= 0x01                                     missing
 *         | 0x7f s32 | 0x7e s64 | 0x7d f32 | 0x7c f64
 *         | 0x7b byte^16                             v128
 *         | reference
 * reference ::= 0xd0 heaptype                        null
 *             | 0xd2 heaptype instance:u32 funcidx:u32
 *             | 0x64 heaptype                        not null, and no more is known
 * </pre>
 *
 * {@code 0xd0} and {@code 0xd2} are the opcodes of {@code ref.null} and {@code ref.func}, {@code
 * 0x64} begins the type {@code (ref heaptype)}.
 */
final class TypedValue {
  private static final int MISSING = 0x01;
  private static final int I32 = 0x7f;
  private static final int I64 = 0x7e;
  private static final int F32 = 0x7d;
  private static final int F64 = 0x7c;
  private static final int V128 = 0x7b;
  private static final int NULL = 0xd0;
  private static final int FUNCTION = 0xd2;
  private static final int OPAQUE = 0x64;

  private TypedValue() {}

  static void write(ByteWriter out, Value value) {
    switch (value.kind()) {
      case MISSING -> out.u8(MISSING);
      case I32 -> out.u8(I32).signed(((Value.I32) value).value());
      case I64 -> out.u8(I64).signed(((Value.I64) value).value());
      case F32 -> out.u8(F32).i32le(((Value.F32) value).bits());
      case F64 -> out.u8(F64).i64le(((Value.F64) value).bits());
      case V128 -> {
        Value.V128 v128 = (Value.V128) value;
        out.u8(V128).i64le(v128.low()).i64le(v128.high());
      }
      case NULL_REF -> ((Value.NullRef) value).type().writeTo(out.u8(NULL));
      case FUNC_REF -> {
        Value.FuncRef ref = (Value.FuncRef) value;
        ref.type().writeTo(out.u8(FUNCTION));
        Extension.writeIndex(out, ref.instance());
        Extension.writeIndex(out, ref.function());
      }
      case OPAQUE_REF -> ((Value.OpaqueRef) value).type().writeTo(out.u8(OPAQUE));
    }
  }

  static Value read(Cursor cursor) {
    long start = cursor.position();
    int tag = cursor.u8();
    switch (tag) {
      case MISSING -> {
        return Value.MISSING;
      }
      case I32 -> {
        return new Value.I32(cursor.s32());
      }
      case I64 -> {
        return new Value.I64(cursor.s64());
      }
      case F32 -> {
        return new Value.F32(cursor.i32le());
      }
      case F64 -> {
        return new Value.F64(cursor.i64le());
      }
      case V128 -> {
        long low = cursor.i64le();
        return new Value.V128(low, cursor.i64le());
      }
      case NULL -> {
        return new Value.NullRef(HeapType.read(cursor));
      }
      case FUNCTION -> {
        HeapType type = HeapType.read(cursor);
        int instance = Extension.indexOrNone(cursor);
        return new Value.FuncRef(type, instance, Extension.indexOrNone(cursor));
      }
      case OPAQUE -> {
        return new Value.OpaqueRef(HeapType.read(cursor));
      }
      default ->
          throw new FormatException.Malformed(
              "value type 0x" + Integer.toHexString(tag), cursor.at(start));
    }
  }

  static Value.Reference readReference(Cursor cursor) {
    long start = cursor.position();
    if (read(cursor) instanceof Value.Reference reference) {
      return reference;
    }
    throw new FormatException.Malformed("a value that is no reference", cursor.at(start));
  }
}
