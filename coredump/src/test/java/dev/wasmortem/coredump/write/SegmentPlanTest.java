package dev.wasmortem.coredump.write;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wasmortem.coredump.AddressRange;
import dev.wasmortem.coredump.CoredumpWriter;
import dev.wasmortem.coredump.Dumps;
import dev.wasmortem.coredump.MemoryAddress;
import dev.wasmortem.coredump.MemorySource;
import dev.wasmortem.coredump.WriterOptions;
import dev.wasmortem.testkit.ConventionReader;
import dev.wasmortem.testkit.WasmBytes;
import dev.wasmortem.wasm.types.AddressType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Which bytes of a memory become segments. */
final class SegmentPlanTest {
  private static Segments plan(int limit, byte[]... memories) {
    Areas areas = new Areas(Collections.nCopies(memories.length, AddressType.I32));
    SegmentPlan plan = new SegmentPlan(limit, areas);
    for (int i = 0; i < memories.length; i++) {
      plan.add(
          i,
          Dumps.memory(memories[i]),
          List.of(new AddressRange(new MemoryAddress(0), memories[i].length)));
    }
    return plan.finish();
  }

  private static String text(Segments plan) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < plan.count(); i++) {
      text.append(plan.memory(i) + ":" + plan.start(i) + "+" + plan.length(i) + " ");
    }
    return text.toString().trim();
  }

  /** 1 at each place given. */
  private static byte[] ones(int size, int... places) {
    byte[] memory = new byte[size];
    for (int place : places) {
      memory[place] = 1;
    }
    return memory;
  }

  @Test
  void zerosAtBothEndsAreNotWritten() {
    assertEquals("", text(plan(10, new byte[100])));
    assertEquals("", text(plan(10, new byte[0])));
    assertEquals("0:7+1", text(plan(10, ones(100, 7))));
    assertEquals(
        "0:0+100",
        text(
            plan(
                10,
                ones(
                    100, 0, 5, 9, 14, 19, 24, 29, 34, 39, 44, 49, 54, 59, 64, 69, 74, 79, 84, 89,
                    94, 99))));
  }

  /**
   * A second header of memory 0 below address 64 costs 5 bytes: flag, opcode, address, end, length.
   * From 64 to 8191 it costs 6; of memory 1 one byte more.
   */
  @Test
  void aGapIsSkippedWhenItIsLongerThanAHeader() {
    assertEquals("0:0+7", text(plan(10, ones(100, 0, 6))));
    assertEquals("0:0+1 0:7+1", text(plan(10, ones(100, 0, 7))));
    assertEquals("0:90+8", text(plan(10, ones(100, 90, 97))));
    assertEquals("0:90+1 0:98+1", text(plan(10, ones(100, 90, 98))));
    assertEquals("1:90+9", text(plan(10, new byte[9], ones(100, 90, 98))));
    assertEquals("1:90+1 1:99+1", text(plan(10, new byte[9], ones(100, 90, 99))));
  }

  @Test
  void theSmallestGapsAreJoinedFirst() {
    byte[] memory = ones(1000, 0, 100, 150, 350, 380, 800);
    assertEquals("0:0+1 0:100+1 0:150+1 0:350+1 0:380+1 0:800+1", text(plan(6, memory)));
    assertEquals("0:0+1 0:100+51 0:350+31 0:800+1", text(plan(4, memory)));
    assertEquals("0:0+151 0:350+31 0:800+1", text(plan(3, memory)));
    assertEquals("0:0+381 0:800+1", text(plan(2, memory)));
    assertEquals("0:0+801", text(plan(1, memory)));
    assertEquals("0:0+381 0:800+1 1:5+1", text(plan(3, memory, ones(10, 5))));
  }

  @Test
  void amongEqualGapsTheEarlierOnesStay() {
    byte[] memory = new byte[1000];
    for (int i = 0; i < 1000; i += 50) {
      memory[i] = 1;
    }
    // 20 runs, 6 segments wanted: the plan has to compact while it scans.
    assertEquals("0:0+1 0:50+1 0:100+1 0:150+1 0:200+1 0:250+701", text(plan(6, memory)));
  }

  /** Compacting while scanning keeps the same gaps as sorting all of them at the end. */
  @Test
  void compactingOnTheWayLosesNothing() {
    Random random = new Random(7);
    for (int round = 0; round < 200; round++) {
      byte[] memory = new byte[20_000];
      List<Integer> gaps = new ArrayList<>();
      int at = 0;
      while (at < memory.length) {
        memory[at] = 1;
        int gap = 20 + random.nextInt(300);
        if (at + gap + 1 < memory.length) {
          gaps.add(gap);
        }
        at += gap + 1;
      }
      Segments plan = plan(9, memory);
      assertEquals(9, plan.count());
      List<Integer> kept = new ArrayList<>();
      for (int i = 1; i < plan.count(); i++) {
        kept.add((int) (plan.start(i) - plan.start(i - 1) - plan.length(i - 1)));
      }
      gaps.sort(Collections.reverseOrder());
      kept.sort(Collections.reverseOrder());
      assertEquals(gaps.subList(0, 8), kept);
    }
  }

  /** Against all ways to choose gaps on small memories: never larger by more than 2 bytes. */
  @Test
  void isAsSmallAsCanBe() {
    Random random = new Random(11);
    int worse = 0;
    for (int round = 0; round < 3000; round++) {
      byte[] memory = new byte[120];
      for (int at = random.nextInt(12); at < memory.length; at += 1 + random.nextInt(14)) {
        memory[at] = 1;
      }
      Segments plan = plan(100, memory);
      long best = best(memory);
      assertTrue(plan.payloadSize() <= best + 2, () -> Arrays.toString(memory));
      worse += plan.payloadSize() > best ? 1 : 0;
    }
    assertTrue(worse < 30, worse + " of 3000 are not the smallest");
  }

  /** The size of the smallest Data section, by trying the end of each segment in turn. */
  private static long best(byte[] memory) {
    int size = memory.length;
    long[] from = new long[size + 1];
    for (int start = size - 1; start >= 0; start--) {
      from[start] = memory[start] == 0 ? from[start + 1] : Long.MAX_VALUE;
      if (memory[start] != 0) {
        for (int end = start + 1; end <= size; end++) {
          WasmBytes segment = WasmBytes.segment(start, Arrays.copyOfRange(memory, start, end));
          from[start] = Math.min(from[start], segment.size() + from[end]);
        }
      }
    }
    return 1 + from[0];
  }

  @Test
  void chunksOfTheScanLeaveNoSeams() {
    byte[] memory = new byte[4 * MemoryScanner.CHUNK];
    int chunk = MemoryScanner.CHUNK;
    Arrays.fill(memory, chunk - 10, chunk + 10, (byte) 3);
    memory[2 * chunk - 3] = 4;
    memory[2 * chunk + 2] = 4;
    Arrays.fill(memory, 3 * chunk - 1, 3 * chunk, (byte) 5);
    assertEquals(
        "0:" + (chunk - 10) + "+20 0:" + (2 * chunk - 3) + "+6 0:" + (3 * chunk - 1) + "+1",
        text(plan(100, memory)));
  }

  @Test
  void randomMemoriesRoundTrip() {
    Random random = new Random(3);
    for (int round = 0; round < 40; round++) {
      byte[] memory = new byte[1 + random.nextInt(3 * 65536)];
      for (int i = random.nextInt(400); i > 0; i--) {
        int start = random.nextInt(memory.length);
        int length = Math.min(memory.length - start, random.nextInt(300));
        byte[] run = new byte[length];
        random.nextBytes(run);
        System.arraycopy(run, 0, memory, start, length);
      }
      CoredumpWriter writer = new CoredumpWriter();
      writer.addMemory(Dumps.pages(0), Dumps.memory(memory));
      byte[] bytes = Dumps.written(writer);
      assertArrayEquals(
          memory, ConventionReader.read(bytes).memories().get(0).read(0, memory.length));
      byte[] read = new byte[memory.length];
      Dumps.read(bytes).memories().get(0).read(new MemoryAddress(0), read, 0, read.length);
      assertArrayEquals(memory, read);
    }
  }

  /** 64 MiB in which every 16th byte is set: four million runs, no more than 10,000 segments. */
  @Test
  void pathologicalAlternation() {
    byte[] memory = new byte[1 << 26];
    for (int i = 0; i < memory.length; i += 16) {
      memory[i] = 1;
    }
    assertTimeout(
        Duration.ofSeconds(30),
        () -> {
          Segments plan = plan(WriterOptions.DEFAULT_SEGMENTS, memory);
          assertEquals(WriterOptions.DEFAULT_SEGMENTS, plan.count());
          assertEquals(1L << 26, plan.start(9999) + plan.length(9999) + 15);
        });
  }

  /** A source of 4 GiB of zeros with a byte in each GiB is scanned without being held. */
  @Test
  void aHugeMemoryOfZeros() {
    MemorySource huge =
        new MemorySource() {
          @Override
          public long size() {
            return 1L << 32;
          }

          @Override
          public void read(MemoryAddress address, byte[] target, int offset, int length) {
            Arrays.fill(target, offset, offset + length, (byte) 0);
            long inGiB = address.value() & ((1 << 30) - 1);
            if (inGiB + length > (1 << 30) - 1) {
              target[offset + (int) ((1 << 30) - 1 - inGiB)] = 9;
            }
          }
        };
    assertTimeout(
        Duration.ofSeconds(30),
        () -> {
          CoredumpWriter writer = new CoredumpWriter();
          writer.addMemory(Dumps.pages(65536), huge);
          byte[] bytes = Dumps.written(writer);
          assertTrue(bytes.length < 200);
          ConventionReader.Memory memory = ConventionReader.read(bytes).memories().get(0);
          assertEquals(4, memory.captured());
          assertEquals(9, memory.read((1L << 32) - 1, 1)[0]);
        });
  }
}
