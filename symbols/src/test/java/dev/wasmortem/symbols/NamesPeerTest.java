package dev.wasmortem.symbols;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wasmortem.testkit.PeerTool;
import dev.wasmortem.wasm.code.CodeOffset;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Demangled names of frames, as LLVM's demangler gives them. */
class NamesPeerTest {
  private static final int ADDRESSES = 2_000;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cpp/crash-k1-dw4-O2-c22.wasm",
        "cpp/crash-k3-dw5-O2-c22.wasm",
        "cpp/crash-k2-dw5-O0-c22.wasm"
      })
  void namesOfFrames(String name) throws IOException {
    try (CorpusModule module = CorpusModule.open(name)) {
      Set<SourceFrame> named = new LinkedHashSet<>();
      for (CodeOffset offset : module.offsets(ADDRESSES, 5)) {
        module.symbols().sources(offset).stream()
            .filter(frame -> frame.linkageName().isPresent())
            .forEach(named::add);
      }
      assertTrue(named.size() > 300, named.size() + " frames");
      agreeWithTheDemangler(List.copyOf(named));
    }
  }

  private static void agreeWithTheDemangler(List<SourceFrame> frames) {
    String mangled =
        frames.stream()
            .map(frame -> frame.linkageName().orElse("") + "\n")
            .collect(Collectors.joining());
    List<String> names = PeerTool.run(mangled, "llvm-cxxfilt", "--no-params");
    List<String> signatures = PeerTool.run(mangled, "llvm-cxxfilt");
    for (int i = 0; i < frames.size(); i++) {
      SourceFrame frame = frames.get(i);
      if (signatures.get(i).equals(frame.linkageName().orElse(""))) {
        continue; // a name of C, or one that the linker has demangled
      }
      assertEquals(signatures.get(i), frame.signature());
      // Of a thunk LLVM leaves the parameters of the function that it leads to.
      if (!signatures.get(i).contains("thunk to ")) {
        assertEquals(names.get(i), frame.name());
      }
    }
  }
}
