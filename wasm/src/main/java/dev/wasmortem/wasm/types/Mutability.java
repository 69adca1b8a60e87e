package dev.wasmortem.wasm.types;

import dev.wasmortem.bytes.Cursor;

/** Whether a global or a field can be written (§5.3.8, §5.3.14). */
public enum Mutability {
  CONST(0),
  VAR(1);

  private final int code;

  Mutability(int code) {
    this.code = code;
  }

  /** Reads a {@code mut}. */
  static Mutability read(Cursor cursor) {
    int code = cursor.peek();
    if (code > 1) {
      throw cursor.malformed("malformed mutability 0x" + Integer.toHexString(code));
    }
    cursor.skip(1);
    return code == 0 ? CONST : VAR;
  }

  /** Returns the byte that stands for it. */
  public int code() {
    return code;
  }
}
