package dev.wasmortem.symbols;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.wasm.WasmModule;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** Modules compiled from the sources beside them. */
public final class Fixtures {
  private Fixtures() {}

  public static byte[] bytes(String name) {
    try (InputStream in = Fixtures.class.getResourceAsStream("/fixtures/" + name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static WasmModule module(String name) {
    return WasmModule.read(ByteSource.of(name, bytes(name)));
  }
}
