package dev.wasmortem.wasm.types;

import dev.wasmortem.bytes.Cursor;

/** What can be imported and exported (§5.3.16). */
public enum ExternKind {
  FUNCTION(0),
  TABLE(1),
  MEMORY(2),
  GLOBAL(3),
  TAG(4);

  private static final ExternKind[] BY_CODE = values();

  private final int code;

  ExternKind(int code) {
    this.code = code;
  }

  /** Reads the byte that stands for a kind. */
  public static ExternKind read(Cursor cursor) {
    int code = cursor.peek();
    if (code >= BY_CODE.length) {
      throw cursor.malformed("malformed import or export kind 0x" + Integer.toHexString(code));
    }
    cursor.skip(1);
    return BY_CODE[code];
  }

  /** Returns the byte that stands for the kind. */
  public int code() {
    return code;
  }
}
