package dev.wasmortem.wasm.custom;

import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.wasm.WasmModule;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** Modules with custom sections, and a reading of all there are. */
public final class CustomSections {
  private CustomSections() {}

  /** Returns a module of the folder {@code fixtures/custom}. */
  public static byte[] fixture(String name) {
    try (InputStream in = CustomSections.class.getResourceAsStream("/fixtures/custom/" + name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Reads all custom sections that this package knows; throws nothing. */
  public static void readAll(WasmModule module) {
    Producers.of(module, Diagnostic.Sink.IGNORE);
    TargetFeatures.of(module, Diagnostic.Sink.IGNORE);
    DynamicLibrary.of(module, Diagnostic.Sink.IGNORE);
    for (UrlSection section : UrlSection.values()) {
      section.url(module, Diagnostic.Sink.IGNORE);
    }
    for (String type : CodeMetadata.types(module)) {
      CodeMetadata metadata = CodeMetadata.of(module, type, Diagnostic.Sink.IGNORE);
      for (int function : metadata.functions()) {
        metadata.of(function).forEach(CodeMetadata::branchHint);
      }
    }
  }
}
