package dev.wasmortem.testkit;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HeapUseTest {
  @Test
  void countsWhatIsAllocated() {
    List<byte[]> kept = new ArrayList<>();
    long used = HeapUse.allocated(() -> kept.add(new byte[10_000_000]));
    assertTrue(used >= 10_000_000 && used < 11_000_000, used + " bytes");
    assertTrue(HeapUse.allocated(kept::clear) < 100_000);
  }
}
