package dev.wasmortem.dwarf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RangeMapTest {
  @Test
  void theWholeSpaceOfAddresses() {
    RangeMap.Builder builder = new RangeMap.Builder();
    builder.add(1, Long.MAX_VALUE, 1);
    builder.add(5, 6, 0);
    RangeMap map = builder.build(RangeMap.Overlap.SMALLER_WINS);
    assertEquals(-1, map.find(0));
    assertEquals(1, map.find(1));
    assertEquals(0, map.find(5));
    assertEquals(1, map.find(6));
    assertEquals(1, map.find(Long.MAX_VALUE - 1));
    assertEquals(-1, map.find(Long.MAX_VALUE));
    assertEquals(-1, new RangeMap.Builder().build(RangeMap.Overlap.SMALLER_WINS).find(7));
  }

  @Test
  void startsTooWideToSortWithTheirPositions() {
    RangeMap.Builder builder = new RangeMap.Builder();
    for (int i = 100; i > 0; i--) {
      builder.add(Long.MAX_VALUE - 3L * i, Long.MAX_VALUE - 3L * i + 2, i);
    }
    RangeMap map = builder.build(RangeMap.Overlap.SMALLER_WINS);
    for (int i = 1; i <= 100; i++) {
      assertEquals(i, map.find(Long.MAX_VALUE - 3L * i));
      assertEquals(i, map.find(Long.MAX_VALUE - 3L * i + 1));
      assertEquals(-1, map.find(Long.MAX_VALUE - 3L * i + 2));
    }
  }

  @Test
  void edgesAreWhereAnswersChange() {
    RangeMap.Builder builder = new RangeMap.Builder();
    builder.add(10, 20, 1);
    builder.add(15, 17, 0);
    builder.add(20, 25, 1); // goes on
    builder.add(30, 31, 2);
    List<Long> edges = new ArrayList<>();
    builder.build(RangeMap.Overlap.SMALLER_WINS).edges(edges::add);
    assertEquals(List.of(10L, 15L, 17L, 25L, 30L, 31L), edges);
    List<Long> far = new ArrayList<>();
    builder.add(Long.MAX_VALUE - 1, Long.MAX_VALUE, 3);
    builder.build(RangeMap.Overlap.SMALLER_WINS).edges(far::add);
    assertEquals(List.of(10L, 15L, 17L, 25L, 30L, 31L, Long.MAX_VALUE - 1, Long.MAX_VALUE), far);
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
    RangeMap map = builder.build(RangeMap.Overlap.SMALLER_WINS);
    assertEquals(1, map.find(count));
    assertEquals(count, map.find(2L * count - 1));
  }
}
