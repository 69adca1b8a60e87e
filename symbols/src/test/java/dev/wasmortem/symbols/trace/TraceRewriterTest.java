package dev.wasmortem.symbols.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.bytes.FileOffset;
import dev.wasmortem.symbols.Fixtures;
import dev.wasmortem.symbols.SourceFrame;
import dev.wasmortem.symbols.Symbolizer;
import dev.wasmortem.testkit.CorpusDump;
import dev.wasmortem.testkit.Shared;
import dev.wasmortem.testkit.WasmtimeLog;
import dev.wasmortem.wasm.WasmModule;
import dev.wasmortem.wasm.code.BodyOffset;
import dev.wasmortem.wasm.code.CodeOffset;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceRewriterTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "    at app.die (wasm://wasm/app-0008dfca:wasm-function[11]:0x55c)  | 11 | 0x55c",
        "    at wasm://wasm/0008dfca:wasm-function[11]:0x55c                | 11 | 0x55c",
        "    at std::f<int[3]>(int) (wasm://wasm/a:wasm-function[7]:0x1F)   | 7  | 0x1f",
        "die@http://localhost/app.wasm:wasm-function[11]:0x55c              | 11 | 0x55c",
        "    at die (app[11]:0x55c)                                         | 11 | 0x55c",
        "app.wasm-function[12]@[wasm code]                                  | 12 |",
        "    0:    0x42f - <unknown>!die                                    |    | 0x42f"
      })
  void framesOfEngines(String line, Integer function, String offset) {
    assertEquals(
        Optional.of(
            new TraceFrame(
                function == null ? OptionalInt.empty() : OptionalInt.of(function),
                Optional.ofNullable(offset).map(Long::decode).map(FileOffset::new))),
        TraceFrame.find(line));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0x55c",
        "CODE 0x55c",
        "RuntimeError: divide by zero",
        "    at WASI.start (node:wasi:136:7)",
        "    1: wasm trap: integer divide by zero",
        "    at f (wasm://wasm/a:wasm-function[99999999999]:0x1)",
        "    at f (wasm://wasm/a:wasm-function[1]:0x11111111111111111)"
      })
  void otherLines(String line) {
    assertEquals(Optional.empty(), TraceFrame.find(line));
  }

  /** Each frame that Wasmtime's error tells is followed by what its dump's frame is. */
  @Test
  void logsOfWasmtime() throws IOException {
    int frames = 0;
    for (CorpusDump dump : Shared.wasmtimeDumps()) {
      if (dump.modules().size() > 1) {
        continue;
      }
      try (ByteSource file = ByteSource.open(dump.module())) {
        Symbolizer symbols = Symbolizer.of(WasmModule.read(file), Diagnostic.Sink.IGNORE);
        TraceRewriter rewriter = TraceRewriter.of(symbols);
        for (WasmtimeLog.Frame frame : dump.log().frames()) {
          if (frame.bodyOffset() > 0) {
            frames++;
            String line =
                String.format(
                    Locale.ROOT, "    0: 0x%x - <unknown>!%s", frame.moduleOffset(), frame.name());
            List<SourceFrame> found = rewriter.sources(TraceFrame.find(line).orElseThrow());
            assertEquals(
                symbols.sources(frame.function(), new BodyOffset(frame.bodyOffset())), found);
          }
        }
      }
    }
    assertTrue(frames > 100, frames + " frames");
  }

  /** The body of tiny's first function; a frame without a place has its name only. */
  @Test
  void anIndexAnswersForFramesWithAPlace() throws IOException {
    Symbolizer symbols =
        Symbolizer.of(Fixtures.module("tiny/tiny-dw5.wasm"), Diagnostic.Sink.IGNORE);
    WasmModule module = symbols.module();
    int function = module.importedFunctionCount();
    CodeOffset at = module.body(function).codeOffset(new BodyOffset(1));
    SourceFrame frame =
        new SourceFrame("indexed", Optional.empty(), Optional.empty(), Optional.empty(), false);
    TraceRewriter rewriter =
        TraceRewriter.of(symbols, asked -> asked.equals(at) ? List.of(frame) : List.of());
    String placed =
        String.format(
            Locale.ROOT,
            "f@http://x/a.wasm:wasm-function[%d]:0x%x\n",
            function,
            module.fileOffset(at).value());
    String unplaced = "wasm-function[" + function + "]@[wasm code]\n";
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] in = (placed + unplaced).getBytes(StandardCharsets.UTF_8);
    rewriter.rewrite(new ByteArrayInputStream(in), out);
    assertEquals(
        placed + "    indexed\n" + unplaced + "    " + symbols.name(function).text() + "\n",
        out.toString(StandardCharsets.UTF_8));
  }

  @Test
  void allOtherBytesAreKept() throws IOException {
    Path path = Shared.corpus("c/crash-k5-dw5-O2-c22.wasm");
    Path log = Shared.corpus("dumps/wasmtime48/c/crash-k5-dw5-O2-c22.log");
    byte[] text = Files.readAllBytes(log);
    ByteArrayOutputStream in = new ByteArrayOutputStream();
    in.write(text);
    in.write(new byte[] {(byte) 0xff, '\r', '\n', 0, 'x'});
    try (ByteSource file = ByteSource.open(path)) {
      Symbolizer symbols = Symbolizer.of(WasmModule.read(file), Diagnostic.Sink.IGNORE);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      assertEquals(
          TraceRewriter.Found.SOMETHING,
          TraceRewriter.of(symbols).rewrite(new ByteArrayInputStream(in.toByteArray()), out));
      List<String> kept =
          out.toString(StandardCharsets.ISO_8859_1)
              .lines()
              .filter(line -> !line.matches(" +\\S.* at \\S+:\\d+.*"))
              .toList();
      assertEquals(in.toString(StandardCharsets.ISO_8859_1).lines().toList(), kept);
      assertTrue(out.size() > in.size(), "nothing was added");
    }
  }

  /** Whether lines lie across what is read at a time makes no difference. */
  @ParameterizedTest
  @ValueSource(ints = {1, 7, 100, 65_535, 65_537, 1 << 20})
  void piecesOfAnyLength(int most) throws IOException {
    Symbolizer symbols =
        Symbolizer.of(Fixtures.module("tiny/tiny-dw5.wasm"), Diagnostic.Sink.IGNORE);
    int function = symbols.module().importedFunctionCount();
    String frame = "wasm-function[" + function + "]@[wasm code]\n";
    String added = "    " + symbols.name(function).text() + "\n";
    String text = "x".repeat(70_000) + "\n" + frame + "\n" + frame.repeat(100) + "end";
    InputStream in =
        new FilterInputStream(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))) {
          @Override
          public int read(byte[] into, int offset, int length) throws IOException {
            return super.read(into, offset, Math.min(most, length));
          }
        };
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertEquals(TraceRewriter.Found.SOMETHING, TraceRewriter.of(symbols).rewrite(in, out));
    assertEquals(text.replace(frame, frame + added), out.toString(StandardCharsets.UTF_8));
  }

  /** A program that goes on when it has seen what its last line became. */
  private static final class Dialogue extends InputStream {
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private final OutputStream out = new BufferedOutputStream(shown, 1 << 20);
    private int said;

    @Override
    public int read(byte[] into, int offset, int length) {
      assertEquals("line\n".repeat(said), shown.toString(StandardCharsets.UTF_8));
      if (said == 10) {
        return -1;
      }
      said++;
      byte[] line = "line\n".getBytes(StandardCharsets.US_ASCII);
      System.arraycopy(line, 0, into, offset, line.length);
      return line.length;
    }

    @Override
    public int read() {
      throw new UnsupportedOperationException();
    }
  }

  @Test
  void linesAreNotHeldBack() throws IOException {
    Dialogue dialogue = new Dialogue();
    Symbolizer symbols =
        Symbolizer.of(Fixtures.module("tiny/tiny-dw5.wasm"), Diagnostic.Sink.IGNORE);
    TraceRewriter.of(symbols).rewrite(dialogue, dialogue.out);
    assertEquals(10, dialogue.said);
  }
}
