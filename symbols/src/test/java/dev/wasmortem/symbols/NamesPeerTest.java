package dev.wasmortem.symbols;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of frames, as LLVM's tools give them. */
class NamesPeerTest {
  private static final int ADDRESSES = 2_000;

  /** A frame as llvm-symbolizer prints it in two lines. */
  private record Printed(String name, String place) {}

  @ParameterizedTest
  @ValueSource(
      strings = {
        "c/crash-k5-dw5-O2-c22.wasm",
        "cpp/crash-k1-dw4-O2-c22.wasm",
        "cpp/crash-k3-dw5-O2-c22.wasm",
        "cpp/crash-k2-dw5-O0-c22.wasm",
        "rust/crash-unwrap-O0-r1.63.wasm",
        "rust/crash-div-O2-r1.63.wasm"
      })
  void namesOfFrames(String name) throws IOException {
    Path path = Shared.corpus(name);
    try (ByteSource file = ByteSource.open(path)) {
      Symbolizer symbols = Symbolizer.of(WasmModule.read(file), Diagnostic.Sink.IGNORE);
      List<CodeOffset> offsets = offsets(symbols.module());
      List<List<Printed>> shorts = ask(path, offsets, "--functions=short");
      List<List<Printed>> linkage = ask(path, offsets, "--functions=linkage", "--no-demangle");
      List<List<Printed>> whole = ask(path, offsets, "--functions=linkage");
      int inlined = 0;
      List<SourceFrame> named = new ArrayList<>();
      for (int i = 0; i < offsets.size(); i++) {
        List<SourceFrame> ours = symbols.sources(offsets.get(i));
        assertEquals(shorts.get(i).size(), ours.size(), offsets.get(i) + " in " + name);
        for (int depth = 0; depth < ours.size(); depth++) {
          SourceFrame frame = ours.get(depth);
          if (frame.linkageName().isPresent() && !isOfRust(frame)) {
            named.add(frame);
          }
          if (frame.shortName().isPresent()) {
            assertEquals(shorts.get(i).get(depth).name(), frame.shortName().get());
          }
          if (frame.inlined()) {
            // The outermost name is taken from the wrong symbol: its address is an offset in the
            // file.
            inlined++;
            assertEquals(
                linkage.get(i).get(depth).name(),
                frame.linkageName().or(frame::shortName).orElse("??"));
            if (!isOfRust(frame)) {
              assertEquals(whole.get(i).get(depth).name(), frame.signature());
            }
          }
        }
      }
      assertTrue(inlined > 0 || name.contains("O0"), "nothing was inlined");
      agreeWithTheDemangler(named);
    }
  }

  private static void agreeWithTheDemangler(List<SourceFrame> frames) {
    List<SourceFrame> once = List.copyOf(new LinkedHashSet<>(frames));
    String mangled =
        once.stream()
            .map(frame -> frame.linkageName().orElse("") + "\n")
            .collect(Collectors.joining());
    List<String> names = Llvm.run(mangled, "llvm-cxxfilt", "--no-params");
    List<String> signatures = Llvm.run(mangled, "llvm-cxxfilt");
    for (int i = 0; i < once.size(); i++) {
      SourceFrame frame = once.get(i);
      assertEquals(signatures.get(i), frame.signature());
      boolean mangledName = !signatures.get(i).equals(frame.linkageName().orElse(""));
      // Of a thunk LLVM leaves the parameters of the function that it leads to.
      if (mangledName && !signatures.get(i).contains("thunk to ")) {
        assertEquals(names.get(i), frame.name());
      }
    }
  }

  /** LLVM takes Rust's older names, which look like those of C++, for such. */
  private static boolean isOfRust(SourceFrame frame) {
    return frame.linkageName().filter(name -> name.matches(".*17h[0-9a-f]{16}E.*")).isPresent();
  }

  /** Returns random instructions. */
  private static List<CodeOffset> offsets(WasmModule module) {
    Set<CodeOffset> chosen = new LinkedHashSet<>();
    Random random = new Random(5);
    for (int i = 0; i < ADDRESSES; i++) {
      int index = module.importedFunctionCount() + random.nextInt(module.bodyCount());
      FunctionBody body = module.body(index);
      chosen.add(body.codeOffset(new BodyOffset(1 + random.nextInt(body.size() - 1))));
    }
    return List.copyOf(chosen);
  }

  private static List<List<Printed>> ask(Path module, List<CodeOffset> offsets, String... options) {
    List<String> arguments = new ArrayList<>(List.of("--obj=" + module));
    arguments.addAll(List.of(options));
    String in = offsets.stream().map(offset -> offset + "\n").collect(Collectors.joining());
    List<List<Printed>> all = new ArrayList<>();
    List<Printed> frames = new ArrayList<>();
    List<String> lines = Llvm.run(in, "llvm-symbolizer", arguments.toArray(new String[0]));
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).isEmpty()) {
        all.add(List.copyOf(frames));
        frames.clear();
      } else {
        frames.add(new Printed(lines.get(i), lines.get(++i)));
      }
    }
    return all;
  }
}
