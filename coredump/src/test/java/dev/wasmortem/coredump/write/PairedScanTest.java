package dev.wasmortem.coredump.write;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wasmortem.coredump.AddressRange;
import dev.wasmortem.coredump.MemoryAddress;
import dev.wasmortem.coredump.MemorySource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A scan on two threads finds what a scan on one does. */
final class PairedScanTest {
  private static final long FIRST = 1000;

  /** A byte that is not zero at each multiple of a stride; nothing is kept of so large a memory. */
  private record Sparse(long size, int stride, Set<Thread> readers) implements MemorySource {
    Sparse(long size, int stride) {
      this(size, stride, ConcurrentHashMap.newKeySet());
    }

    @Override
    public void read(MemoryAddress address, byte[] target, int offset, int length) {
      readers.add(Thread.currentThread());
      Arrays.fill(target, offset, offset + length, (byte) 0);
      long start = address.value();
      for (long at = (start + stride - 1) / stride * stride; at < start + length; at += stride) {
        target[offset + (int) (at - start)] = 1;
      }
    }
  }

  private static List<String> runs(MemorySource source) {
    List<String> runs = new ArrayList<>();
    PairedScan.scan(
        source,
        new AddressRange(new MemoryAddress(FIRST), source.size() - FIRST),
        (start, end) -> runs.add(start + "-" + end));
    return runs;
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, PairedScan.WINDOW - 1, PairedScan.WINDOW, PairedScan.WINDOW + 1})
  void runsComeInOrder(long more) {
    int stride = 65_521;
    Sparse source = new Sparse(FIRST + PairedScan.LEAST + more, stride);
    List<String> expected = new ArrayList<>();
    for (long at = stride; at < source.size(); at += stride) {
      expected.add(at + "-" + (at + 1));
    }
    assertEquals(expected, runs(source));
    boolean several = Runtime.getRuntime().availableProcessors() > 1;
    assertEquals(several, source.readers.size() > 1);
    assertTrue(source.readers.contains(Thread.currentThread()));
  }

  @Test
  void aShortPartIsScannedByTheCaller() {
    Sparse source = new Sparse(FIRST + PairedScan.LEAST - 1, 4096);
    runs(source);
    assertEquals(Set.of(Thread.currentThread()), source.readers);
  }

  @Test
  void aMemoryThatCannotBeReadFailsAsItDoesOnOneThread() {
    IllegalStateException failure = new IllegalStateException("gone");
    long bad = FIRST + PairedScan.WINDOW + 10; // in a window that is looked at ahead
    MemorySource source =
        new MemorySource() {
          @Override
          public long size() {
            return FIRST + PairedScan.LEAST;
          }

          @Override
          public void read(MemoryAddress address, byte[] target, int offset, int length) {
            if (address.value() <= bad && bad < address.value() + length) {
              throw failure;
            }
          }
        };
    assertSame(failure, assertThrows(IllegalStateException.class, () -> runs(source)));
  }
}
