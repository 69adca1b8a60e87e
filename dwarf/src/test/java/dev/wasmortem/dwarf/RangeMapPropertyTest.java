package dev.wasmortem.dwarf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class RangeMapPropertyTest {
  private record Range(long low, long high, int value) {}

  @Property
  void findsWhatAWalkOverAllRangesFinds(@ForAll("ranges") List<Range> ranges) {
    RangeMap.Builder builder = new RangeMap.Builder();
    ranges.forEach(range -> builder.add(range.low, range.high, range.value));
    RangeMap map = builder.build(RangeMap.Overlap.SMALLER_WINS);
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
}
