package dev.wasmortem.debug;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.wasmortem.testkit.CorpusDump;
import dev.wasmortem.testkit.Shared;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Genuine dumps of programs that have source maps and no DWARF. */
class SourceMapDumpsTest {
  private static CorpusDump dump(String name) {
    return Shared.wasmtimeDumps().stream()
        .filter(dump -> dump.toString().endsWith(name))
        .findFirst()
        .orElseThrow();
  }

  /** Returns {@code name line: text} of each frame. */
  private static List<String> frames(CorpusDump dump) throws IOException {
    SessionOptions options = SessionOptions.builder().modules(dump.modules()).build();
    List<String> frames = new ArrayList<>();
    try (PostMortem session = PostMortem.open(dump.core(), options)) {
      Report report = session.backtrace(ModuleHashes.OMIT);
      for (Report.Frame frame : report.threads().get(0).frames()) {
        Report.Source source = frame.sources().get(0);
        frames.add(
            source.name()
                + " "
                + source.line()
                + ": "
                + session.sourceLine(frame, source).map(String::strip).orElse("?"));
      }
    }
    return frames;
  }

  /** Lines as they stand in {@code crash.ts}. */
  @Test
  void assemblyScript() throws IOException {
    String deep =
        "crash/deep 9: function deep(n: i32, a: Animal): i32 { if (n == 0) { return detonate(a); }"
            + " let local = scale(n); return deep(n - 1, a) + local; }";
    assertEquals(
        List.of(
            "crash/detonate 16: if (mode == 2) return 10 / (m.get(\"k\") - 5);",
            deep,
            deep,
            deep,
            deep,
            "crash/run 24: export function run(which: i32): i32 { mode = which; let list = new"
                + " Node<i32>(1, new Node<i32>(2)); return deep(3, new Dog()) + sum(list); }"),
        frames(dump("as-crash-O0-debug-mode2.core")));
  }

  @Test
  void everyFrameOfAssemblyScriptHasItsLine() throws IOException {
    int dumps = 0;
    for (CorpusDump dump : Shared.wasmtimeDumps()) {
      if (dump.toString().contains("/as/")) {
        dumps++;
        SessionOptions options = SessionOptions.builder().modules(dump.modules()).build();
        try (PostMortem session = PostMortem.open(dump.core(), options)) {
          for (Report.Frame frame :
              session.backtrace(ModuleHashes.OMIT).threads().get(0).frames()) {
            Long at = frame.codeOffset();
            boolean isKnown = at != null && at > 0; // Wasmtime knows none of a stack that is full
            assertEquals(isKnown, frame.sources().get(0).line() != null, dump + " " + frame.name());
          }
        }
      }
    }
    assertEquals(4, dumps);
  }

  /**
   * The same program, with DWARF in a file of its own and with a source map, in two builds whose
   * code is not the same. The map calls the call in {@code main}, at 0x268, line 94 of the source,
   * from 0x260 on to 0x26c; a name section has {@code main.1}.
   */
  @Test
  void emscriptensMapsSayWhatItsDwarfDoes() throws IOException {
    List<String> dwarf = new ArrayList<>(frames(dump("c-k5-split.core")));
    assertEquals("main 95: ?", dwarf.set(6, "main 94: ?"));
    assertEquals("__main_argc_argv 20: ?", dwarf.set(7, "main.1 20: ?"));
    assertEquals(dwarf, frames(dump("c-k5-srcmap.core")));
  }
}
