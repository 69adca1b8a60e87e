package dev.wasmortem.coredump.inspect;

import dev.wasmortem.coredump.AddressRange;
import dev.wasmortem.coredump.CoreMemory;
import dev.wasmortem.coredump.MemoryAddress;
import dev.wasmortem.coredump.MemoryRange;
import dev.wasmortem.coredump.MemoryState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * The bytes of a memory in rows of sixteen, hexadecimal and ASCII.
 *
 * <pre>
 * 00000010  68 65 6c 6c 6f 20 63 6f  72 65 64 75 6d 70 .. ..  |hello coredump  |
 * </pre>
 *
 * A byte that is not in the dump is shown by its state instead: {@code 00} known to be zero, {@code
 * ..} unspecified, {@code ??} not captured, {@code ~~} cut off with the file; {@code xx} is one
 * that was redacted. Rows that are the same as the one before are one {@code *}.
 */
public final class HexDump {
  private static final int ROW = 16;
  private static final int CHUNK = 1 << 16;

  private final CoreMemory memory;
  private final byte[] bytes = new byte[CHUNK];
  private final MemoryState[] states = new MemoryState[CHUNK];

  private HexDump(CoreMemory memory) {
    this.memory = memory;
  }

  /** Returns a dumper of a memory's bytes; not thread-safe. */
  public static HexDump of(CoreMemory memory) {
    return new HexDump(memory);
  }

  /**
   * Prints rows, the last line being the address behind the last byte.
   *
   * @param start the first byte's address
   * @param length how many bytes; those beyond the memory are left out
   */
  public void print(MemoryAddress start, long length, Consumer<String> lines) {
    long at = start.value();
    long size = memory.size();
    long end = at < 0 || at >= size ? at : at + Math.min(length, size - at);
    String last = "";
    boolean squeezed = false;
    Gaps gaps = end - at > CHUNK ? Gaps.of(memory) : Gaps.NONE;
    while (at < end) {
      int chunk = (int) Math.min(CHUNK, end - at);
      fill(at, chunk);
      for (int row = 0; row < chunk; row += ROW) {
        int count = Math.min(ROW, chunk - row);
        String text = row(row, count);
        if (text.equals(last) && at + row + count < end) {
          if (!squeezed) {
            lines.accept("*");
          }
          squeezed = true;
        } else {
          lines.accept(address(at + row) + text);
          squeezed = false;
        }
        last = text;
      }
      at += chunk;
      if (squeezed) {
        // Rows of the same that the dump does not hold are not looked at; but the last one is.
        long same = Math.min(gaps.endAt(at), end) - at;
        at += Math.max(0, (same - 1) / ROW * ROW);
      }
    }
    lines.accept(address(end));
  }

  private void fill(long at, int length) {
    List<MemoryRange> ranges = memory.read(new MemoryAddress(at), bytes, 0, length);
    for (MemoryRange range : ranges) {
      int from = (int) (range.start().value() - at);
      Arrays.fill(states, from, from + (int) range.length(), range.state());
    }
  }

  /** Ranges of one state that the dump has no bytes of. */
  private static final class Gaps {
    static final Gaps NONE = new Gaps(List.of());

    private final List<MemoryRange> ranges;
    private int next;

    private Gaps(List<MemoryRange> ranges) {
      this.ranges = ranges;
    }

    static Gaps of(CoreMemory memory) {
      List<AddressRange> stored = memory.stored();
      List<MemoryRange> gaps = new ArrayList<>();
      int next = 0;
      for (MemoryRange range : memory.ranges()) {
        long at = range.start().value();
        long end = at + range.length();
        while (next < stored.size() && stored.get(next).start().value() < end) {
          AddressRange bytes = stored.get(next);
          add(gaps, at, bytes.start().value(), range.state());
          at = Math.max(at, Math.min(end, bytes.start().value() + bytes.length()));
          if (bytes.start().value() + bytes.length() > end) {
            break;
          }
          next++;
        }
        add(gaps, at, end, range.state());
      }
      return new Gaps(gaps);
    }

    private static void add(List<MemoryRange> gaps, long from, long to, MemoryState state) {
      if (to > from) {
        gaps.add(new MemoryRange(new MemoryAddress(from), to - from, state));
      }
    }

    /**
     * Returns where the gap ends that the byte before an address and the one at it are in, that
     * address if they are not in one. Addresses never descend.
     */
    long endAt(long address) {
      while (next < ranges.size() && end(ranges.get(next)) <= address) {
        next++;
      }
      boolean within = next < ranges.size() && ranges.get(next).start().value() <= address - ROW;
      return within ? end(ranges.get(next)) : address;
    }

    private static long end(MemoryRange range) {
      return range.start().value() + range.length();
    }
  }

  private String address(long address) {
    boolean wide = memory.size() > 0x1_0000_0000L;
    return String.format(Locale.ROOT, wide ? "%016x" : "%08x", address);
  }

  private String row(int from, int count) {
    StringBuilder hex = new StringBuilder(80);
    StringBuilder ascii = new StringBuilder(ROW);
    for (int i = 0; i < ROW; i++) {
      hex.append(i == ROW / 2 ? "  " : " ");
      if (i < count) {
        int value = bytes[from + i] & 0xff;
        hex.append(hex(value, states[from + i]));
        ascii.append(character(value, states[from + i]));
      } else {
        hex.append("  ");
      }
    }
    return hex.insert(0, ' ').append("  |").append(ascii).append('|').toString();
  }

  private static String hex(int value, MemoryState state) {
    return switch (state) {
      case CAPTURED, KNOWN_ZERO ->
          "" + Character.forDigit(value >> 4, 16) + Character.forDigit(value & 15, 16);
      case UNSPECIFIED -> "..";
      case NOT_CAPTURED -> "??";
      case TRUNCATED -> "~~";
      case REDACTED -> "xx";
      case OUT_OF_BOUNDS -> "  ";
    };
  }

  private static char character(int value, MemoryState state) {
    if (state != MemoryState.CAPTURED && state != MemoryState.KNOWN_ZERO) {
      return ' ';
    }
    return value >= 0x20 && value < 0x7f ? (char) value : '.';
  }
}
