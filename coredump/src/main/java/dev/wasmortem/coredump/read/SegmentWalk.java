package dev.wasmortem.coredump.read;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Cursor;
import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.wasm.ConstExpr;
import dev.wasmortem.wasm.ConstValue;

/**
 * Goes once through the segments of a section, headers only (Core Specification 3.0, §5.5.15). An
 * address that is a single constant, as in every dump, is read without making anything of it: there
 * may be a million.
 */
final class SegmentWalk {
  private static final int PASSIVE = 1;
  private static final int EXPLICIT_MEMORY = 2;
  private static final int I32_CONST = 0x41;
  private static final int I64_CONST = 0x42;
  private static final int END = 0x0b;

  private final Cursor cursor;
  private final Findings findings;
  private final Taker taker;
  private long address;

  /** Takes what is found. */
  interface Taker {
    /**
     * Takes an active segment.
     *
     * @param number its place in the section
     * @param header where it begins in the payload
     * @param offset where its bytes begin in the payload
     * @param length how many there are
     * @param announced how many there should be: more than that where the file is cut off
     */
    void segment(
        long number,
        int memory,
        long address,
        long header,
        long offset,
        long length,
        long announced);
  }

  /** How a walk ended. */
  enum Outcome {
    /** Every segment was seen. */
    COMPLETE,
    /** The section ends with the file, too early. */
    CUT_OFF,
    /** What follows cannot be read. */
    DAMAGED
  }

  /**
   * @param payload the number of segments and the segments
   */
  SegmentWalk(ByteSource payload, Findings findings, Taker taker) {
    this.cursor = payload.cursor().in("datasec");
    this.findings = findings;
    this.taker = taker;
  }

  /**
   * Walks.
   *
   * @param clipped whether the file ends in this section
   * @throws FormatException if the section is damaged and the dump is read strictly
   */
  Outcome walk(boolean clipped) {
    try {
      long count = cursor.u32();
      for (long number = 0; number < count; number++) {
        if (!segment(number, clipped)) {
          return Outcome.CUT_OFF;
        }
      }
      if (!cursor.atEnd()) {
        throw cursor.in("datasec").malformed("section size mismatch: bytes after the last segment");
      }
      return Outcome.COMPLETE;
    } catch (FormatException e) {
      findings.damage("data-section-damaged", e);
      return clipped && e instanceof FormatException.Truncated ? Outcome.CUT_OFF : Outcome.DAMAGED;
    }
  }

  /** Reads a segment; returns false if it is the last because the file ends in it. */
  private boolean segment(long number, boolean clipped) {
    long start = cursor.in("data").position();
    long flags = cursor.u32();
    if (flags > EXPLICIT_MEMORY) {
      throw new FormatException.Malformed("data segment flags " + flags, cursor.at(start));
    }
    int memory = flags == EXPLICIT_MEMORY ? cursor.index() : 0;
    boolean known = flags == PASSIVE || address(cursor.in("data.offset"));
    long announced = cursor.in("data.init").u32();
    long offset = cursor.position();
    long length = announced;
    if (announced > cursor.remaining()) {
      if (!clipped) {
        throw cursor.malformed(
            announced + " bytes are announced, " + cursor.remaining() + " are left");
      }
      length = cursor.remaining();
      findings.report(
          new Diagnostic(
              "data-segment-truncated",
              cursor.here(),
              "segment " + number + " has " + length + " of its " + announced + " bytes"));
    }
    if (flags != PASSIVE && known) {
      taker.segment(number, memory, address, start, offset, length, announced);
    }
    cursor.skip(length);
    return length == announced;
  }

  /** Reads an address into {@link #address}; returns false, with a report, if it is none. */
  private boolean address(Cursor at) {
    long start = at.position();
    int opcode = at.u8();
    if (opcode == I32_CONST || opcode == I64_CONST) {
      address = opcode == I32_CONST ? Integer.toUnsignedLong(at.s32()) : at.s64();
      if (at.u8() == END) {
        return true;
      }
    }
    ConstExpr expression = ConstExpr.read(at.seek(start));
    ConstValue value = expression.value().orElse(null);
    if (value instanceof ConstValue.I32 i32) {
      address = Integer.toUnsignedLong(i32.value());
      return true;
    }
    if (value instanceof ConstValue.I64 i64) {
      address = i64.value();
      return true;
    }
    findings.damage(
        "segment-damaged",
        new FormatException.Malformed(
            "a segment's address that is no integer constant",
            expression.bytes().at(0, "data.offset")));
    return false;
  }
}
