package dev.wasmortem.wasm;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Cursor;
import dev.wasmortem.bytes.FileOffset;
import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.bytes.Lazy;
import dev.wasmortem.wasm.code.BodyOffset;
import dev.wasmortem.wasm.code.CodeOffset;
import dev.wasmortem.wasm.code.InstructionReader;
import dev.wasmortem.wasm.types.FuncType;

/**
 * The body of a function that a module defines (§5.5.13): a view of its bytes. The local
 * declarations are read when asked for, the instructions one by one.
 */
public final class FunctionBody {
  private final WasmModule module;
  private final int functionIndex;
  private final ByteSource bytes;
  private final Lazy<Prologue> prologue = new Lazy<>(this::readPrologue);

  /** What stands before the instructions. */
  private record Prologue(LocalTypes locals, BodyOffset end) {}

  FunctionBody(WasmModule module, int functionIndex, ByteSource bytes) {
    this.module = module;
    this.functionIndex = functionIndex;
    this.bytes = bytes;
  }

  /** Returns the module that it belongs to. */
  public WasmModule module() {
    return module;
  }

  /** Returns the function's index, counted with the imported ones. */
  public int functionIndex() {
    return functionIndex;
  }

  /**
   * Returns the function's type.
   *
   * @throws FormatException if the module's types are damaged or its index is not a function type's
   */
  public FuncType type() {
    if (functionIndex >= module.functionCount()) {
      throw new FormatException.Malformed(
          "a body without a function: function and code section have inconsistent lengths",
          bytes.at(0, "codesec"));
    }
    return module.functionType(functionIndex);
  }

  /** Returns the body from the byte after its size on: local declarations and instructions. */
  public ByteSource bytes() {
    return bytes;
  }

  /** Returns where {@link #bytes} begins in the file. */
  public FileOffset start() {
    return bytes.origin();
  }

  /** Returns the number of {@link #bytes}, 0 to 2³¹−1. */
  public int size() {
    return (int) bytes.size();
  }

  /** Returns the types of the locals, parameters first. */
  public LocalTypes locals() {
    return prologue.get().locals();
  }

  /** Returns where the first instruction begins, after the local declarations. */
  public BodyOffset codeStart() {
    return prologue.get().end();
  }

  /** Returns a reader that stands before the first instruction. */
  public InstructionReader instructions() {
    return InstructionReader.ofBody(bytes, codeStart());
  }

  private Prologue readPrologue() {
    Cursor cursor = bytes.cursor();
    LocalTypes locals = LocalTypes.read(type(), cursor);
    return new Prologue(locals, new BodyOffset((int) cursor.position()));
  }

  /** Returns whether the byte at {@code offset} belongs to the body. */
  public boolean contains(FileOffset offset) {
    long at = offset.value() - start().value();
    return at >= 0 && at < bytes.size();
  }

  /**
   * Returns an offset in the file as one in the body.
   *
   * @throws IllegalArgumentException if it is outside; the offset after the last byte is not
   */
  public BodyOffset bodyOffset(FileOffset offset) {
    return inside(offset.value() - start().value());
  }

  /**
   * Returns an offset in the code section as one in the body.
   *
   * @throws IllegalArgumentException if it is outside; the offset after the last byte is not
   */
  public BodyOffset bodyOffset(CodeOffset offset) {
    return inside(offset.value() - codeOffset(new BodyOffset(0)).value());
  }

  private BodyOffset inside(long value) {
    if (value < 0 || value > bytes.size()) {
      throw new IllegalArgumentException(
          "offset " + value + " in a body of " + bytes.size() + " bytes");
    }
    return new BodyOffset((int) value);
  }

  /** Returns an offset in the body as one in the file. */
  public FileOffset fileOffset(BodyOffset offset) {
    return start().plus(offset.value());
  }

  /** Returns an offset in the body as one in the code section. */
  public CodeOffset codeOffset(BodyOffset offset) {
    return module.codeOffset(fileOffset(offset));
  }
}
