package dev.wasmortem.bench;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.wasm.FunctionBody;
import dev.wasmortem.wasm.WasmModule;
import dev.wasmortem.wasm.code.InstructionReader;
import dev.wasmortem.wasm.text.Disassembler;
import dev.wasmortem.wasm.validation.CodeValidator;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import run.endive.wasm.Parser;

/**
 * Reading large real modules, which {@code bench/modules.sh} fetches: the index against Endive's
 * parser, then decoding, validating and printing all functions, and the heap that an index takes.
 * Everything runs on one thread, whose processor time is what counts; of several runs the least, of
 * Endive's parser the only one. Other work on the machine still costs: two threads of one core
 * share it. Figures of a busy machine were seen a third lower.
 */
public final class ModuleReading {
  private static final int RUNS = 7;
  private static final double LEAST_SECONDS = 5;
  private static final double MEBI = 1e6;

  private ModuleReading() {}

  /** Takes files; without any, the two of the fetched modules that the figures are for. */
  public static void main(String[] arguments) throws IOException {
    List<Path> files = new ArrayList<>();
    for (String argument : arguments) {
      files.add(Path.of(argument));
    }
    if (files.isEmpty()) {
      files.add(Path.of("bench/modules/esbuild.wasm"));
      files.add(Path.of("bench/modules/duckdb-mvp.wasm"));
    }
    for (Path file : files) {
      if (Files.exists(file)) {
        measure(file);
      } else {
        System.out.println(file + " is missing; run bench/modules.sh");
      }
    }
  }

  private interface Task {
    void run() throws IOException;
  }

  private static void measure(Path file) throws IOException {
    double index = least(() -> index(file));
    try (ByteSource source = ByteSource.open(file)) {
      WasmModule module = WasmModule.read(source);
      double code = 0;
      for (FunctionBody body : bodies(module)) {
        code += body.size();
      }
      double decode = least(() -> decode(module));
      CodeValidator validator = CodeValidator.of(module);
      double validate = least(() -> bodies(module).forEach(validator::validate));
      System.out.printf(
          Locale.ROOT,
          "%s: %,d bytes, %,d functions, %.1f MB of code%n"
              + "  index %.1f ms; decode %.0f MB/s; validate %.0f MB/s%n",
          file.getFileName(),
          Files.size(file),
          module.functionCount(),
          code / MEBI,
          index * 1e3,
          code / MEBI / decode,
          code / MEBI / validate);
      printing(module);
    }
    heap(file);
    endive(file, index);
  }

  private static double least(Task task) throws IOException {
    double least = Double.MAX_VALUE;
    double all = 0;
    for (int i = 0; i < RUNS || all < LEAST_SECONDS; i++) {
      double start = seconds();
      task.run();
      double time = seconds() - start;
      least = Math.min(least, time);
      all += time;
    }
    return least;
  }

  /**
   * Returns the processor time of this thread, so that what else the machine does costs nothing.
   */
  private static double seconds() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e9;
  }

  /** Opens a module and reads all that is needed to find any function's type and body. */
  private static WasmModule index(WasmModule module) {
    module.types();
    module.imports();
    module.functionCount();
    module.bodyCount();
    return module;
  }

  private static void index(Path file) throws IOException {
    try (ByteSource source = ByteSource.open(file)) {
      index(WasmModule.read(source));
    }
  }

  private static List<FunctionBody> bodies(WasmModule module) {
    List<FunctionBody> bodies = new ArrayList<>(module.bodyCount());
    for (int i = 0; i < module.bodyCount(); i++) {
      bodies.add(module.body(module.importedFunctionCount() + i));
    }
    return bodies;
  }

  private static void decode(WasmModule module) {
    for (int i = 0; i < module.bodyCount(); i++) {
      InstructionReader reader = module.body(module.importedFunctionCount() + i).instructions();
      while (reader.next()) {
        // Decoding is what is measured.
      }
    }
  }

  /** Compares the cost of a byte in the largest functions with that in the others. */
  private static void printing(WasmModule module) throws IOException {
    List<FunctionBody> bodies = bodies(module);
    bodies.sort(Comparator.comparingInt(FunctionBody::size));
    int large = Math.max(bodies.size() / 200, 1);
    List<FunctionBody> small = bodies.subList(0, bodies.size() - large);
    List<FunctionBody> largest = bodies.subList(bodies.size() - large, bodies.size());
    double perSmall = perByte(module, small);
    double perLarge = perByte(module, largest);
    System.out.printf(
        Locale.ROOT,
        "  print %.1f MB/s of code; a byte of the largest 0.5%% of functions costs %.2f of one of the others%n",
        1e3 / perSmall,
        perLarge / perSmall);
  }

  /** Returns nanoseconds. */
  private static double perByte(WasmModule module, List<FunctionBody> bodies) throws IOException {
    long bytes = 0;
    for (FunctionBody body : bodies) {
      bytes += body.size();
    }
    Disassembler disassembler = Disassembler.of(module);
    long[] printed = {0};
    double least = Double.MAX_VALUE;
    for (int i = 0; i < 2; i++) {
      double start = seconds();
      for (FunctionBody body : bodies) {
        disassembler.print(body, line -> printed[0] += line.toString().length());
      }
      least = Math.min(least, seconds() - start);
    }
    return least * 1e9 / bytes;
  }

  /**
   * The heap of an index beside the file's bytes, which lie in an array here, and of all exports
   * and names beside it.
   */
  private static void heap(Path file) throws IOException {
    ByteSource bytes = ByteSource.of(file.toString(), Files.readAllBytes(file));
    long before = used();
    WasmModule module = index(WasmModule.read(bytes));
    long indexed = used() - before;
    int exports = module.exports().size();
    module.functionName(module.functionCount() - 1);
    long named = used() - before;
    double limit = 128.0 * module.functionCount();
    System.out.printf(
        Locale.ROOT,
        "  heap of the index %,d bytes, %.2f of 2 × 64 bytes a function; with %,d exports and all"
            + " names %,d, %.2f%n",
        indexed,
        indexed / limit,
        exports,
        named,
        named / limit);
  }

  private static long used() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 4; i++) {
      System.gc();
      least = Math.min(least, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
    return least;
  }

  private static void endive(Path file, double index) {
    double start = seconds();
    String result = "";
    try {
      Parser.parse(file);
    } catch (RuntimeException e) {
      result = ", where it fails: " + e.getMessage();
    }
    double time = seconds() - start;
    System.out.printf(
        Locale.ROOT,
        "  Endive's parser %.1f s%s; the index is %.0f times faster%n",
        time,
        result,
        time / index);
  }
}
