package dev.wasmortem.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wasmortem.capture.CaptureOptions;
import dev.wasmortem.capture.CapturedDump;
import dev.wasmortem.capture.endive.EndiveCapture;
import dev.wasmortem.debug.ModuleHashes;
import dev.wasmortem.debug.PostMortem;
import dev.wasmortem.debug.Report;
import dev.wasmortem.symbols.SourcePaths;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import run.endive.runtime.Instance;
import run.endive.runtime.TrapException;

/** What the README shows is what happens. */
class ReadmeTest {
  private static final Path MODULE = Path.of("examples/inventory/inventory.wasm");

  @TempDir Path folder;

  private static String readme() throws IOException {
    return Files.readString(Ran.ROOT.resolve("README.md"));
  }

  /**
   * The command prints paths as they were given; the README's are relative to the project's root.
   */
  private String asInReadme(String printed) {
    String core = folder.resolve("inventory.core").toString();
    return printed
        .replace("'" + core + "'", core) // where the folder's name has to be quoted
        .replace(core, "inventory.core")
        .replace(Ran.ROOT.resolve(MODULE).toString(), MODULE.toString())
        .replace("  wasmortem ", "  ./wasmortem ")
        .strip();
  }

  @Test
  void theExampleOutputIsReal() throws IOException {
    Path core = folder.resolve("inventory.core");
    Ran run = Ran.wasmortem("run", "--core", core, Ran.ROOT.resolve(MODULE));
    assertEquals(134, run.status());
    String shown = asInReadme(run.out() + run.err());
    assertTrue(readme().contains(shown), shown);
    Ran bt = Ran.wasmortem("bt", "--full", "-n", "2", core, "-m", Ran.ROOT.resolve(MODULE));
    String full = asInReadme(bt.out());
    assertTrue(readme().contains(full), full);
  }

  @Test
  void theEmbeddingExamplesAreThisCode() throws IOException {
    String source = Files.readString(Path.of("src/test/java/dev/wasmortem/cli/ReadmeTest.java"));
    List<String> examples = new ArrayList<>();
    StringBuilder example = null;
    for (String line : source.lines().toList()) {
      if (line.strip().equals("// README begins")) {
        example = new StringBuilder();
      } else if (line.strip().equals("// README ends")) {
        examples.add(String.valueOf(example));
        example = null;
      } else if (example != null) {
        example.append(line.replaceFirst("^ {4}", "")).append('\n');
      }
    }
    assertEquals(2, examples.size());
    for (String each : examples) {
      assertTrue(readme().contains(each), each);
    }
  }

  @Test
  void theEmbeddingExampleWorks() throws IOException {
    Path plugin = folder.resolve("plugin.wasm");
    Files.copy(Ran.fixture("tiny/tiny.wasm"), plugin);
    Path cores = folder.resolve("cores");
    String pattern = cores + "/%e.%u.core";
    // README begins
    EndiveCapture capture = EndiveCapture.create(CaptureOptions.toFiles(pattern));
    Instance instance =
        capture.builder(plugin).withImportValues(imports()).withStart(false).build();
    // README ends
    assertThrows(RuntimeException.class, () -> instance.export("die").apply(0));
    Path core = cores.resolve("plugin.1.core");
    List<String> names = readNames(core, plugin);
    assertEquals(List.of("die"), names);
    // README begins
    capture.dumpNow(instance, "between two calls");
    CompletableFuture<CapturedDump> dump = capture.requestDump(instance, "looks stuck");
    // README ends
    assertTrue(Files.exists(cores.resolve("plugin.2.core")));
    assertFalse(dump.isDone());
    instance.export("add").apply(1, 2);
    assertEquals(cores.resolve("plugin.3.core"), dump.join().file().orElseThrow());
    Ran bt = Ran.wasmortem("bt", cores.resolve("plugin.3.core"), "-m", plugin);
    String said = "Program was running: requested (looks stuck).";
    assertTrue(bt.out().contains(said), bt.out());
  }

  private static List<String> readNames(Path core, Path plugin) throws IOException {
    try (PostMortem session = PostMortem.open(core, List.of(plugin), SourcePaths.none())) {
      Report report = session.backtrace(ModuleHashes.OMIT);
      return report.threads().get(0).frames().stream().map(Report.Frame::name).toList();
    }
  }

  private static run.endive.runtime.ImportValues imports() {
    return run.endive.runtime.ImportValues.builder()
        .addFunction(
            new run.endive.runtime.HostFunction(
                "wasi_snapshot_preview1",
                "proc_exit",
                run.endive.wasm.types.FunctionType.of(
                    List.of(run.endive.wasm.types.ValType.I32), List.of()),
                (caller, arguments) -> {
                  throw new TrapException("exit");
                }))
        .build();
  }
}
