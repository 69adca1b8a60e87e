package dev.wasmortem.coredump.extension;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.ByteWriter;
import dev.wasmortem.bytes.Cursor;

/**
 * More data segments, beyond the 4 GiB that one section can hold.
 *
 * <pre>
 * wasmortem.data ::= 0x00 number:u32 vec(data)
 * </pre>
 *
 * {@code data} is the specification's (§5.5.15). The sections are numbered from 0 on and come after
 * the Data section, in that order.
 */
public final class DataSection {
  /** The section's name. */
  public static final String NAME = "wasmortem.data";

  private DataSection() {}

  /** Returns what stands before the segments. */
  public static ByteWriter head(int number) {
    return Extension.payload().unsigned(number);
  }

  /** Reads what follows the version: returns what a Data section would have as its payload. */
  public static ByteSource read(Cursor cursor) {
    cursor.in("data.number").index();
    return cursor.take(cursor.remaining());
  }
}
