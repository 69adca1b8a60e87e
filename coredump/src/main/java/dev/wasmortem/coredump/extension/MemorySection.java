package dev.wasmortem.coredump.extension;

import dev.wasmortem.bytes.ByteWriter;
import dev.wasmortem.bytes.Cursor;
import dev.wasmortem.coredump.MemoryAddress;
import dev.wasmortem.coredump.MemoryRange;
import dev.wasmortem.coredump.MemoryState;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What the bytes of the memories are worth, in the order of the Memory section: see {@link
 * MemoryStates}.
 *
 * <pre>
 * wasmortem.memory ::= 0x00 vec(memory)
 * memory           ::= rest:state vec(gap:u64 length:u64 state)
 * state            ::= 0x00 unspecified | 0x01 captured | 0x02 known zero
 *                    | 0x03 not captured | 0x04 redacted
 * </pre>
 *
 * {@code gap} counts the bytes between the end of the range before (the first: address 0) and this
 * one. A state that is not known is taken for unspecified.
 */
public final class MemorySection {
  /** The section's name. */
  public static final String NAME = "wasmortem.memory";

  private static final List<MemoryState> CODES =
      List.of(
          MemoryState.UNSPECIFIED,
          MemoryState.CAPTURED,
          MemoryState.KNOWN_ZERO,
          MemoryState.NOT_CAPTURED,
          MemoryState.REDACTED);

  private MemorySection() {}

  /**
   * Returns the payload.
   *
   * @throws IllegalArgumentException if a state is one that is never written: of bytes that were
   *     cut off, or are beyond the memory
   */
  public static ByteWriter write(List<MemoryStates> memories) {
    ByteWriter out = Extension.payload().unsigned(memories.size());
    for (MemoryStates memory : memories) {
      out.u8(code(memory.rest())).unsigned(memory.ranges().size());
      long end = 0;
      for (MemoryRange range : memory.ranges()) {
        long start = range.start().value();
        out.unsigned(start - end).unsigned(range.length()).u8(code(range.state()));
        end = start + range.length();
      }
    }
    return out;
  }

  private static int code(MemoryState state) {
    int code = CODES.indexOf(state);
    if (code < 0) {
      throw new IllegalArgumentException("a state that is never written: " + state);
    }
    return code;
  }

  /** Reads what follows the version. */
  public static void read(Cursor cursor, Consumer<MemoryStates> memories) {
    long count = cursor.in("memory").u32();
    for (long i = 0; i < count; i++) {
      MemoryState rest = state(cursor.in("memory.rest"));
      long rangeCount = cursor.in("memory.ranges").u32();
      List<MemoryRange> ranges = new ArrayList<>();
      long end = 0;
      for (long j = 0; j < rangeCount; j++) {
        long start = end + cursor.u64();
        long length = cursor.u64();
        if (Long.compareUnsigned(start, end) < 0
            || length == 0
            || Long.compareUnsigned(start + length - 1, start) < 0) {
          throw cursor.malformed("range " + j + " is empty or ends beyond all addresses");
        }
        ranges.add(new MemoryRange(new MemoryAddress(start), length, state(cursor)));
        end = start + length;
      }
      memories.accept(new MemoryStates(rest, ranges));
    }
  }

  private static MemoryState state(Cursor cursor) {
    int code = cursor.u8();
    return code < CODES.size() ? CODES.get(code) : MemoryState.UNSPECIFIED;
  }
}
