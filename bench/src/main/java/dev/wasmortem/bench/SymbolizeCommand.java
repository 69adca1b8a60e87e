package dev.wasmortem.bench;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.wasm.FunctionBody;
import dev.wasmortem.wasm.WasmModule;
import dev.wasmortem.wasm.code.BodyOffset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * {@code ./wasmortem symbolize} against llvm-symbolizer on the module that {@code
 * bench/debuginfo.sh} makes: whole processes, that read random addresses from a file and print all
 * inlined frames with names and lines, in turn. A single address also from the kept index.
 */
public final class SymbolizeCommand {
  private static final String PEER = "llvm-symbolizer-22";

  private final Path module;
  private final Path folder;
  private final String wasmortem;

  private SymbolizeCommand(Path module, Path folder, String wasmortem) {
    this.module = module;
    this.folder = folder;
    this.wasmortem = wasmortem;
  }

  /** Runs in the project's root folder. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path root = Path.of("").toAbsolutePath();
    Path module = root.resolve("bench/target/debuginfo/debuginfo.wasm");
    if (!Files.exists(module)) {
      System.out.println(module + " is missing; run bench/debuginfo.sh");
      return;
    }
    Path folder = Files.createTempDirectory("wasmortem-bench");
    try {
      String wasmortem = root.resolve("wasmortem").toString();
      SymbolizeCommand bench = new SymbolizeCommand(module, folder, wasmortem);
      bench.compare(1, 21);
      bench.compare(100_000, 7);
      bench.compare(1_000_000, 3);
    } finally {
      try (var files = Files.list(folder)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(folder);
    }
  }

  private void compare(int addresses, int rounds) throws IOException, InterruptedException {
    Path input = folder.resolve(addresses + ".in");
    Files.writeString(input, addresses(addresses));
    List<String> ours = reading(input, wasmortem, "symbolize", "--obj=" + module);
    List<String> cached =
        reading(input, wasmortem, "symbolize", "--cache=" + folder, "--obj=" + module);
    // Its other ways to name functions are wrong for WebAssembly.
    List<String> peer = reading(input, PEER, "--functions=short", "--obj=" + module);
    double[] plain = Processes.medians(rounds, ours, peer);
    double[] kept = Processes.medians(rounds, cached, peer);
    System.out.printf(
        Locale.ROOT,
        "%,d addresses: symbolize %.0f ms, with the kept index %.0f ms, %s %.0f ms, ratios %.2f and"
            + " %.2f%n",
        addresses,
        plain[0],
        kept[0],
        PEER,
        plain[1],
        plain[0] / plain[1],
        kept[0] / kept[1]);
  }

  private static List<String> reading(Path input, String... command) {
    List<String> words = new ArrayList<>(List.of("sh", "-c", "exec \"$@\" <\"$0\""));
    words.add(input.toString());
    words.addAll(List.of(command));
    return words;
  }

  private String addresses(int count) throws IOException {
    try (ByteSource source = ByteSource.open(module)) {
      WasmModule read = WasmModule.read(source);
      FunctionBody first = read.body(read.importedFunctionCount());
      FunctionBody last = read.body(read.functionCount() - 1);
      long start = first.codeOffset(new BodyOffset(0)).value();
      long end = last.codeOffset(new BodyOffset(0)).value() + last.size();
      return new Random(4)
          .longs(count, start, end)
          .mapToObj(address -> "0x" + Long.toHexString(address) + "\n")
          .collect(Collectors.joining());
    }
  }
}
