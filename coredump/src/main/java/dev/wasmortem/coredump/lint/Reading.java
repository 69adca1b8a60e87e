package dev.wasmortem.coredump.lint;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.ByteWriter;
import dev.wasmortem.bytes.Cursor;
import dev.wasmortem.bytes.Limits;
import dev.wasmortem.bytes.Printable;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * A cursor that notices what readers do not mind: numbers that are padded, names that are too long,
 * are no UTF-8 or could steer a terminal.
 */
final class Reading {
  private final Cursor cursor;
  private final Gathered gathered;

  Reading(ByteSource source, String production, Gathered gathered) {
    this.cursor = source.cursor().in(production);
    this.gathered = gathered;
  }

  Cursor cursor() {
    return cursor;
  }

  long remaining() {
    return cursor.remaining();
  }

  long position() {
    return cursor.position();
  }

  long u32(String production) {
    long start = cursor.in(production).position();
    long value = cursor.u32();
    padding(start, ByteWriter.unsignedSize(value));
    return value;
  }

  int s32(String production) {
    long start = cursor.in(production).position();
    int value = cursor.s32();
    padding(start, ByteWriter.signedSize(value));
    return value;
  }

  long s64(String production) {
    long start = cursor.in(production).position();
    long value = cursor.s64();
    padding(start, ByteWriter.signedSize(value));
    return value;
  }

  /** Notices whether what was read since {@code start} is longer than it must be. */
  void padding(long start, int shortest) {
    long length = cursor.position() - start;
    if (length > shortest) {
      gathered.add(
          LintRule.NUMBER_PADDED,
          cursor.at(start),
          "a number in " + length + " bytes that needs " + shortest);
    }
  }

  /** Moves past a name, whatever it is made of. */
  void name(String production) {
    long start = cursor.in(production).position();
    long length = u32(production);
    ByteSource bytes = cursor.take(length);
    if (length > Limits.NAME_BYTES) {
      gathered.add(LintRule.NAME_TOO_LONG, cursor.at(start), "a name of " + length + " bytes");
      return;
    }
    try {
      byte[] utf8 = bytes.cursor().bytes((int) length);
      String name = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
      if (!Printable.escape(name).equals(name)) {
        gathered.add(
            LintRule.NAME_WITH_CONTROLS, cursor.at(start), "a name with control characters");
      }
    } catch (CharacterCodingException e) {
      gathered.add(LintRule.NAME_NOT_UTF8, cursor.at(start), "a name that is not UTF-8");
    }
  }

  /** Moves past the tag that a structure begins with. */
  void zero(String production) {
    int tag = cursor.in(production).peek();
    if (tag != 0) {
      throw cursor.malformed(
          production + " begins with 0x" + Integer.toHexString(tag) + ", not 0x00");
    }
    cursor.skip(1);
  }

  /** Notices what is left. */
  void end(String production) {
    if (!cursor.atEnd()) {
      gathered.add(
          LintRule.TRAILING_BYTES,
          cursor.in(production).here(),
          cursor.remaining() + " bytes after the end");
    }
  }
}
