package dev.wasmortem.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * {@code ./wasmortem bt} on a small dump against an empty Java program: whole processes, on the JDK
 * the command starts on.
 */
public final class BacktraceStart {
  private BacktraceStart() {}

  /** Runs in the project's root folder. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path root = Path.of("").toAbsolutePath();
    Path folder = Files.createTempDirectory("wasmortem-bench");
    Path core = folder.resolve("inventory.core");
    Path module = root.resolve("examples/inventory/inventory.wasm");
    String wasmortem = root.resolve("wasmortem").toString();
    new ProcessBuilder(wasmortem, "run", "--core", core.toString(), module.toString())
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> empty =
        List.of(
            java, "-cp", root.resolve("bench/target/classes").toString(), Empty.class.getName());
    List<String> bt = List.of(wasmortem, "bt", core.toString(), "-m", module.toString());
    double[] medians = Processes.medians(21, bt, empty);
    System.out.printf(
        Locale.ROOT,
        "bt of a small dump %.0f ms, empty Java program %.0f ms, ratio %.2f (JDK %s)%n",
        medians[0],
        medians[1],
        medians[0] / medians[1],
        System.getProperty("java.specification.version"));
    Files.deleteIfExists(core);
    Files.deleteIfExists(folder);
  }
}
