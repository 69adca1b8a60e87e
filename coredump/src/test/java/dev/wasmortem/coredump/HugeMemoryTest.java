package dev.wasmortem.coredump;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wasmortem.coredump.diff.DiffResult;
import dev.wasmortem.coredump.diff.DumpDiff;
import dev.wasmortem.coredump.diff.MemoryDifference;
import dev.wasmortem.coredump.edit.BytePattern;
import dev.wasmortem.coredump.edit.DumpFix;
import dev.wasmortem.coredump.edit.Redaction;
import dev.wasmortem.coredump.inspect.HexDump;
import dev.wasmortem.testkit.DumpBytes;
import dev.wasmortem.testkit.WasmBytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/**
 * Small files that tell of a memory of 2⁴⁶ pages: what is done with one takes as long as the file
 * is large, not as long as the memory.
 */
final class HugeMemoryTest {
  private static final long PAGES = 1L << 46;
  private static final long SIZE = PAGES << 16;
  private static final long FAR = 1L << 61;
  private static final String STATES =
      "0+5 KNOWN_ZERO, 5+4 CAPTURED, 9+1001 KNOWN_ZERO, 1010+2305843009213692942 NOT_CAPTURED,"
          + " 2305843009213693952+6 CAPTURED, 2305843009213693958+2305843009213693946 KNOWN_ZERO";

  /** Known zero but for a range that was not captured, and two segments. */
  private static byte[] dump(String near, String far) {
    WasmBytes states = WasmBytes.of(0x00).u(1).bytes(0x02).u(1).u(1010).u(FAR - 1010).bytes(0x03);
    return WasmBytes.module()
        .add(DumpBytes.core("huge"))
        .add(DumpBytes.coremodules("huge"))
        .add(DumpBytes.coreinstances(DumpBytes.instance(0, List.of(0L), List.of())))
        .add(DumpBytes.corestack("main", DumpBytes.frame(0, 1, 2)))
        .custom("wasmortem.memory", states)
        .memories(WasmBytes.of(0x04).u(PAGES))
        .data(segment(5, near), segment(FAR, far))
        .toByteArray();
  }

  private static WasmBytes segment(long address, String text) {
    return WasmBytes.of(0x00, 0x42).s(address).bytes(0x0b).u(text.length()).raw(Dumps.ascii(text));
  }

  private static void soon(Executable work) {
    assertTimeoutPreemptively(Duration.ofSeconds(60), work);
  }

  private static String states(CoreMemory memory) {
    List<String> ranges = new ArrayList<>();
    for (MemoryRange range : memory.ranges()) {
      ranges.add(range.start().value() + "+" + range.length() + " " + range.state());
    }
    return String.join(", ", ranges);
  }

  private static String text(CoreMemory memory, long address, int length) {
    byte[] bytes = new byte[length];
    memory.read(new MemoryAddress(address), bytes, 0, length);
    return new String(bytes, StandardCharsets.US_ASCII);
  }

  @Test
  void aCopyHoldsTheSame() {
    byte[] bytes = dump("near", "far---");
    soon(
        () -> {
          for (CoredumpWriter writer :
              List.of(
                  CoredumpWriter.copyOf(Dumps.read(bytes), WriterOptions.DEFAULT),
                  DumpFix.of(Dumps.read(bytes), Map.of()))) {
            byte[] written = Dumps.written(writer);
            assertTrue(written.length < 1000);
            CoreMemory memory = Dumps.read(written).memories().get(0);
            assertEquals(SIZE, memory.size());
            assertEquals(STATES, states(memory));
            assertEquals("near", text(memory, 5, 4));
            assertEquals("far---", text(memory, FAR, 6));
          }
        });
  }

  @Test
  void whatTheDumpHolds() {
    assertEquals(
        List.of(
            new AddressRange(new MemoryAddress(5), 4), new AddressRange(new MemoryAddress(FAR), 6)),
        Dumps.read(dump("near", "far---")).memories().get(0).stored());
  }

  @Test
  void itIsCompared() {
    soon(
        () -> {
          Coredump dump = Dumps.read(dump("near", "far---"));
          assertEquals(List.of(), DumpDiff.of(dump, dump).memories());
          DiffResult diff = DumpDiff.of(dump, Dumps.read(dump("nexr", "far---more")));
          MemoryDifference memory = diff.memories().get(0);
          assertEquals(
              List.of(
                  new MemoryDifference.Range(
                      MemoryDifference.Kind.BYTES,
                      new MemoryAddress(7),
                      1,
                      1,
                      MemoryState.CAPTURED,
                      MemoryState.CAPTURED),
                  new MemoryDifference.Range(
                      MemoryDifference.Kind.BYTES,
                      new MemoryAddress(FAR + 6),
                      4,
                      4,
                      MemoryState.KNOWN_ZERO,
                      MemoryState.CAPTURED)),
              memory.ranges());
        });
  }

  /** A pattern's match may reach into zeros; zeros alone are none. */
  @Test
  void itIsSearched() {
    byte[] bytes = dump("near", "far---");
    soon(
        () -> {
          Redaction redaction =
              new Redaction()
                  .pattern(BytePattern.hex("6172 0000"))
                  .pattern(BytePattern.regex("\\x00\\x00\\x00\\x00"));
          Coredump copy = Dumps.read(redacted(redaction, bytes));
          assertEquals(
              "0+5 KNOWN_ZERO, 5+2 CAPTURED, 7+4 REDACTED",
              String.join(", ", first(copy.memories().get(0), 3)));
        });
  }

  private static byte[] redacted(Redaction redaction, byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    redaction.of(Dumps.read(bytes)).copy().writeTo(Channels.newChannel(out));
    return out.toByteArray();
  }

  private static List<String> first(CoreMemory memory, int count) {
    return List.of(states(memory).split(", ")).subList(0, count);
  }

  /** What is zero is redacted with the rest of a range, and takes no room for it. */
  @Test
  void aHugeRangeIsRedacted() {
    byte[] bytes = dump("near", "far---");
    soon(
        () -> {
          Redaction redaction =
              new Redaction().range(0, new AddressRange(new MemoryAddress(FAR + 1), FAR - 1));
          byte[] written = redacted(redaction, bytes);
          assertTrue(written.length < 1000);
          CoreMemory memory = Dumps.read(written).memories().get(0);
          assertEquals(FAR - 1, memory.bytesIn(MemoryState.REDACTED));
          assertEquals("fXXXXX", text(memory, FAR, 6));
        });
  }

  @Test
  void itsRowsAreFolded() {
    List<String> lines = new ArrayList<>();
    soon(
        () ->
            HexDump.of(Dumps.read(dump("near", "far---")).memories().get(0))
                .print(new MemoryAddress(0), Long.MAX_VALUE, lines::add));
    assertEquals(
        """
        0000000000000000  00 00 00 00 00 6e 65 61  72 00 00 00 00 00 00 00  |.....near.......|
        0000000000000010  00 00 00 00 00 00 00 00  00 00 00 00 00 00 00 00  |................|
        *
        00000000000003f0  00 00 ?? ?? ?? ?? ?? ??  ?? ?? ?? ?? ?? ?? ?? ??  |..              |
        0000000000000400  ?? ?? ?? ?? ?? ?? ?? ??  ?? ?? ?? ?? ?? ?? ?? ??  |                |
        *
        2000000000000000  66 61 72 2d 2d 2d 00 00  00 00 00 00 00 00 00 00  |far---..........|
        2000000000000010  00 00 00 00 00 00 00 00  00 00 00 00 00 00 00 00  |................|
        *
        3ffffffffffffff0  00 00 00 00 00 00 00 00  00 00 00 00 00 00 00 00  |................|
        4000000000000000\
        """,
        String.join("\n", lines));
  }

  /** Against every row looked at, from an address that is no multiple of sixteen on. */
  @Test
  void foldedRowsAgainstEveryRow() {
    byte[] bytes = new byte[1 << 19];
    for (int at : new int[] {3, 70_000, 65_536 * 3 - 1, 65_536 * 4, 65_536 * 7 + 5, 500_000}) {
      bytes[at] = 'x';
    }
    CoredumpWriter writer = new CoredumpWriter().executableName("rows");
    writer.addMemory(Dumps.pages(8), Dumps.memory(bytes));
    CoreMemory memory = Dumps.read(Dumps.written(writer)).memories().get(0);
    for (int start : new int[] {0, 1, 7, 16, 65_535}) {
      List<String> lines = new ArrayList<>();
      HexDump.of(memory).print(new MemoryAddress(start), bytes.length, lines::add);
      assertEquals(rows(bytes, start), lines);
    }
  }

  /** The addresses and a star, as `hexdump -C` has them; of the bytes only the x. */
  private static List<String> rows(byte[] bytes, int start) {
    List<String> rows = new ArrayList<>();
    String last = "";
    boolean squeezed = false;
    for (int at = start; at < bytes.length; at += 16) {
      StringBuilder hex = new StringBuilder();
      StringBuilder ascii = new StringBuilder();
      for (int i = 0; i < 16; i++) {
        boolean inside = at + i < bytes.length;
        hex.append(i == 8 ? "  " : " ");
        hex.append(inside ? String.format("%02x", bytes[at + i]) : "  ");
        ascii.append(!inside ? "" : bytes[at + i] == 'x' ? "x" : ".");
      }
      String row = hex + "  |" + ascii + "|";
      if (row.equals(last) && at + 16 < bytes.length) {
        if (!squeezed) {
          rows.add("*");
        }
        squeezed = true;
      } else {
        rows.add(String.format("%08x ", at) + row);
        squeezed = false;
      }
      last = row;
    }
    rows.add(String.format("%08x", bytes.length));
    return rows;
  }
}
