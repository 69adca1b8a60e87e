package dev.wasmortem.symbols;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.testkit.Shared;
import dev.wasmortem.wasm.FunctionBody;
import dev.wasmortem.wasm.WasmModule;
import dev.wasmortem.wasm.code.BodyOffset;
import dev.wasmortem.wasm.code.CodeOffset;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A module of the corpus, open, to ask a peer the same as the symbols of it. */
public final class CorpusModule implements AutoCloseable {
  private final Path path;
  private final ByteSource file;
  private final Symbolizer symbols;

  private CorpusModule(Path path, ByteSource file) {
    this.path = path;
    this.file = file;
    this.symbols = Symbolizer.of(WasmModule.read(file), Diagnostic.Sink.IGNORE);
  }

  /** Opens a module by its path in the corpus, as {@code c/crash-k3-dw5-O0-c22.wasm}. */
  public static CorpusModule open(String name) throws IOException {
    Path path = Shared.corpus(name);
    return new CorpusModule(path, ByteSource.open(path));
  }

  public Path path() {
    return path;
  }

  public Symbolizer symbols() {
    return symbols;
  }

  /** Returns random offsets in random functions, for one seed always the same. */
  public List<CodeOffset> offsets(int count, long seed) {
    WasmModule module = symbols.module();
    Random random = new Random(seed);
    List<CodeOffset> chosen = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int index = module.importedFunctionCount() + random.nextInt(module.bodyCount());
      FunctionBody body = module.body(index);
      chosen.add(body.codeOffset(new BodyOffset(1 + random.nextInt(body.size() - 1))));
    }
    return chosen;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
