package dev.wasmortem.coredump.extension;

import dev.wasmortem.bytes.ByteWriter;
import dev.wasmortem.bytes.Cursor;

/**
 * A record whose fields may each be absent. A reader skips those that it does not know.
 *
 * <pre>
 * fields ::= vec(id:u8 size:u32 content:byte^size)
 * </pre>
 */
final class Fields {
  private final ByteWriter content = new ByteWriter(64);
  private int count;

  /** Takes the fields of a record. */
  interface Reader {
    /**
     * Reads a field.
     *
     * @param content the field's bytes and no more; those that stay unread are of later days
     */
    void field(int id, Cursor content);
  }

  Fields add(int id, ByteWriter field) {
    content.u8(id).sized(field);
    count++;
    return this;
  }

  boolean isEmpty() {
    return count == 0;
  }

  void writeTo(ByteWriter out) {
    out.unsigned(count).bytes(content);
  }

  static void read(Cursor cursor, Reader reader) {
    long count = cursor.u32();
    for (long i = 0; i < count; i++) {
      int id = cursor.u8();
      reader.field(id, cursor.take(cursor.u32()).cursor());
    }
  }
}
