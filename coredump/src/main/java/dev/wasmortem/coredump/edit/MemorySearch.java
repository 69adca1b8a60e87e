package dev.wasmortem.coredump.edit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.wasmortem.coredump.AddressRange;
import dev.wasmortem.coredump.MemoryAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;

/**
 * Looks for patterns in bytes that are read in chunks; each chunk is searched together with the end
 * of the one before, so that no match is lost between them.
 */
final class MemorySearch {
  /** More ranges than this are widened: what lies between two is taken for a match, too. */
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
    List<AddressRange> found = new ArrayList<>();
    int reach = patterns.stream().mapToInt(BytePattern::reach).max().orElse(0);
    byte[] window = new byte[CHUNK + reach];
    for (long at = 0; at < size; at += CHUNK) {
      int length = (int) Math.min(window.length, size - at);
      bytes.read(at, window, length);
      String text = new String(window, 0, length, ISO_8859_1);
      for (BytePattern pattern : patterns) {
        Matcher matcher = pattern.matcher(text);
        // A match that begins behind the chunk is found in the next one.
        while (matcher.find() && matcher.start() < CHUNK) {
          if (matcher.end() > matcher.start()) {
            add(found, at + matcher.start(), matcher.end() - matcher.start());
          }
        }
      }
    }
    return joined(found);
  }

  private static void add(List<AddressRange> found, long start, long length) {
    int last = found.size() - 1;
    if (found.size() >= MOST_RANGES) {
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
