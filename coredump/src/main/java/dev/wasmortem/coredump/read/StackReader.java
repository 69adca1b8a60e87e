package dev.wasmortem.coredump.read;

import dev.wasmortem.bytes.Cursor;
import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.coredump.CoreThread;
import dev.wasmortem.coredump.Dialect;
import dev.wasmortem.coredump.Dialect.InstanceIndex;
import dev.wasmortem.coredump.Dialect.Integers;
import dev.wasmortem.coredump.Dialect.Layout;
import dev.wasmortem.coredump.Frame;
import dev.wasmortem.coredump.Value;
import dev.wasmortem.wasm.Section;
import dev.wasmortem.wasm.code.BodyOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads one section {@code corestack} in one dialect.
 *
 * <pre>
 * corestack ::= 0x00 thread-name:name vec(frame)
 * frame     ::= 0x00 instanceidx:u32? funcidx:u32 codeoffset:u32 values
 * values    ::= locals:vec(value) stack:vec(value)       (SEPARATE)
 *             | m:u32 n:u32 locals:value^m stack:value^n (COUNTS_FIRST)
 *             | m:u32 n:u32 locals:value^m               (LOCALS_ONLY)
 * value     ::= 0x01 | 0x7F i32 | 0x7E i64 | 0x7D f32 | 0x7C f64
 * i32, i64  ::= signed LEB128 (LEB) | little-endian bytes (FIXED)
 * </pre>
 *
 * Every count is a loop that ends with the bytes; nothing is reserved by it. An index that cannot
 * be does not end the reading: it is noted, and given as 2³¹−1 where it is more; a code offset of
 * 2³¹ or more as 0, unknown.
 */
final class StackReader {
  /** Functions that an engine allows in a module (JavaScript interface, and wasm-tools). */
  static final int SANE_FUNCTIONS = 1_000_000;

  private final Integers integers;
  private final Layout layout;
  private final InstanceIndex instanceIndex;
  private final int saneInstances;

  /** How a section ends. */
  enum End {
    /** Where it says. */
    WHOLE,
    /** With the file, too early. */
    CLIPPED
  }

  private @Nullable FormatException insane;
  private int frames;
  private int values;
  private int integerValues;
  private long operands;

  /**
   * @param saneInstances how many instances the dump has; a frame that names a higher one shows
   *     that the dialect is the wrong one
   */
  StackReader(Integers integers, Layout layout, InstanceIndex instanceIndex, int saneInstances) {
    this.integers = integers;
    this.layout = layout;
    this.instanceIndex = instanceIndex;
    this.saneInstances = saneInstances;
  }

  /**
   * What came of a section: the frames before the error, all of them if there is none.
   *
   * @param thread null if even the thread's name could not be read
   * @param position how far the reading came
   * @param error what ended it, null if the section was consumed exactly
   * @param missing how many of the announced frames the section, which ends after a whole one, does
   *     not have; then {@code error} says so
   * @param insane the first index that cannot be, null if there is none
   */
  record Attempt(
      @Nullable CoreThread thread,
      long position,
      @Nullable FormatException error,
      long missing,
      @Nullable FormatException insane) {}

  Dialect dialect(List<String> evidence) {
    return new Dialect(integers, layout, instanceIndex, evidence);
  }

  /** Returns the number of frames read so far in all sections. */
  int frames() {
    return frames;
  }

  /** Returns the number of values in them. */
  int values() {
    return values;
  }

  /** Returns how many of those values were {@code i32} or {@code i64}. */
  int integerValues() {
    return integerValues;
  }

  /** Returns how many operands the frames' counts tell, whether they are written or not. */
  long operands() {
    return operands;
  }

  Attempt read(Section section, End end) {
    Cursor cursor = section.payload().cursor().in("corestack");
    List<Frame> read = new ArrayList<>();
    String name = null;
    FormatException error = null;
    long missing = 0;
    insane = null;
    try {
      HeaderReader.expectZero(cursor, "thread-info");
      name = cursor.in("corestack.thread-name").name();
      long start = cursor.in("corestack.frames").position();
      long count = cursor.u32();
      for (long i = 0; i < count; i++) {
        if (end == End.WHOLE && cursor.atEnd()) {
          missing = count - i;
          throw new FormatException.Malformed(
              count + " frames are announced, the section ends after " + i,
              cursor.in("corestack.frames").at(start));
        }
        read.add(frame(cursor, end));
        frames++;
      }
      HeaderReader.expectEnd(cursor.in("corestack"));
    } catch (FormatException e) {
      error = e;
    }
    CoreThread thread = name == null ? null : new CoreThread(name, read);
    return new Attempt(thread, cursor.position(), error, missing, insane);
  }

  private Frame frame(Cursor cursor, End end) {
    HeaderReader.expectZero(cursor.in("frame"), "frame");
    int instance = 0;
    if (instanceIndex == InstanceIndex.PRESENT) {
      instance = below(saneInstances, cursor.in("frame.instanceidx"), "instance");
    }
    int function = below(SANE_FUNCTIONS, cursor.in("frame.funcidx"), "function");
    BodyOffset offset = codeOffset(cursor.in("frame.codeoffset"));
    List<Value> locals;
    List<Value> stack;
    if (layout == Layout.SEPARATE) {
      locals = values(cursor, "frame.locals", cursor.in("frame.locals").u32(), end);
      long stackCount = cursor.in("frame.stack").u32();
      operands += stackCount;
      stack = values(cursor, "frame.stack", stackCount, end);
    } else {
      long localCount = cursor.in("frame.locals").u32();
      long stackCount = cursor.in("frame.stack").u32();
      operands += stackCount;
      locals = values(cursor, "frame.locals", localCount, end);
      stack =
          layout == Layout.COUNTS_FIRST
              ? values(cursor, "frame.stack", stackCount, end)
              : List.of();
    }
    return new Frame(instance, function, offset, locals, stack);
  }

  private int below(int bound, Cursor cursor, String what) {
    long start = cursor.position();
    long index = cursor.u32();
    if (index >= bound) {
      insane(what + " " + index + " of " + bound + " at most", cursor, start);
    }
    return (int) Math.min(index, Integer.MAX_VALUE);
  }

  private BodyOffset codeOffset(Cursor cursor) {
    long start = cursor.position();
    long offset = cursor.u32();
    if (offset > Integer.MAX_VALUE) {
      insane("code offset " + offset + " is 2^31 or more", cursor, start);
      return new BodyOffset(0);
    }
    return new BodyOffset((int) offset);
  }

  private void insane(String problem, Cursor cursor, long at) {
    if (insane == null) {
      insane = new FormatException.Malformed(problem, cursor.at(at));
    }
  }

  /**
   * Reads so many values. Where the section is whole, more than there are bytes cannot be; where it
   * is clipped, those that are there are read all the same: they tell the dialects apart.
   */
  private List<Value> values(Cursor cursor, String production, long count, End end) {
    cursor.in(production);
    if (end == End.WHOLE && count > cursor.remaining()) {
      throw cursor.malformed(
          count + " values cannot fit into the " + cursor.remaining() + " bytes that are left");
    }
    List<Value> all = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      all.add(value(cursor));
    }
    values += all.size();
    return all;
  }

  private Value value(Cursor cursor) {
    long start = cursor.position();
    int type = cursor.u8();
    switch (type) {
      case 0x01 -> {
        return Value.MISSING;
      }
      case 0x7f -> {
        integerValues++;
        return new Value.I32(integers == Integers.LEB ? cursor.s32() : cursor.i32le());
      }
      case 0x7e -> {
        integerValues++;
        return new Value.I64(integers == Integers.LEB ? cursor.s64() : cursor.i64le());
      }
      case 0x7d -> {
        return new Value.F32(cursor.i32le());
      }
      case 0x7c -> {
        return new Value.F64(cursor.i64le());
      }
      default ->
          throw new FormatException.Malformed(
              "value type 0x" + Integer.toHexString(type), cursor.at(start));
    }
  }
}
