package dev.wasmortem.wasm;

import dev.wasmortem.bytes.ByteWriter;
import dev.wasmortem.wasm.code.Opcode;
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
      Opcode.I32_CONST.writeTo(out).signed(value);
      Opcode.END.writeTo(out);
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
      Opcode.I64_CONST.writeTo(out).signed(value);
      Opcode.END.writeTo(out);
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
      Opcode.F32_CONST.writeTo(out).i32le(bits);
      Opcode.END.writeTo(out);
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
      Opcode.F64_CONST.writeTo(out).i64le(bits);
      Opcode.END.writeTo(out);
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
      Opcode.V128_CONST.writeTo(out).i64le(low).i64le(high);
      Opcode.END.writeTo(out);
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
      Opcode.REF_NULL.writeTo(out);
      heapType.writeTo(out);
      Opcode.END.writeTo(out);
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
      Opcode.REF_FUNC.writeTo(out).unsigned(function);
      Opcode.END.writeTo(out);
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
      Opcode.GLOBAL_GET.writeTo(out).unsigned(global);
      Opcode.END.writeTo(out);
    }
  }
}
