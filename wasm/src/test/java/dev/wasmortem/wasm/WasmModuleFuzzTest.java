package dev.wasmortem.wasm;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.wasm.custom.CustomSections;
import dev.wasmortem.wasm.validation.ModuleValidator;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Reads everything in whatever bytes: only {@link FormatException} may come out. */
class WasmModuleFuzzTest {
  static Stream<Arguments> seeds() {
    return Stream.of(
        Arguments.of(Sample.module().toByteArray()),
        Arguments.of(CustomSections.fixture("library.wasm")),
        Arguments.of(CustomSections.fixture("hints.wasm")));
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "10s")
  void reads(byte[] bytes) {
    ByteSource source = ByteSource.of("fuzz.wasm", bytes);
    try {
      Sample.readAll(WasmModule.read(source));
    } catch (FormatException expected) {
      // What a reader is allowed to say.
    }
    try {
      ModuleValidator.check(WasmModule.read(source));
    } catch (FormatException expected) {
      // What a validator is there for.
    }
    WasmModule salvaged;
    try {
      salvaged = WasmModule.salvage(source, Diagnostic.Sink.IGNORE);
    } catch (FormatException noModule) {
      return;
    }
    Sample.readNames(salvaged);
    CustomSections.readAll(salvaged);
    try {
      Sample.readAll(salvaged);
    } catch (FormatException expected) {
      // A body or a type that is damaged.
    }
  }
}
