package dev.wasmortem.debug;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.wasmortem.testkit.Shared;
import dev.wasmortem.testkit.WasmBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A dump that xtuc's rewriter had {@code crash.cpp} write, kind 6 at -O0; that module is not in the
 * corpus. Expected is what stands in the dump's bytes, read by hand, and what wasm-objdump shows of
 * a module that clang 22 and lld 22 of Debian make of the same source, as the corpus' build script
 * says: there every offset, from the first instruction on, is that of the call of the next younger
 * function, and the youngest that of the {@code unreachable} at the source's line 59.
 */
class RewrittenProgramTest {
  private static final int IMPORTS = 7;
  private static final int FUNCTIONS = 739;

  @TempDir Path folder;

  /**
   * A function of that module.
   *
   * @param type its type: 0 {@code ()}, 1 {@code () -> i32}, and with two and four parameters of
   *     i32 one of i32, 2 and 3
   * @param locals its local declarations
   * @param offset where it stands, by the dump
   * @param callee the function that it calls there; 0 for none, which traps
   */
  private record Function(
      int index, String name, int type, String locals, int offset, int callee) {}

  private static final List<Function> FRAMES =
      List.of(
          new Function(364, "inner lambda", 2, "02 7f", 54, 0),
          new Function(246, "lambda", 2, "06 7f", 64, 364),
          new Function(99, "apply", 2, "02 7f", 43, 246),
          new Function(55, "detonate", 3, "07 7f,01 7c,02 7f", 591, 99),
          new Function(33, "main", 2, "05 7f", 742, 55),
          new Function(696, "__main_void", 1, "04 7f", 112, 33),
          new Function(687, "__original_main", 1, "", 0, 696),
          new Function(8, "_start", 0, "01 7f", 2, 687),
          new Function(738, "_start.command_export", 0, "", 2, 8));

  /** A module that has what the dump speaks of where that has it, and nothing else. */
  private Path module() throws IOException {
    String i32 = "7f";
    long[] types = new long[FUNCTIONS - IMPORTS];
    WasmBytes[] bodies = new WasmBytes[types.length];
    Arrays.fill(bodies, WasmBytes.body("", "0b"));
    String[] names = new String[types.length];
    Arrays.fill(names, "other");
    for (Function frame : FRAMES) {
      int i = frame.index - IMPORTS;
      types[i] = frame.type;
      names[i] = frame.name;
      bodies[i] = body(frame);
    }
    WasmBytes[] imports = new WasmBytes[IMPORTS];
    Arrays.fill(imports, WasmBytes.importFunction("env", "f", 0));
    return Files.write(
        folder.resolve("crash.wasm"),
        WasmBytes.module()
            .types(
                WasmBytes.funcType("", ""),
                WasmBytes.funcType("", i32),
                WasmBytes.funcType("7f 7f", i32),
                WasmBytes.funcType("7f 7f 7f 7f", i32))
            .imports(imports)
            .functions(types)
            .code(bodies)
            .functionNames(IMPORTS, names)
            .toByteArray());
  }

  /** Nothing up to the arguments of the call, the call, and an end that is not reached. */
  private static WasmBytes body(Function frame) {
    int arguments =
        FRAMES.stream()
            .filter(callee -> callee.index == frame.callee)
            .mapToInt(callee -> callee.type == 3 ? 4 : callee.type == 2 ? 2 : 0)
            .sum();
    WasmBytes code = WasmBytes.body(frame.locals, "").fill(frame.offset - 2 * arguments, 0x01);
    for (int i = 0; i < arguments; i++) {
      code.bytes(0x41, 0);
    }
    if (frame.callee != 0) {
      code.bytes(0x10).uPadded(frame.callee, 5);
    }
    return code.bytes(0x00, 0x0b);
  }

  private static List<Report.Frame> frames(Path... modules) throws IOException {
    SessionOptions options = SessionOptions.builder().modules(List.of(modules)).build();
    Path core = Shared.corpus("dumps/xtuc/cpp-k6-O0.core");
    try (PostMortem session = PostMortem.open(core, options)) {
      return session.backtrace(ModuleHashes.OMIT).threads().get(0).frames();
    }
  }

  private static List<String> shown(List<Report.Frame> frames) {
    return frames.stream()
        .map(frame -> frame.function() + " " + frame.codeOffset() + " " + frame.trust())
        .toList();
  }

  @Test
  void withoutTheModule() throws IOException {
    assertEquals(
        FRAMES.stream()
            .map(frame -> frame.index + (frame.offset == 0 ? " null" : " " + frame.offset))
            .map(frame -> frame + " guessed")
            .toList(),
        shown(frames()));
  }

  /** In bodies offsets count from the local declarations; how long they are wasm-objdump shows. */
  @Test
  void withItsFunctions() throws IOException {
    List<Report.Frame> frames = frames(module());
    assertEquals(
        List.of(
            "364 57 recovered",
            "246 67 recovered",
            "99 46 recovered",
            "55 598 recovered",
            "33 745 recovered",
            "696 115 recovered",
            "687 1 recovered",
            "8 5 recovered",
            "738 3 recovered"),
        shown(frames));
    assertEquals(
        FRAMES.stream().map(Function::name).toList(),
        frames.stream().map(Report.Frame::name).toList());
  }

  /** The youngest has its parameters; those of its callers were not captured. */
  @Test
  void values() throws IOException {
    List<Report.Frame> frames = frames(module());
    assertEquals(
        List.of("i32 64996", "i32 5", "i32 64960", "i32 64996"), values(frames.get(0).locals()));
    assertEquals(
        List.of(
            "null null", "null null", "i32 64976", "i32 65056", "i32 5", "i32 0", "i32 0", "i32 0"),
        values(frames.get(1).locals()));
    assertEquals("f64 25.5", values(frames.get(3).locals()).get(11));
    assertEquals(List.of("i32 0"), values(frames.get(7).locals()));
  }

  private static List<String> values(List<Report.Value> values) {
    return values.stream().map(value -> value.type() + " " + value.value()).toList();
  }
}
