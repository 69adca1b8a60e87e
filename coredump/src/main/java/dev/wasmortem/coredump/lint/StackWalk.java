package dev.wasmortem.coredump.lint;

import dev.wasmortem.bytes.Cursor;
import dev.wasmortem.coredump.Dialect;
import dev.wasmortem.wasm.Section;
import java.util.ArrayList;
import java.util.List;

/**
 * Walks a section {@code corestack} in a dialect and tells where everything stands; the grammar is
 * that of docs/FORMAT.md.
 */
final class StackWalk {
  private final Section section;
  private final Dialect dialect;
  private final Gathered gathered;

  StackWalk(Section section, Dialect dialect, Gathered gathered) {
    this.section = section;
    this.dialect = dialect;
    this.gathered = gathered;
  }

  /**
   * A frame and where its parts stand in the section.
   *
   * @param index 0 is the youngest
   * @param locals the types' bytes of its locals, each with its position
   */
  record WalkedFrame(
      Section section,
      int index,
      long start,
      long instance,
      long instanceAt,
      long function,
      long functionAt,
      long codeOffset,
      long codeOffsetAt,
      long localsAt,
      List<WalkedValue> locals) {}

  /** The type of a value, and where it stands. */
  record WalkedValue(int type, long at) {}

  /** Takes the frames in order. */
  interface Frames {
    void take(WalkedFrame frame);
  }

  /**
   * Walks the section.
   *
   * @throws dev.wasmortem.bytes.FormatException where it breaks the grammar; the frames before were
   *     taken
   */
  void walk(Frames frames) {
    Reading reading = new Reading(section.payload(), "corestack", gathered);
    reading.zero("corestack");
    reading.name("corestack.thread-name");
    long countAt = reading.position();
    long count = reading.u32("corestack.frames");
    for (int i = 0; i < count; i++) {
      if (reading.remaining() == 0) {
        gathered.add(
            LintRule.FRAMES_MISSING,
            section.payload().at(countAt, "corestack.frames"),
            count + " frames are announced, the section ends after " + i);
        return;
      }
      frames.take(frame(reading, i));
    }
    reading.end("corestack");
  }

  private WalkedFrame frame(Reading reading, int index) {
    long start = reading.position();
    reading.zero("frame");
    long instanceAt = reading.position();
    long instance = 0;
    if (dialect.instanceIndex() == Dialect.InstanceIndex.PRESENT) {
      instance = reading.u32("frame.instanceidx");
    }
    long functionAt = reading.position();
    long function = reading.u32("frame.funcidx");
    long codeOffsetAt = reading.position();
    long codeOffset = reading.u32("frame.codeoffset");
    long localsAt = reading.position();
    long locals = reading.u32("frame.locals");
    List<WalkedValue> types;
    if (dialect.layout() == Dialect.Layout.SEPARATE) {
      types = values(reading, "frame.locals", locals);
      values(reading, "frame.stack", reading.u32("frame.stack"));
    } else {
      long stack = reading.u32("frame.stack");
      types = values(reading, "frame.locals", locals);
      if (dialect.layout() == Dialect.Layout.COUNTS_FIRST) {
        values(reading, "frame.stack", stack);
      }
    }
    return new WalkedFrame(
        section,
        index,
        start,
        instance,
        instanceAt,
        function,
        functionAt,
        codeOffset,
        codeOffsetAt,
        localsAt,
        types);
  }

  private List<WalkedValue> values(Reading reading, String production, long count) {
    List<WalkedValue> types = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      Cursor cursor = reading.cursor().in(production);
      long at = cursor.position();
      int type = cursor.u8();
      boolean fixed = dialect.integers() == Dialect.Integers.FIXED;
      switch (type) {
        case 0x01 -> {}
        case 0x7f -> {
          if (fixed) {
            cursor.skip(4);
          } else {
            reading.s32(production);
          }
        }
        case 0x7e -> {
          if (fixed) {
            cursor.skip(8);
          } else {
            reading.s64(production);
          }
        }
        case 0x7d -> cursor.skip(4);
        case 0x7c -> cursor.skip(8);
        default -> throw cursor.seek(at).malformed("value type 0x" + Integer.toHexString(type));
      }
      types.add(new WalkedValue(type, at));
    }
    return types;
  }
}
