package dev.wasmortem.coredump.extension;

import dev.wasmortem.bytes.ByteWriter;
import dev.wasmortem.bytes.Cursor;
import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.wasm.Section;

/** What all sections of ours share. */
public final class Extension {
  /** The version that each section begins with. */
  public static final int VERSION = 0x00;

  /** What the names of all sections of ours begin with. */
  public static final String PREFIX = "wasmortem.";

  private static final long NONE = 0xffff_ffffL;

  private Extension() {}

  /** Returns what is reported of a section that is skipped because its version is not known. */
  public static Diagnostic unknownVersion(Section section) {
    return new Diagnostic(
        "unknown-extension-version",
        section.payload().at(0, section.name()),
        "version " + section.payload().u8(0) + " of " + section.name() + " is not known here");
  }

  /** Returns a payload with nothing but the version. */
  static ByteWriter payload() {
    return new ByteWriter().u8(VERSION);
  }

  /** Writes an index; that of none, −1, as 2³²−1. */
  public static void writeIndex(ByteWriter out, int index) {
    out.unsigned(Integer.toUnsignedLong(index));
  }

  /**
   * Reads an index of which 2³²−1 stands for none, −1.
   *
   * @throws dev.wasmortem.bytes.FormatException.LimitExceeded if it is another from 2³¹ on
   */
  public static int indexOrNone(Cursor cursor) {
    long start = cursor.position();
    return cursor.u32() == NONE ? -1 : cursor.seek(start).index();
  }
}
