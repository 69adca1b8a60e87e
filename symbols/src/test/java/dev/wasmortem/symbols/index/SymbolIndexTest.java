package dev.wasmortem.symbols.index;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.symbols.Fixtures;
import dev.wasmortem.symbols.SourceFrame;
import dev.wasmortem.symbols.SourcePosition;
import dev.wasmortem.symbols.Symbolizer;
import dev.wasmortem.testkit.Mutations;
import dev.wasmortem.testkit.WasmBytes;
import dev.wasmortem.wasm.WasmModule;
import dev.wasmortem.wasm.code.CodeOffset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SymbolIndexTest {
  private static Optional<SourcePosition> place(
      String file, int line, int column, int discriminator) {
    return Optional.of(new SourcePosition(file, line, column, discriminator));
  }

  private static SourceFrame outer(Optional<SourcePosition> place) {
    return new SourceFrame("outer", Optional.empty(), Optional.empty(), place, false);
  }

  @Test
  void anIndexWrittenByHand() {
    SymbolIndex index = IndexBytes.open(IndexBytes.twoFunctions());
    index.verify();
    assertEquals(IndexBytes.DIGITS, index.module());
    List<SourceFrame> outer = List.of(outer(place("a.c", 7, 3, 0)));
    SourceFrame leaf =
        new SourceFrame(
            "ns::leaf", Optional.of("leaf"), Optional.of("outer"), place("b.h", 2, 9, 6), true);
    assertEquals(List.of(), index.sources(new CodeOffset(-1)));
    assertEquals(List.of(), index.sources(new CodeOffset(1)));
    assertEquals(outer, index.sources(new CodeOffset(2)));
    assertEquals(outer, index.sources(new CodeOffset(3)));
    assertEquals(List.of(leaf, outer(place("a.c", 7, 30, 0))), index.sources(new CodeOffset(4)));
    assertEquals(List.of(outer(place("a.c", 7, 0, 0))), index.sources(new CodeOffset(5)));
    assertEquals(List.of(), index.sources(new CodeOffset(6)));
    assertEquals(List.of(), index.sources(new CodeOffset(0x7fff_ffff)));
    assertEquals(List.of(outer(Optional.empty())), index.sources(new CodeOffset(0x8000_0000L)));
    assertEquals(List.of(outer(Optional.empty())), index.sources(new CodeOffset(0xffff_ffffL)));
    assertEquals(List.of(), index.sources(new CodeOffset(0x1_0000_0000L)));
  }

  /** The code section is {@code 02, 03 00 01 0b, 03 00 01 0b}: bodies at 2 to 5 and 6 to 9. */
  @Test
  void whatIsWritten() {
    WasmBytes module =
        WasmBytes.module()
            .types(WasmBytes.funcType("", ""))
            .functions(0, 0)
            .code(WasmBytes.body("", "01 0b"), WasmBytes.body("", "01 0b"))
            .functionNames(0, "one", "_Z3twov");
    WasmBytes strings = WasmBytes.empty().name("one").name("two").name("_Z3twov"); // 1, 5, 9
    WasmBytes functions = WasmBytes.of(1, 0, 0).bytes(5, 0, 9);
    WasmBytes chains = WasmBytes.of(0, 0).bytes(3, 0); // references 1 and 3
    WasmBytes segments =
        WasmBytes.of(0 << 3 | 1, 1) // 2: one
            .bytes(3 << 3 | 1, 0x7f) // 5: nothing
            .bytes(1 << 3 | 1, 3) // 6: two
            .bytes(3 << 3 | 1, 0x7d); // 9: nothing
    WasmBytes pages = WasmBytes.empty().le32(2).le32(0);
    ByteSource built = build(WasmModule.read(module.source("test.wasm")), 1);
    byte[] bytes = new byte[(int) built.size()];
    built.copyTo(0, bytes, 0, bytes.length);
    assertArrayEquals(
        IndexBytes.index(IndexBytes.DIGITS, pages, segments, chains, functions, strings), bytes);
  }

  private static ByteSource build(WasmModule module, int threads) {
    Symbolizer symbols = Symbolizer.of(module, Diagnostic.Sink.IGNORE);
    return IndexBuilder.build(symbols, IndexBytes.DIGITS, "test.wmsym", threads);
  }

  @Test
  void fingerprints() {
    ByteSource digits = ByteSource.of("1", "123456789".getBytes(StandardCharsets.US_ASCII));
    assertEquals(IndexBytes.DIGITS, Fingerprint.of(List.of(digits)));
    assertEquals(
        IndexBytes.DIGITS, Fingerprint.of(List.of(digits.slice(0, 4), digits.slice(4, 5))));
    assertEquals("cbf43926e3069283", IndexBytes.DIGITS.toString());
    // Longer than what is read at a time.
    byte[] large = new byte[200_001];
    large[200_000] = 1;
    Fingerprint first = Fingerprint.of(List.of(ByteSource.of("large", large)));
    large[70_000] = 1;
    assertTrue(!first.equals(Fingerprint.of(List.of(ByteSource.of("large", large)))));
  }

  /** At every byte of the code, and some before and behind. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "tiny/tiny-dw4.wasm",
        "tiny/tiny-dw5.wasm",
        "tiny/tiny-names.wasm",
        "tiny/tiny-stripped.wasm",
        "apart/dw4.wasm",
        "apart/dw5.wasm",
        "apart/apart.wasm"
      })
  void answersWhatTheSymbolizerAnswers(String name) {
    Symbolizer symbols = Symbolizer.of(Fixtures.module(name), Diagnostic.Sink.IGNORE);
    SymbolIndex index = SymbolIndex.open(build(symbols.module(), 2));
    index.verify();
    int known = 0;
    for (int i = -2; i < 200; i++) {
      CodeOffset at = new CodeOffset(i);
      assertEquals(symbols.sources(at), index.sources(at), at.toString());
      known += symbols.sources(at).size();
    }
    assertTrue(known > 50, known + " frames");
  }

  /**
   * The bodies stand in the file at 0x17 to 0x1b and 0x1c to 0x1f, in the code section 0x15 before.
   * The map has 0x18 at 1:1, 0x19 at 3:5, 0x1a at nothing and 0x1e at 5:5.
   */
  @ParameterizedTest
  @ValueSource(ints = {0, 100})
  void linesOfASourceMap(int before) {
    String map =
        "{'version':3,'sources':['a.ts'],'names':[],'mappings':'wBAAA,CAEI,C,IAEA'}"
            .replace('\'', '"');
    byte[] bytes =
        WasmBytes.module()
            .types(WasmBytes.funcType("", ""))
            .functions(0, 0)
            .code(WasmBytes.body("", "01 01 0b"), WasmBytes.body("", "01 0b"))
            .custom("sourceMappingURL", WasmBytes.empty().name("data:," + map))
            .toByteArray();
    byte[] file = new byte[before + bytes.length];
    System.arraycopy(bytes, 0, file, before, bytes.length);
    ByteSource source = ByteSource.of("test.wasm", file).slice(before, bytes.length);
    SymbolIndex index = SymbolIndex.open(build(WasmModule.read(source), 1));
    String first = "func[0]";
    String second = "func[1]";
    assertEquals(
        List.of(
            List.of(),
            List.of(first),
            List.of(first + " at a.ts:1:1"),
            List.of(first + " at a.ts:3:5"),
            List.of(first),
            List.of(),
            List.of(second),
            List.of(second),
            List.of(second + " at a.ts:5:5"),
            List.of()),
        IntStream.range(1, 11)
            .mapToObj(at -> index.sources(new CodeOffset(at)))
            .map(frames -> frames.stream().map(SourceFrame::toString).toList())
            .toList());
  }

  @Test
  void aModuleWithoutCode() {
    SymbolIndex index =
        SymbolIndex.open(build(WasmModule.read(WasmBytes.module().source("test.wasm")), 1));
    index.verify();
    assertEquals(List.of(), index.sources(new CodeOffset(0)));
  }

  @Test
  void everyCutAndEveryFlippedBit() {
    byte[] bytes = IndexBytes.twoFunctions();
    Mutations.check(bytes, SymbolIndexTest::walk);
    ByteSource tiny = build(Fixtures.module("tiny/tiny-dw5.wasm"), 1);
    byte[] built = new byte[(int) tiny.size()];
    tiny.copyTo(0, built, 0, built.length);
    Mutations.check(built, SymbolIndexTest::walk);
  }

  /** Asks for all that an index can be asked for. */
  static void walk(ByteSource file) {
    SymbolIndex index = SymbolIndex.open(file);
    FormatException error = null;
    for (long at : new long[] {0, 2, 3, 4, 5, 6, 0x12, 0x3c, 0x46, 0x66, 0x8000_0000L}) {
      try {
        index.sources(new CodeOffset(at));
      } catch (FormatException e) {
        error = e; // other addresses may be well
      }
    }
    index.verify();
    if (error != null) {
      throw error;
    }
  }

  @Test
  void everyChangeIsNoticed() {
    byte[] bytes = IndexBytes.twoFunctions();
    Mutations.all(bytes)
        .filter(mutation -> !Arrays.equals(bytes, mutation.bytes()))
        .forEach(
            mutation ->
                assertThrows(
                    FormatException.class,
                    () -> SymbolIndex.open(mutation.source()).verify(),
                    mutation.toString()));
  }

  /** A chain of as many links as {@code depth} says, each in the one before. */
  private static SymbolIndex chain(int depth) {
    WasmBytes chains = WasmBytes.of(0, 0);
    int last = 0;
    for (int i = 1; i < depth; i++) {
      int start = chains.size();
      chains.bytes(0).u(start - last).bytes(0);
      last = start;
    }
    WasmBytes segments = WasmBytes.of(1).s(last + 1);
    WasmBytes pages = WasmBytes.empty().le32(0).le32(0);
    return IndexBytes.open(
        IndexBytes.index(
            IndexBytes.DIGITS,
            pages,
            segments,
            chains,
            WasmBytes.of(1, 0, 0),
            WasmBytes.empty().name("f")));
  }

  @Test
  void chainsHaveAnEnd() {
    assertEquals(IndexHeader.DEPTH, chain(1024).sources(new CodeOffset(0)).size());
    assertThrows(FormatException.LimitExceeded.class, () -> chain(1025).sources(new CodeOffset(0)));
    assertThrows(
        FormatException.LimitExceeded.class, () -> chain(1_000_000).sources(new CodeOffset(0)));
  }

  /** A body at 2 to 6, in which a call is inlined into a call, as many as {@code calls} says. */
  static WasmBytes nested(int calls) {
    WasmBytes range = WasmBytes.of(0x11, 1, 0x12, 6, 0, 0); // low_pc, high_pc, as a length
    WasmBytes abbreviations =
        WasmBytes.of(1, 0x11, 1).add(range).bytes(2, 0x2e, 1).add(range).bytes(3, 0x1d, 1);
    WasmBytes unit = WasmBytes.of(4, 0).le32(0).bytes(4);
    for (int i = 0; i < calls + 2; i++) {
      unit.bytes(Math.min(i + 1, 3)).le32(2).le32(4);
    }
    unit.fill(calls + 2, 0);
    return WasmBytes.module()
        .types(WasmBytes.funcType("", ""))
        .functions(0)
        .code(WasmBytes.body("", "01 01 0b"))
        .custom(".debug_abbrev", abbreviations.add(range).bytes(0))
        .custom(".debug_info", WasmBytes.empty().le32(unit.size()).add(unit));
  }

  @Test
  void nestsOfCallsHaveAnEnd() {
    WasmModule deepest = WasmModule.read(nested(1023).source("test.wasm"));
    assertEquals(1024, SymbolIndex.open(build(deepest, 1)).sources(new CodeOffset(3)).size());
    WasmModule deeper = WasmModule.read(nested(1024).source("test.wasm"));
    assertThrows(FormatException.LimitExceeded.class, () -> build(deeper, 1));
  }

  /**
   * A function whose name unfolds to {@code f<a…, a…, …>}, 60 times 10,000 letters, with as many
   * lines as {@code lines} says.
   */
  private static WasmModule wordy(int lines) {
    String name = "_Z1fI10000" + "a".repeat(10_000) + "S0_".repeat(59) + "Evv";
    String map =
        "{'version':3,'sources':['a'],'names':[],'mappings':'wBAAA%s'}"
            .formatted(",CACA".repeat(lines))
            .replace('\'', '"');
    WasmBytes module =
        WasmBytes.module()
            .types(WasmBytes.funcType("", ""))
            .functions(0)
            .code(WasmBytes.body("", "01 ".repeat(10_000) + "0b"))
            .functionNames(0, name)
            .custom("sourceMappingURL", WasmBytes.empty().name("data:," + map));
    return WasmModule.read(module.source("test.wasm"));
  }

  /** 2³² characters for 2¹⁴ stretches are the limit, and each of these has some 610,000. */
  @Test
  void namesOfManyStretchesHaveAnEnd() {
    SymbolIndex index = SymbolIndex.open(build(wordy(6_900), 1));
    SourceFrame frame = index.sources(new CodeOffset(1000)).get(0);
    assertEquals(60 * 10_000 + 59 * ", ".length() + "f<>".length(), frame.name().length());
    WasmModule more = wordy(7_200);
    assertThrows(FormatException.LimitExceeded.class, () -> build(more, 1));
  }

  @Test
  void otherFilesAndOtherVersions() {
    byte[] bytes = IndexBytes.twoFunctions();
    bytes[8] = 2;
    assertThrows(FormatException.Unsupported.class, () -> IndexBytes.open(bytes));
    assertThrows(
        FormatException.Malformed.class,
        () -> IndexBytes.open(Fixtures.bytes("tiny/tiny-dw5.wasm")));
    assertThrows(
        FormatException.Malformed.class,
        () -> IndexBytes.open(Arrays.copyOf(IndexBytes.twoFunctions(), 500)));
  }

  /** Parts are asked for by several threads; what is in several of them is written once. */
  @Test
  void partsMakeTheWhole() {
    Symbolizer symbols =
        Symbolizer.of(Fixtures.module("tiny/tiny-dw5.wasm"), Diagnostic.Sink.IGNORE);
    Answers whole = new Answers();
    Answers parts = new Answers();
    for (int from = 2; from < 122; from += 20) {
      Answers part = new Answers();
      for (int at = from; at < from + 20; at++) {
        whole.add(at, symbols.sources(new CodeOffset(at)));
        part.add(at, symbols.sources(new CodeOffset(at)));
      }
      parts.addAll(part);
    }
    ByteSource expected = build(symbols.module(), 1);
    Fingerprint bytes = Fingerprint.of(List.of(expected));
    for (Answers answers : List.of(whole, parts)) {
      ByteSource written = IndexWriter.write(answers, IndexBytes.DIGITS, "test.wmsym");
      assertEquals(bytes, Fingerprint.of(List.of(written)));
    }
  }
}
