package dev.wasmortem.coredump.edit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.coredump.AddressRange;
import dev.wasmortem.coredump.CoreGlobal;
import dev.wasmortem.coredump.CoreMemory;
import dev.wasmortem.coredump.Coredump;
import dev.wasmortem.coredump.MemoryAddress;
import dev.wasmortem.coredump.MemoryRange;
import dev.wasmortem.coredump.MemoryState;
import dev.wasmortem.coredump.Note;
import dev.wasmortem.coredump.Value;
import dev.wasmortem.coredump.lint.Lint;
import dev.wasmortem.testkit.DumpBytes;
import dev.wasmortem.testkit.WasmBytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is taken out of a dump, and what stays. */
final class RedactionTest {
  private static final String SECRET = "hunter2-hunter2";

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** The secret lies across two segments, in names, in values and in a foreign section. */
  private static ByteSource dump() {
    return WasmBytes.module()
        .add(DumpBytes.core("app --password=" + SECRET))
        .add(DumpBytes.coremodules("app"))
        .add(DumpBytes.coreinstances(DumpBytes.instance(0, List.of(0L), List.of(0L))))
        .custom(
            "wasmortem.trap",
            WasmBytes.of(0x00).name("other").name("login " + SECRET + " failed").u(0))
        .custom("wasmortem.memory", WasmBytes.of(0x00, 0x01, 0x02, 0x00))
        .add(
            DumpBytes.corestack(
                "main",
                DumpBytes.frame(
                    0,
                    6,
                    5,
                    // "hunt" and "nter" little-endian; 5 is no part of it.
                    List.of(DumpBytes.i32(0x746e7568), DumpBytes.i32(5)),
                    List.of(DumpBytes.i64(0x3272657465746e75L)))))
        .memories(WasmBytes.memory(2))
        .globals(WasmBytes.global(0x7f, 0, WasmBytes.of(0x41).s(0x7265746e)))
        .data(
            WasmBytes.segment(16, ascii("..." + SECRET.substring(0, 4))),
            WasmBytes.segment(23, ascii(SECRET.substring(4) + "...")),
            WasmBytes.segment(65536 - 4, ascii(SECRET)),
            WasmBytes.segment(70000, ascii("public")))
        .custom("other-tool", WasmBytes.empty().raw(ascii("note " + SECRET)))
        .custom("harmless", WasmBytes.of(1, 2, 3))
        .source("secret.core");
  }

  private static ByteSource written(Redaction redaction) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    redaction.of(Coredump.read(dump())).copy().writeTo(Channels.newChannel(out));
    return ByteSource.of("redacted.core", out.toByteArray());
  }

  private static String text(CoreMemory memory, long address, int length) {
    byte[] bytes = new byte[length];
    memory.read(new MemoryAddress(address), bytes, 0, length);
    return new String(bytes, StandardCharsets.US_ASCII);
  }

  @Test
  void aTextIsNowhereAnyMore() throws IOException {
    Redaction redaction = new Redaction().pattern(BytePattern.text(SECRET));
    ByteSource copy = written(redaction);
    String raw = new String(copy.cursor().bytes((int) copy.size()), StandardCharsets.ISO_8859_1);
    assertFalse(raw.contains(SECRET));
    assertEquals(List.of(), redaction.remaining(copy, 10));
    assertFalse(redaction.remaining(dump(), 10).isEmpty());
    Coredump redacted = Coredump.read(copy);
    assertEquals("app --password=XXXXXXXXXXXXXXX", redacted.executableName().orElseThrow());
    assertEquals("login XXXXXXXXXXXXXXX failed", redacted.trap().orElseThrow().message());
    CoreMemory memory = redacted.memories().get(0);
    assertEquals("...XXXXXXXXXXXXXXX...", text(memory, 16, 21));
    assertEquals("XXXXXXXXXXXXXXX", text(memory, 65532, 15));
    assertEquals("public", text(memory, 70000, 6));
    assertEquals(
        List.of(
            new MemoryRange(new MemoryAddress(19), 15, MemoryState.REDACTED),
            new MemoryRange(new MemoryAddress(65532), 15, MemoryState.REDACTED)),
        memory.ranges().stream().filter(r -> r.state() == MemoryState.REDACTED).toList());
    assertEquals(
        List.of(Value.MISSING, new Value.I32(5)),
        redacted.threads().get(0).frames().get(0).locals());
    // Bytes of the text in another order are none of it.
    assertEquals(
        List.of(new Value.I64(0x3272657465746e75L)),
        redacted.threads().get(0).frames().get(0).stack());
    assertEquals(
        List.of(Value.MISSING), redacted.globals().stream().map(CoreGlobal::value).toList());
    assertTrue(redacted.binary().customSections("other-tool").isEmpty());
    assertEquals(1, redacted.binary().customSections("harmless").size());
    assertTrue(
        redacted.notes().stream()
            .anyMatch(
                n ->
                    n.code().equals(Note.REDACTED)
                        && n.message().startsWith("30 bytes of memories, 2 values and 2 texts")),
        redacted.notes()::toString);
    assertTrue(Lint.check(copy, Map.of()).isConformant());
  }

  @Test
  void expressionsAndBytes() throws IOException {
    Redaction redaction =
        new Redaction()
            .pattern(BytePattern.regex("hunter\\d"))
            .pattern(BytePattern.hex("70 75 62"));
    Coredump redacted = Coredump.read(written(redaction));
    CoreMemory memory = redacted.memories().get(0);
    assertEquals("XXXXXXX-XXXXXXX", text(memory, 65532, 15));
    assertEquals("XXXlic", text(memory, 70000, 6));
    assertEquals("app --password=XXXXXXX-XXXXXXX", redacted.executableName().orElseThrow());
    assertThrows(IllegalArgumentException.class, () -> BytePattern.text(""));
    assertThrows(IllegalArgumentException.class, () -> BytePattern.regex("a*"));
    assertThrows(IllegalArgumentException.class, () -> BytePattern.regex("("));
    assertThrows(IllegalArgumentException.class, () -> BytePattern.hex("7"));
  }

  /** What the ranges cover is redacted where the dump has bytes, known zeros included. */
  @Test
  void ranges() throws IOException {
    Redaction redaction =
        new Redaction().range(0, new AddressRange(new MemoryAddress(69998), 1L << 40));
    CoreMemory memory = Coredump.read(written(redaction)).memories().get(0);
    assertEquals("\0XX", text(memory, 69997, 3));
    assertEquals("XXXXXX", text(memory, 70000, 6));
    assertEquals(
        2 * 65536 - 69998,
        memory.ranges().stream()
            .filter(r -> r.state() == MemoryState.REDACTED)
            .mapToLong(MemoryRange::length)
            .sum());
    assertEquals(SECRET, text(memory, 65532, 15));
  }

  @Test
  void whatIsNotKeptIsNotThere() throws IOException {
    Redaction redaction =
        new Redaction()
            .keepOnly(0, new AddressRange(new MemoryAddress(65536), 32))
            .pattern(BytePattern.text("ter2-"));
    Coredump redacted = Coredump.read(written(redaction));
    CoreMemory memory = redacted.memories().get(0);
    assertEquals(2 * 65536, memory.size());
    byte[] bytes = new byte[2];
    assertEquals(
        List.of(new MemoryRange(new MemoryAddress(70000), 2, MemoryState.NOT_CAPTURED)),
        memory.read(new MemoryAddress(70000), bytes, 0, 2));
    // The pattern began before what is kept and ends in it.
    assertEquals("\0\0\0\0XXXXhunter", text(memory, 65532, 14));
  }

  /** An expression that would find X is redacted with something that it does not find. */
  @Test
  void whatTheRedactionWroteIsNoFind() throws IOException {
    Redaction redaction = new Redaction().pattern(BytePattern.regex("hunter2|[A-Z]{7}"));
    ByteSource copy = written(redaction);
    assertEquals("*******-*******", text(Coredump.read(copy).memories().get(0), 65532, 15));
    assertEquals(List.of(), redaction.remaining(copy, 10));
    // Of an expression that finds seven of any character, what it found is left out of the look.
    Redaction any = new Redaction().pattern(BytePattern.regex("hunter2|([\\x01-\\x7f])\\1{6}"));
    copy = written(any);
    assertEquals("XXXXXXX-XXXXXXX", text(Coredump.read(copy).memories().get(0), 65532, 15));
    assertEquals(List.of(), any.remaining(copy, 10));
    byte[] again = copy.cursor().bytes((int) copy.size());
    System.arraycopy(ascii("hunter2"), 0, again, again.length - 7, 7);
    assertEquals(
        List.of((long) again.length - 7), any.remaining(ByteSource.of("again", again), 10));
  }

  private static Coredump holding(String bytes) {
    return Coredump.read(
        WasmBytes.module()
            .add(DumpBytes.core("app"))
            .memories(WasmBytes.memory(16))
            .data(WasmBytes.segment(0, ascii(bytes)))
            .source("deep.core"));
  }

  @Test
  void anExpressionThatRecursTooDeeplyIsNamed() {
    Redaction redaction =
        new Redaction()
            .pattern(BytePattern.text("public"))
            .pattern(BytePattern.regex("(a|b)+c"))
            .pattern(BytePattern.regex("d+"));
    BytePattern.TooDeep tooDeep =
        assertThrows(BytePattern.TooDeep.class, () -> redaction.of(holding("ab".repeat(500_000))));
    assertEquals("(a|b)+c", tooDeep.expression());
    assertEquals(6_001, redaction.of(holding("ab".repeat(3_000) + "c")).bytes());
  }

  /** The file ends in a segment, or in another tool's section. */
  @Test
  void theBeginningOfATextThatIsCutIsTakenOut() throws IOException {
    WasmBytes head = WasmBytes.module().add(DumpBytes.core("app")).memories(WasmBytes.memory(1));
    byte[] whole = head.data(WasmBytes.segment(8, ascii("a " + SECRET))).toByteArray();
    Redaction redaction = new Redaction().pattern(BytePattern.text(SECRET));
    for (int kept = 1; kept < SECRET.length(); kept++) {
      Coredump cut = cut(whole, SECRET.length() - kept);
      CoreMemory memory = copied(redaction, cut).memories().get(0);
      String left = kept < 4 ? SECRET.substring(0, kept) : "X".repeat(kept);
      assertEquals("a " + left + "\0", text(memory, 8, kept + 3));
      assertEquals(
          kept < 4 ? 0 : kept,
          memory.ranges().stream()
              .filter(r -> r.state() == MemoryState.REDACTED)
              .mapToLong(MemoryRange::length)
              .sum());
    }
    byte[] foreign =
        WasmBytes.module()
            .add(DumpBytes.core("app"))
            .custom("other-tool", WasmBytes.empty().raw(ascii(SECRET)))
            .toByteArray();
    assertTrue(copied(redaction, cut(foreign, 5)).binary().customSections("other-tool").isEmpty());
    assertEquals(
        1, copied(redaction, cut(foreign, 12)).binary().customSections("other-tool").size());
  }

  private static Coredump cut(byte[] whole, int missing) {
    return Coredump.salvage(
        ByteSource.of("cut.core", Arrays.copyOf(whole, whole.length - missing)), noticed -> {});
  }

  private static Coredump copied(Redaction redaction, Coredump dump) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    redaction.of(dump).copy().writeTo(Channels.newChannel(out));
    return Coredump.read(ByteSource.of("redacted.core", out.toByteArray()));
  }
}
