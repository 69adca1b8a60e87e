package dev.wasmortem.coredump.edit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.wasmortem.coredump.AddressRange;
import dev.wasmortem.coredump.MemoryAddress;
import dev.wasmortem.coredump.write.RangeSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;

/**
 * Looks for patterns in bytes that are read in chunks; each chunk is searched together with the end
 * of the one before, so that no match is lost between them.
 */
final class MemorySearch {
  /**
   * More ranges than this are widened: what lies between two that are near is taken for a match,
   * too.
   */
  private static final int MOST_RANGES = 1_000_000;

  private static final int CHUNK = 1 << 20;

  private final List<BytePattern> patterns;

  MemorySearch(List<BytePattern> patterns) {
    this.patterns = patterns;
  }

  /** Bytes at addresses. */
  interface Bytes {
    void read(long address, byte[] target, int length);
  }

  /** Returns where the patterns match, by ascending addresses, joined where they overlap. */
  List<AddressRange> find(Bytes bytes, long size) {
    return find(bytes, size, List.of(new AddressRange(new MemoryAddress(0), size)));
  }

  /**
   * Returns where the patterns match, by ascending addresses, joined where they overlap. Of zeros
   * that do not stand in a file those are looked at that a match may hold together with what does.
   *
   * @param stored what stands in the file: ascending, without overlaps
   */
  List<AddressRange> find(Bytes bytes, long size, List<AddressRange> stored) {
    List<AddressRange> found = new ArrayList<>();
    int reach = patterns.stream().mapToInt(BytePattern::reach).max().orElse(0);
    byte[] window = new byte[CHUNK + reach];
    for (AddressRange area : widened(stored, reach, size)) {
      long end = end(area);
      for (long at = area.start().value(), left = area.length(); left > 0; left -= CHUNK) {
        int length = (int) Math.min(window.length, end - at);
        bytes.read(at, window, length);
        String text = new String(window, 0, length, ISO_8859_1);
        for (BytePattern pattern : patterns) {
          Matcher matcher = pattern.matcher(text);
          // A match that begins behind the chunk is found in the next one.
          while (matcher.find() && matcher.start() < CHUNK) {
            long start = at + matcher.start();
            int matched = matcher.end() - matcher.start();
            if (matched > 0 && holdsSome(stored, start, start + matched)) {
              add(found, start, matched);
            }
          }
        }
        at += CHUNK;
      }
    }
    return joined(found);
  }

  /** Returns ranges made longer on both sides. */
  private static List<AddressRange> widened(List<AddressRange> ranges, int reach, long size) {
    List<AddressRange> widened = new ArrayList<>();
    for (AddressRange range : ranges) {
      long start = Math.max(0, range.start().value() - reach);
      long end = size - end(range) < reach ? size : end(range) + reach;
      widened.add(new AddressRange(new MemoryAddress(start), end - start));
    }
    return joined(widened);
  }

  /** Returns whether ascending ranges have bytes between two addresses. */
  private static boolean holdsSome(List<AddressRange> ranges, long start, long end) {
    int first = RangeSet.firstEndingAfter(ranges, start);
    return first < ranges.size() && ranges.get(first).start().value() < end;
  }

  private static void add(List<AddressRange> found, long start, long length) {
    int last = found.size() - 1;
    if (found.size() >= MOST_RANGES && start - end(found.get(last)) <= CHUNK) {
      AddressRange before = found.get(last);
      long from = Math.min(before.start().value(), start);
      long to = Math.max(before.start().value() + before.length(), start + length);
      found.set(last, new AddressRange(new MemoryAddress(from), to - from));
    } else {
      found.add(new AddressRange(new MemoryAddress(start), length));
    }
  }

  /** Returns ranges by ascending addresses, those joined that overlap or touch. */
  static List<AddressRange> joined(List<AddressRange> ranges) {
    List<AddressRange> sorted = new ArrayList<>(ranges);
    sorted.sort(Comparator.comparing(AddressRange::start));
    List<AddressRange> joined = new ArrayList<>();
    for (AddressRange range : sorted) {
      int last = joined.size() - 1;
      if (last >= 0 && end(joined.get(last)) >= range.start().value()) {
        long start = joined.get(last).start().value();
        long end = Math.max(end(joined.get(last)), end(range));
        joined.set(last, new AddressRange(new MemoryAddress(start), end - start));
      } else if (range.length() > 0) {
        joined.add(range);
      }
    }
    return joined;
  }

  static long end(AddressRange range) {
    return range.start().value() + range.length();
  }
}
