package dev.wasmortem.symbols.sourcemap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.testkit.PeerTool;
import dev.wasmortem.testkit.Shared;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every mapping of the corpus' maps as npm {@code @jridgewell/trace-mapping} has it. */
class TraceMappingPeerTest {
  private static final String PACKAGE = "@jridgewell/trace-mapping";

  @Test
  void everyMapping() throws IOException {
    Path folder = PeerTool.npm(PACKAGE);
    String script =
        Path.of("src/test/resources/dev/wasmortem/symbols/trace-mapping.js")
            .toAbsolutePath()
            .toString();
    for (String name : List.of("as/crash-O0-debug.wasm.map", "emcc/c-k5-srcmap.wasm.map")) {
      Path file = Shared.corpus(name);
      List<String> theirs = PeerTool.run("", "node", script, folder.toString(), file.toString());
      try (ByteSource json = ByteSource.open(file)) {
        List<String> ours =
            SourceMap.read(json).mappings().stream()
                .map(each -> each.start().value() + each.original().map(at -> " " + at).orElse(""))
                .toList();
        assertFalse(ours.size() < 1000);
        assertEquals(theirs, ours, name);
      }
    }
  }
}
