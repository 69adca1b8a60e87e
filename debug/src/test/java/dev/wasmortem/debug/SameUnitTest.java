package dev.wasmortem.debug;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.testkit.DumpBytes;
import dev.wasmortem.testkit.WasmBytes;
import dev.wasmortem.wasm.FunctionBody;
import dev.wasmortem.wasm.WasmModule;
import dev.wasmortem.wasm.code.CodeOffset;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A dump of two modules that have one unit in common, at addresses of their own: each is told by
 * its own debug information, also where both have their halves of the unit in one file.
 */
class SameUnitTest {
  private static final List<String> MODULES = List.of("first", "second");

  @TempDir Path folder;

  /** A frame, and what llvm-symbolizer says of its place. */
  private record Place(WasmBytes frame, List<String> sources) {}

  private static byte[] fixture(String name) throws IOException {
    try (InputStream in = SameUnitTest.class.getResourceAsStream("/fixtures/same-unit/" + name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    }
  }

  /** Returns {@code name at file:line} of all frames, by their offsets in the code section. */
  private static Map<Long, List<String>> expected(String module) throws IOException {
    Map<Long, List<String>> expected = new LinkedHashMap<>();
    List<String> lines =
        new String(fixture(module + ".txt"), StandardCharsets.UTF_8).lines().toList();
    List<String> sources = List.of();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith("0x")) {
        sources = new ArrayList<>();
        expected.put(Long.decode(lines.get(i)), sources);
      } else {
        sources.add(lines.get(i) + " at " + lines.get(++i));
      }
    }
    return expected;
  }

  /** Returns a frame for each byte of code whose line is known; 0 in a frame is no place. */
  private static List<Place> places(int instance, String prefix) throws IOException {
    String name = MODULES.get(instance);
    WasmModule module = WasmModule.read(ByteSource.of(name, fixture(prefix + name + ".wasm")));
    List<Place> places = new ArrayList<>();
    for (Map.Entry<Long, List<String>> known : expected(name).entrySet()) {
      CodeOffset at = new CodeOffset(known.getKey());
      if (known.getValue().stream().noneMatch(source -> source.endsWith(":0"))) {
        FunctionBody body = module.bodyAt(at).orElseThrow();
        long inBody = body.bodyOffset(at).value();
        if (inBody > 0) {
          WasmBytes frame = DumpBytes.frame(instance, body.functionIndex(), inBody);
          places.add(new Place(frame, known.getValue()));
        }
      }
    }
    return places;
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "split-"})
  void eachModuleByItsOwnDebugInformation(String prefix) throws IOException {
    for (String name : MODULES) {
      Files.write(folder.resolve(name + ".wasm"), fixture(prefix + name + ".wasm"));
    }
    for (String name : List.of("split-first.dwo", "split-second.dwo", "split-shared.dwo")) {
      Files.write(folder.resolve(name), fixture(name));
    }
    List<Place> first = places(0, prefix);
    List<Place> second = places(1, prefix);
    List<Place> all = new ArrayList<>();
    for (int i = 0; i < Math.max(first.size(), second.size()); i++) {
      all.add(first.get(i % first.size()));
      all.add(second.get(i % second.size()));
    }
    assertTrue(all.stream().anyMatch(place -> place.sources.size() > 1), "nothing is inlined");
    assertEquals(all.stream().map(Place::sources).toList(), answered(all));
  }

  private List<List<String>> answered(List<Place> places) throws IOException {
    ByteSource dump =
        WasmBytes.module()
            .add(DumpBytes.core("app"))
            .add(DumpBytes.coremodules("first", "second"))
            .add(
                DumpBytes.coreinstances(
                    DumpBytes.instance(0, List.of(), List.of()),
                    DumpBytes.instance(1, List.of(), List.of())))
            .add(
                DumpBytes.corestack(
                    "main", places.stream().map(Place::frame).toArray(WasmBytes[]::new)))
            .source("app.core");
    SessionOptions options = SessionOptions.builder().modules(List.of(folder)).build();
    try (PostMortem session = PostMortem.of(dump, options)) {
      return session.backtrace(ModuleHashes.OMIT).threads().get(0).frames().stream()
          .map(SameUnitTest::sources)
          .toList();
    }
  }

  private static List<String> sources(Report.Frame frame) {
    return frame.sources().stream()
        .map(source -> source.name() + " at " + source.file() + ":" + source.line())
        .toList();
  }
}
