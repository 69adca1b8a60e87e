package dev.wasmortem.bench;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.dwarf.Address;
import dev.wasmortem.dwarf.Dwarf;
import dev.wasmortem.dwarf.DwarfFrame;
import dev.wasmortem.dwarf.DwarfSections;
import dev.wasmortem.symbols.Symbolizer;
import dev.wasmortem.symbols.index.Fingerprint;
import dev.wasmortem.symbols.index.IndexBuilder;
import dev.wasmortem.symbols.index.SymbolCache;
import dev.wasmortem.symbols.index.SymbolIndex;
import dev.wasmortem.wasm.FunctionBody;
import dev.wasmortem.wasm.Section;
import dev.wasmortem.wasm.WasmModule;
import dev.wasmortem.wasm.code.BodyOffset;
import dev.wasmortem.wasm.code.CodeOffset;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * From addresses to all inlined frames with names and lines, on the module that {@code
 * bench/debuginfo.sh} makes, in this process; and llvm-symbolizer on the same addresses, whole
 * process. What runs on one thread is timed by that thread's processor time, the peer by its own,
 * so that what else the machine does costs neither; of several runs the best.
 */
public final class Symbolizing {
  private static final int ADDRESSES = 1_000_000;
  private static final int PEERS = 100_000;
  private static final int RUNS = 7;
  private static final double MEBI = 1e6;

  private Symbolizing() {}

  /** Takes one file; without it, the module that the figures are for. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path file =
        Path.of(arguments.length > 0 ? arguments[0] : "bench/target/debuginfo/debuginfo.wasm");
    if (!Files.exists(file)) {
      System.out.println(file + " is missing; run bench/debuginfo.sh");
      return;
    }
    try (ByteSource source = ByteSource.open(file)) {
      measure(file, source);
    }
  }

  private static void measure(Path file, ByteSource source)
      throws IOException, InterruptedException {
    WasmModule module = WasmModule.read(source);
    double size = 0;
    for (Section section : module.sections()) {
      size += section.name().startsWith(".debug_") ? section.payload().size() : 0;
    }
    long[] addresses = addresses(module);
    System.out.printf(
        Locale.ROOT,
        "%s: %.1f MB of DWARF, %,d functions%n",
        file.getFileName(),
        size / MEBI,
        module.functionCount());

    long before = used();
    double start = seconds();
    Dwarf dwarf = dwarf(module);
    long frames = lookUp(dwarf, Arrays.copyOf(addresses, PEERS));
    double first = seconds() - start;
    System.out.printf(
        Locale.ROOT,
        "  first %,d addresses, with all that they need read: %.0f ms, %,.0f a second; %.2f frames each%n",
        PEERS,
        first * 1e3,
        PEERS / first,
        (double) frames / PEERS);
    double warm = least(dwarf, addresses);
    lookUp(dwarf, addresses);
    long after = used();
    long[] sorted = addresses.clone();
    Arrays.sort(sorted);
    double batch = least(dwarf, sorted);
    System.out.printf(
        Locale.ROOT,
        "  warm %,.0f random addresses a second, %,.0f sorted; heap %.1f MB, %.2f times the DWARF%n",
        ADDRESSES / warm,
        ADDRESSES / batch,
        (after - before) / MEBI,
        (after - before) / size);
    building(module, size);
    index(module, size, addresses);
    peer(file, addresses);
    if (dwarf.units().isEmpty()) {
      throw new IllegalStateException("no units");
    }
  }

  private static void building(WasmModule module, double size) {
    for (int threads : new int[] {1, Runtime.getRuntime().availableProcessors()}) {
      double least = Double.MAX_VALUE;
      for (int i = 0; i < RUNS; i++) {
        Dwarf dwarf = dwarf(module);
        double start = wallSeconds();
        dwarf.readAll(threads);
        least = Math.min(least, wallSeconds() - start);
      }
      System.out.printf(
          Locale.ROOT,
          "  reading everything, %d thread%s: %.0f ms, %.0f MB/s%n",
          threads,
          threads == 1 ? "" : "s",
          least * 1e3,
          size / MEBI / least);
    }
  }

  /** The index that {@code symbolize --cache} keeps: made in this process, read from a file. */
  private static void index(WasmModule module, double size, long[] addresses) throws IOException {
    Path file = Files.createTempFile("symbolizing", SymbolCache.SUFFIX);
    try {
      double building = Double.MAX_VALUE;
      for (int i = 0; i < RUNS; i++) {
        double start = wallSeconds();
        Symbolizer symbols = Symbolizer.of(module, Diagnostic.Sink.IGNORE);
        int threads = Runtime.getRuntime().availableProcessors();
        ByteSource built =
            IndexBuilder.build(symbols, Fingerprint.of(symbols.files()), file.toString(), threads);
        building = Math.min(building, wallSeconds() - start);
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.WRITE)) {
          built.writeTo(out);
        }
      }
      try (ByteSource kept = ByteSource.open(file)) {
        SymbolIndex index = SymbolIndex.open(kept);
        double least = Double.MAX_VALUE;
        for (int i = 0; i < RUNS; i++) {
          double start = seconds();
          for (long address : addresses) {
            index.sources(new CodeOffset(address));
          }
          least = Math.min(least, seconds() - start);
        }
        System.out.printf(
            Locale.ROOT,
            "  index of %.1f MB, %.2f times the DWARF, made in %.0f ms; %,.0f random addresses a second%n",
            kept.size() / MEBI,
            kept.size() / size,
            building * 1e3,
            ADDRESSES / least);
      }
    } finally {
      Files.delete(file);
    }
  }

  private static Dwarf dwarf(WasmModule module) {
    DwarfSections sections =
        name -> module.customSections(name).stream().findFirst().map(Section::payload);
    return Dwarf.of(
        sections,
        diagnostic -> {
          throw new IllegalStateException(diagnostic.toString());
        });
  }

  /** Random addresses in code. */
  private static long[] addresses(WasmModule module) {
    FunctionBody first = module.body(module.importedFunctionCount());
    FunctionBody last = module.body(module.functionCount() - 1);
    long start = first.codeOffset(new BodyOffset(0)).value();
    long end = last.codeOffset(new BodyOffset(0)).value() + last.size();
    return new Random(4).longs(ADDRESSES, start, end).toArray();
  }

  private static long lookUp(Dwarf dwarf, long[] addresses) {
    long frames = 0;
    long seen = 0;
    for (long address : addresses) {
      for (DwarfFrame frame : dwarf.framesAt(new Address(address))) {
        frames++;
        seen += frame.name().map(String::length).orElse(0);
        seen += frame.line().map(line -> line.line() + line.file().length()).orElse(0);
      }
    }
    if (seen == 0) {
      throw new IllegalStateException("no names");
    }
    return frames;
  }

  private static double least(Dwarf dwarf, long[] addresses) {
    double least = Double.MAX_VALUE;
    for (int i = 0; i < RUNS; i++) {
      double start = seconds();
      lookUp(dwarf, addresses);
      least = Math.min(least, seconds() - start);
    }
    return least;
  }

  private static void peer(Path file, long[] addresses) throws IOException, InterruptedException {
    String tool = "llvm-symbolizer-22";
    Path in = Files.createTempFile("symbolizing", ".in");
    Path out = Files.createTempFile("symbolizing", ".out");
    try {
      List<String> lines = new ArrayList<>();
      for (int i = 0; i < PEERS; i++) {
        lines.add("0x" + Long.toHexString(addresses[i]));
      }
      Files.write(in, lines);
      double least = Double.MAX_VALUE;
      for (int i = 0; i < 3; i++) {
        Process process =
            new ProcessBuilder(
                    "sh",
                    "-c",
                    "\"$@\"; times >&2",
                    "sh",
                    tool,
                    "--obj=" + file,
                    "--inlines",
                    "--functions=short")
                .redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .start();
        String times = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0 || Files.size(out) == 0) {
          System.out.println("  " + tool + " skipped: " + times.lines().findFirst().orElse(""));
          return;
        }
        least = Math.min(least, childrensSeconds(times));
      }
      System.out.printf(
          Locale.ROOT,
          "  %s, whole process: %,d addresses in %.0f ms, %,.0f a second, %.1f MB written%n",
          tool,
          PEERS,
          least * 1e3,
          PEERS / least,
          Files.size(out) / MEBI);
    } finally {
      Files.delete(in);
      Files.delete(out);
    }
  }

  /** Reads the second line of what the shell's {@code times} writes, as {@code 0m0.850s 0m0.1s}. */
  private static double childrensSeconds(String times) {
    double seconds = 0;
    for (String part : times.strip().lines().reduce((a, b) -> b).orElseThrow().split(" ", -1)) {
      int minutes = part.indexOf('m');
      seconds += 60 * Double.parseDouble(part.substring(0, minutes));
      seconds += Double.parseDouble(part.substring(minutes + 1, part.length() - 1));
    }
    return seconds;
  }

  private static double seconds() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e9;
  }

  private static double wallSeconds() {
    return System.nanoTime() / 1e9;
  }

  private static long used() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 4; i++) {
      System.gc();
      least = Math.min(least, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
    return least;
  }
}
