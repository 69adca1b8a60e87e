package dev.wasmortem.dwarf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class RangeMapTest {
  private record Range(long low, long high, int value) {}

  @Property
  void findsWhatAWalkOverAllRangesFinds(@ForAll("ranges") List<Range> ranges) {
    RangeMap.Builder builder = new RangeMap.Builder();
    ranges.forEach(range -> builder.add(range.low, range.high, range.value));
    RangeMap map = builder.build();
    for (long address = -1; address <= 45; address++) {
      long at = address;
      int expected =
          ranges.stream()
              .filter(range -> range.low <= at && at < range.high)
              .mapToInt(Range::value)
              .min()
              .orElse(-1);
      assertEquals(expected, map.find(address), "at " + address);
    }
  }

  @Provide
  Arbitrary<List<Range>> ranges() {
    return Combinators.combine(
            Arbitraries.longs().between(0, 40),
            Arbitraries.longs().between(-2, 20),
            Arbitraries.integers().between(0, 6))
        .as((low, length, value) -> new Range(low, Math.min(44, low + length), value))
        .list()
        .ofMaxSize(30);
  }

  @Test
  void theWholeSpaceOfAddresses() {
    RangeMap.Builder builder = new RangeMap.Builder();
    builder.add(1, Long.MAX_VALUE, 1);
    builder.add(5, 6, 0);
    RangeMap map = builder.build();
    assertEquals(-1, map.find(0));
    assertEquals(1, map.find(1));
    assertEquals(0, map.find(5));
    assertEquals(1, map.find(6));
    assertEquals(1, map.find(Long.MAX_VALUE - 1));
    assertEquals(-1, map.find(Long.MAX_VALUE));
    assertEquals(-1, new RangeMap.Builder().build().find(7));
  }

  /**
   * A tower of ranges, each inside the one before: a sweep that looks at all would be quadratic.
   */
  @Test
  void nestedRangesTakeNoMoreThanSorting() {
    RangeMap.Builder builder = new RangeMap.Builder();
    int count = 300_000;
    for (int i = 0; i < count; i++) {
      builder.add(i, 2L * count - i, count - i);
    }
    RangeMap map = builder.build();
    assertEquals(1, map.find(count));
    assertEquals(count, map.find(2L * count - 1));
  }
}
