package dev.wasmortem.symbols;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.testkit.CorpusDump;
import dev.wasmortem.testkit.Shared;
import dev.wasmortem.testkit.WasmtimeLog;
import dev.wasmortem.wasm.FunctionBody;
import dev.wasmortem.wasm.WasmModule;
import dev.wasmortem.wasm.code.BodyOffset;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Real programs: names and offsets as Wasmtime gave them. */
class CorpusTest {
  @Test
  void framesOfWasmtimesDumps() throws IOException {
    int frames = 0;
    for (CorpusDump dump : Shared.wasmtimeDumps()) {
      if (dump.modules().size() > 1) {
        continue; // a log does not say which module a frame is of
      }
      List<Diagnostic> diagnostics = new ArrayList<>();
      try (ByteSource file = ByteSource.open(dump.module())) {
        WasmModule module = WasmModule.read(file);
        Symbolizer symbols = Symbolizer.of(module, diagnostics::add);
        for (WasmtimeLog.Frame frame : dump.log().frames()) {
          if (frame.name() != null) {
            assertEquals(frame.name(), symbols.name(frame.function()).text(), dump.toString());
          }
          if (frame.bodyOffset() > 0) {
            frames++;
            FunctionBody body = module.body(frame.function());
            BodyOffset at = new BodyOffset(frame.bodyOffset());
            assertEquals(frame.moduleOffset(), body.fileOffset(at).value());
            assertEquals(
                symbols.sources(body.codeOffset(at)), symbols.sources(frame.function(), at));
          }
        }
      }
      assertEquals(List.of(), diagnostics, dump.toString());
    }
    assertFalse(frames < 100, frames + " frames");
  }
}
