package dev.wasmortem.wasm;

import dev.wasmortem.bytes.ByteWriter;
import dev.wasmortem.wasm.types.HeapType;

/** A constant expression of one instruction (§5.4.9, §5.5.9). Floats are bits. */
public sealed interface ConstValue {
  /** Which instruction it is. */
  enum Kind {
    I32,
    I64,
    F32,
    F64,
    V128,
    REF_NULL,
    REF_FUNC,
    GLOBAL_GET
  }

  /** Returns the kind, to switch over. */
  Kind kind();

  /** Writes the instruction and the {@code end} after it. */
  void writeTo(ByteWriter out);

  /** {@code i32.const} */
  record I32(int value) implements ConstValue {
    @Override
    public Kind kind() {
      return Kind.I32;
    }

    @Override
    public void writeTo(ByteWriter out) {
      out.u8(0x41).signed(value).u8(ConstExpr.END);
    }
  }

  /** {@code i64.const} */
  record I64(long value) implements ConstValue {
    @Override
    public Kind kind() {
      return Kind.I64;
    }

    @Override
    public void writeTo(ByteWriter out) {
      out.u8(0x42).signed(value).u8(ConstExpr.END);
    }
  }

  /** {@code f32.const} */
  record F32(int bits) implements ConstValue {
    @Override
    public Kind kind() {
      return Kind.F32;
    }

    @Override
    public void writeTo(ByteWriter out) {
      out.u8(0x43).i32le(bits).u8(ConstExpr.END);
    }
  }

  /** {@code f64.const} */
  record F64(long bits) implements ConstValue {
    @Override
    public Kind kind() {
      return Kind.F64;
    }

    @Override
    public void writeTo(ByteWriter out) {
      out.u8(0x44).i64le(bits).u8(ConstExpr.END);
    }
  }

  /** {@code v128.const}: bytes 0 to 7 and 8 to 15, each as a little-endian number. */
  record V128(long low, long high) implements ConstValue {
    @Override
    public Kind kind() {
      return Kind.V128;
    }

    @Override
    public void writeTo(ByteWriter out) {
      out.u8(0xfd).unsigned(0x0c).i64le(low).i64le(high).u8(ConstExpr.END);
    }
  }

  /** {@code ref.null} */
  record RefNull(HeapType heapType) implements ConstValue {
    @Override
    public Kind kind() {
      return Kind.REF_NULL;
    }

    @Override
    public void writeTo(ByteWriter out) {
      out.u8(0xd0);
      heapType.writeTo(out);
      out.u8(ConstExpr.END);
    }
  }

  /** {@code ref.func} */
  record RefFunc(int function) implements ConstValue {
    @Override
    public Kind kind() {
      return Kind.REF_FUNC;
    }

    @Override
    public void writeTo(ByteWriter out) {
      out.u8(0xd2).unsigned(function).u8(ConstExpr.END);
    }
  }

  /** {@code global.get} */
  record GlobalGet(int global) implements ConstValue {
    @Override
    public Kind kind() {
      return Kind.GLOBAL_GET;
    }

    @Override
    public void writeTo(ByteWriter out) {
      out.u8(0x23).unsigned(global).u8(ConstExpr.END);
    }
  }
}
