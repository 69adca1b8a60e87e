package dev.wasmortem.symbols.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.symbols.DebugFileSearch;
import dev.wasmortem.symbols.DebugInfo;
import dev.wasmortem.symbols.SourcePosition;
import dev.wasmortem.symbols.Symbolizer;
import dev.wasmortem.testkit.Shared;
import dev.wasmortem.wasm.Section;
import dev.wasmortem.wasm.SectionId;
import dev.wasmortem.wasm.WasmModule;
import dev.wasmortem.wasm.code.CodeOffset;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real programs: an index answers what the symbolizer does, at edges and between. */
class IndexCorpusTest {
  private static final int ADDRESSES = 2_000;
  private static final int EDGES = 2_000;

  @Test
  void everyModule() throws IOException {
    long index = 0;
    long debug = 0;
    for (Path path : Shared.modules()) {
      try (ByteSource file = ByteSource.open(path)) {
        Symbolizer symbols = Symbolizer.of(module(file), Diagnostic.Sink.IGNORE);
        ByteSource built = IndexBuilder.build(symbols, IndexBytes.DIGITS, path.toString(), 2);
        compare(path, symbols, SymbolIndex.open(built));
        if (symbols.debugInfo().status() == DebugInfo.Status.PRESENT) {
          index += built.size();
          debug += debugBytes(symbols.module());
        }
      }
    }
    assertTrue(index * 3 < debug, index + " bytes of index for " + debug + " of DWARF");
  }

  /** Their lines are those of the map beside them, and all bytes of their code are asked for. */
  @ParameterizedTest
  @ValueSource(strings = {"as/crash-O0-debug.wasm", "emcc/c-k5-srcmap.wasm"})
  void modulesWithSourceMaps(String name) throws IOException {
    Path path = Shared.corpus(name);
    DebugFileSearch search = DebugFileSearch.builder().build().beside(path);
    try (ByteSource file = ByteSource.open(path);
        Symbolizer symbols = Symbolizer.of(WasmModule.read(file), search, Diagnostic.Sink.IGNORE)) {
      ByteSource built = IndexBuilder.build(symbols, IndexBytes.DIGITS, name, 2);
      SymbolIndex index = SymbolIndex.open(built);
      Set<SourcePosition> places = new HashSet<>();
      for (long at = -1; at <= codeSize(symbols.module()); at++) {
        compare(path, symbols, index, at);
        index.sources(new CodeOffset(at)).forEach(it -> it.position().ifPresent(places::add));
      }
      assertTrue(places.size() > 20, places.size() + " places");
    }
  }

  /** Some files of the corpus are damaged on purpose. */
  private static WasmModule module(ByteSource file) {
    try {
      return WasmModule.read(file);
    } catch (FormatException e) {
      return WasmModule.salvage(file, Diagnostic.Sink.IGNORE);
    }
  }

  private static long debugBytes(WasmModule module) {
    return module.sections().stream()
        .filter(section -> section.name().startsWith(".debug_"))
        .mapToLong(section -> section.payload().size())
        .sum();
  }

  private static void compare(Path path, Symbolizer symbols, SymbolIndex index) {
    index.verify();
    Random random = new Random(5);
    long size = codeSize(symbols.module());
    for (int i = 0; i < ADDRESSES; i++) {
      compare(path, symbols, index, random.nextLong(size + 1));
    }
    List<CodeOffset> edges = new ArrayList<>();
    symbols.edges(edges::add);
    for (CodeOffset edge : edges) {
      if (random.nextInt(edges.size()) < EDGES) {
        compare(path, symbols, index, edge.value() - 1);
        compare(path, symbols, index, edge.value());
      }
    }
  }

  private static long codeSize(WasmModule module) {
    return module.sections().stream()
        .filter(section -> section.id() == SectionId.CODE)
        .map(Section::payload)
        .mapToLong(ByteSource::size)
        .findFirst()
        .orElse(0);
  }

  private static void compare(Path path, Symbolizer symbols, SymbolIndex index, long offset) {
    CodeOffset at = new CodeOffset(offset);
    assertEquals(symbols.sources(at), index.sources(at), () -> path + " at " + at);
  }
}
