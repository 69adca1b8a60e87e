package dev.wasmortem.bench;

import dev.wasmortem.capture.CaptureOptions;
import dev.wasmortem.capture.endive.EndiveCapture;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import run.endive.runtime.Instance;
import run.endive.wasm.Parser;
import run.endive.wasm.WasmModule;

/**
 * Endive with a capture installed, and no trap, against Endive as it is: calls ({@code fib}) and a
 * loop over a memory. Every measurement is a process of its own, since what the JIT compiler has
 * seen of one machine would slow down the other; the variants take turns.
 */
public final class CaptureOverhead {
  private static final int ROUNDS = 11;
  private static final long WARM_UP_NANOS = 2_500_000_000L;
  private static final int RUNS = 15;

  private enum Variant {
    STOCK("overhead"),
    CAPTURE("overhead"),
    STOCK_OF_THROWING("overhead-throwing"),
    CAPTURE_OF_THROWING("overhead-throwing");

    final String module;

    Variant(String module) {
      this.module = module;
    }

    Instance.Builder builder(WasmModule parsed) {
      return switch (this) {
        case STOCK, STOCK_OF_THROWING -> Instance.builder(parsed);
        case CAPTURE, CAPTURE_OF_THROWING ->
            EndiveCapture.create(CaptureOptions.builder().build()).builder(parsed, module);
      };
    }
  }

  private CaptureOverhead() {}

  /** Without arguments measures everything; with a variant, a function and its argument that. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    if (arguments.length == 3) {
      long argument = Long.parseLong(arguments[2]);
      System.out.println(least(Variant.valueOf(arguments[0]), arguments[1], argument));
      return;
    }
    compare("fib", 27);
    compare("loop", 2_000_000);
  }

  private static void compare(String function, long argument)
      throws IOException, InterruptedException {
    Map<Variant, long[]> times = new EnumMap<>(Variant.class);
    for (int round = 0; round < ROUNDS; round++) {
      for (Variant variant : Variant.values()) {
        times.computeIfAbsent(variant, unknown -> new long[ROUNDS])[round] =
            inProcess(variant, function, argument);
      }
    }
    double stock = median(times, Variant.STOCK);
    double throwing = median(times, Variant.STOCK_OF_THROWING);
    print(function, "capture", median(times, Variant.CAPTURE), stock);
    print(
        function, "capture with a listener", median(times, Variant.CAPTURE_OF_THROWING), throwing);
  }

  private static void print(String function, String what, double time, double stock) {
    System.out.printf(
        Locale.ROOT,
        "%s, Java %d: %s %.1f ms, stock %.1f ms, ratio %.2f%n",
        function,
        Runtime.version().feature(),
        what,
        time / 1e6,
        stock / 1e6,
        time / stock);
  }

  private static double median(Map<Variant, long[]> times, Variant variant) {
    long[] sorted = times.getOrDefault(variant, new long[1]).clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static long inProcess(Variant variant, String function, long argument)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(CaptureOverhead.class.getName(), variant.name(), function));
    command.add(Long.toString(argument));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException(String.join(" ", command));
    }
    return Long.parseLong(output.trim());
  }

  /**
   * Returns the least processor time of a run in nanoseconds: what else runs on the machine, and
   * the JIT compiler, are left out as far as can be.
   */
  private static long least(Variant variant, String function, long argument) {
    Instance instance = variant.builder(parse(variant.module)).build();
    long start = System.nanoTime();
    while (System.nanoTime() - start < WARM_UP_NANOS) {
      instance.export(function).apply(argument);
    }
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < RUNS; i++) {
      long before = threads.getCurrentThreadCpuTime();
      instance.export(function).apply(argument);
      least = Math.min(least, threads.getCurrentThreadCpuTime() - before);
    }
    return least;
  }

  private static WasmModule parse(String name) {
    try (InputStream in = CaptureOverhead.class.getResourceAsStream(name + ".wasm")) {
      if (in == null) {
        throw new IllegalStateException(name + ".wasm is missing");
      }
      return Parser.parse(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
