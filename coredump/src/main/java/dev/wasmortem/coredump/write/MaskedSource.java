package dev.wasmortem.coredump.write;

import dev.wasmortem.coredump.AddressRange;
import dev.wasmortem.coredump.MemoryAddress;
import dev.wasmortem.coredump.MemorySource;
import java.util.Arrays;
import java.util.List;

/** A memory of which nothing is read but some ranges: all else is zero. */
final class MaskedSource implements MemorySource {
  private final MemorySource source;
  private final List<AddressRange> shown;

  MaskedSource(MemorySource source, RangeSet shown) {
    this.source = source;
    this.shown = shown.ranges();
  }

  @Override
  public long size() {
    return source.size();
  }

  @Override
  public List<AddressRange> parts() {
    return source.parts();
  }

  @Override
  public void read(MemoryAddress address, byte[] target, int offset, int length) {
    Arrays.fill(target, offset, offset + length, (byte) 0);
    long start = address.value();
    long end = start + length;
    for (int i = RangeSet.firstEndingAfter(shown, start);
        i < shown.size() && shown.get(i).start().value() < end;
        i++) {
      long from = Math.max(start, shown.get(i).start().value());
      long to = Math.min(end, RangeSet.end(shown.get(i)));
      source.read(
          new MemoryAddress(from), target, offset + (int) (from - start), (int) (to - from));
    }
  }
}
