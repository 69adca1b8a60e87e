package dev.wasmortem.wasm.component;

import dev.wasmortem.bytes.Cursor;

/** What an index in a component counts ({@code sort} in Binary.md); only modules matter here. */
enum Sort {
  CORE_MODULE,
  OTHER;

  private static final int CORE = 0x00;
  private static final int MODULE = 0x11;
  private static final int LAST = 0x05;

  static Sort read(Cursor cursor) {
    int sort = cursor.u8();
    if (sort > LAST) {
      throw cursor.malformed("sort 0x" + Integer.toHexString(sort));
    }
    return sort == CORE && cursor.u8() == MODULE ? CORE_MODULE : OTHER;
  }
}
