package dev.wasmortem.coredump.lint;

import static dev.wasmortem.testkit.WasmBytes.memory;
import static dev.wasmortem.testkit.WasmBytes.segment;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wasmortem.testkit.DumpBytes;
import dev.wasmortem.testkit.Mutations;
import dev.wasmortem.testkit.WasmBytes;
import dev.wasmortem.wasm.WasmModule;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each rule on a dump written by hand for it, with the byte where it is broken. */
final class LintTest {
  private static final Map<LintRule, Sample> SAMPLES = new EnumMap<>(LintRule.class);

  /**
   * A dump that breaks a rule.
   *
   * @param module the dump's module 0, of no bytes where none is needed
   * @param offset where the finding stands
   */
  private record Sample(WasmBytes dump, WasmBytes module, int offset) {}

  /** Returns a dump for each rule, with it broken. */
  static Stream<byte[]> dumps() {
    return SAMPLES.values().stream().map(sample -> sample.dump().toByteArray());
  }

  private static void sample(LintRule rule, WasmBytes before, WasmBytes rest) {
    sample(rule, before, 0, rest);
  }

  /** The finding stands {@code further} bytes behind {@code before}. */
  private static void sample(LintRule rule, WasmBytes before, int further, WasmBytes rest) {
    int offset = before.size() + further;
    SAMPLES.put(rule, new Sample(before.add(rest), WasmBytes.empty(), offset));
  }

  private static void sample(
      LintRule rule, WasmBytes module, WasmBytes before, int further, WasmBytes rest) {
    int offset = before.size() + further;
    SAMPLES.put(rule, new Sample(before.add(rest), module, offset));
  }

  /** Returns what a dump begins with: the sections that must be there, one instance. */
  private static WasmBytes start() {
    return WasmBytes.module().add(DumpBytes.core("app")).add(DumpBytes.coremodules("app"));
  }

  private static WasmBytes instance(List<Long> memories, List<Long> globals) {
    return DumpBytes.coreinstances(DumpBytes.instance(0, memories, globals));
  }

  private static WasmBytes stack(WasmBytes... frames) {
    return DumpBytes.corestack("main", frames);
  }

  private static WasmBytes plain() {
    return start().add(instance(List.of(), List.of()));
  }

  private static WasmBytes withMemory() {
    return start().add(instance(List.of(0L), List.of())).add(stack());
  }

  /** A module with a memory and two functions: (i32) -> () with a local i64, and () -> (). */
  private static WasmBytes module() {
    return WasmBytes.module()
        .types(WasmBytes.funcType("7f", ""), WasmBytes.funcType("", ""))
        .functions(0, 1)
        .memories(memory(1), WasmBytes.of(0x03).u(1).u(2))
        .code(
            // 0: locals; 3: i32.const 1000; 6: drop; 7: call 1; 9: end
            WasmBytes.body("01 7e", "41e807 1a 10 01 0b"),
            WasmBytes.body("01 7f", "41e807 1a 01 01 0b"));
  }

  static {
    file();
    names();
    instances();
    stacks();
    memories();
    segments();
    ours();
    modules();
  }

  private static void file() {
    sample(
        LintRule.TRUNCATED, plain(), WasmBytes.of(0x00, 0x40).name("corestack").bytes(0x00, 0x04));
    sample(LintRule.SECTION_ID_UNKNOWN, plain(), WasmBytes.of(0x3f, 0x00).add(stack()));
    // coremodules announces two modules and has one.
    sample(
        LintRule.SECTION_DAMAGED,
        WasmBytes.module().add(DumpBytes.core("app")),
        2 + 12 + 1 + 5,
        WasmBytes.empty()
            .custom("coremodules", WasmBytes.of(0x02, 0x00).name("app"))
            .add(instance(List.of(), List.of()))
            .add(stack()));
    sample(
        LintRule.TRAILING_BYTES,
        WasmBytes.module(),
        2 + 5 + 5,
        WasmBytes.empty()
            .custom("core", WasmBytes.of(0x00).name("app").bytes(0x2a))
            .add(DumpBytes.coremodules("app"))
            .add(instance(List.of(), List.of()))
            .add(stack()));
    sample(
        LintRule.CORE_MISSING,
        WasmBytes.empty(),
        WasmBytes.module()
            .add(DumpBytes.coremodules("app"))
            .add(instance(List.of(), List.of()))
            .add(stack()));
    sample(LintRule.DUPLICATE_SECTION, plain().add(stack()), DumpBytes.core("other"));
    sample(
        LintRule.SECTIONS_OUT_OF_ORDER,
        withMemory().data(segment(0, new byte[] {1})),
        WasmBytes.empty().memories(memory(1)));
    sample(
        LintRule.SECTION_UNEXPECTED,
        plain().add(stack()),
        WasmBytes.empty().types(WasmBytes.funcType("", "")));
    // The stack's size in five bytes: the number stands behind the section's id.
    sample(
        LintRule.NUMBER_PADDED,
        plain(),
        1,
        WasmBytes.empty()
            .sectionPadded(
                0, WasmBytes.empty().name("corestack").bytes(0x00).name("main").u(0), 5));
  }

  private static void names() {
    sample(
        LintRule.NAME_NOT_UTF8,
        WasmBytes.module(),
        2 + 5 + 1,
        WasmBytes.empty()
            .custom("core", WasmBytes.of(0x00, 0x01, 0xff))
            .add(DumpBytes.coremodules("app"))
            .add(instance(List.of(), List.of()))
            .add(stack()));
    sample(
        LintRule.NAME_TOO_LONG,
        WasmBytes.module(),
        1 + 3 + 5 + 1,
        WasmBytes.empty()
            .custom("core", WasmBytes.of(0x00).name("x".repeat(100_001)))
            .add(DumpBytes.coremodules("app"))
            .add(instance(List.of(), List.of()))
            .add(stack()));
    sample(
        LintRule.NAME_WITH_CONTROLS,
        WasmBytes.module(),
        2 + 5 + 1,
        DumpBytes.core("a\u001b[2J")
            .add(DumpBytes.coremodules("app"))
            .add(instance(List.of(), List.of()))
            .add(stack()));
  }

  private static void instances() {
    sample(
        LintRule.MODULES_MISSING,
        WasmBytes.empty(),
        WasmBytes.module()
            .add(DumpBytes.core("app"))
            .add(instance(List.of(), List.of()))
            .add(stack()));
    sample(LintRule.INSTANCES_MISSING, WasmBytes.empty(), start().add(stack()));
    sample(
        LintRule.MODULE_INLINE,
        WasmBytes.module().add(DumpBytes.core("app")),
        2 + 12 + 1,
        WasmBytes.empty()
            .add(DumpBytes.coremodulesOf(DumpBytes.moduleInline(WasmBytes.module())))
            .add(instance(List.of(), List.of()))
            .add(stack()));
    sample(
        LintRule.MODULE_NAMES_UNSIZED,
        WasmBytes.module().add(DumpBytes.core("app")),
        2 + 12 + 1,
        DumpBytes.coremodulesUnsized("app").add(instance(List.of(), List.of())).add(stack()));
    // Of the section: id, size, name, count, tag; then the index.
    sample(
        LintRule.INSTANCE_MODULE_OUT_OF_RANGE,
        start(),
        2 + 14 + 1 + 1,
        DumpBytes.coreinstances(DumpBytes.instance(1, List.of(), List.of())).add(stack()));
    sample(
        LintRule.INSTANCE_MEMORY_OUT_OF_RANGE,
        start(),
        2 + 14 + 1 + 2 + 1,
        instance(List.of(0L), List.of()).add(stack()));
    sample(
        LintRule.INSTANCE_GLOBAL_OUT_OF_RANGE,
        start(),
        2 + 14 + 1 + 2 + 1 + 1,
        instance(List.of(), List.of(5L)).add(stack()));
    sample(
        LintRule.INDEX_NOT_DUMPED,
        start(),
        2 + 14 + 1 + 2 + 1,
        instance(List.of(0xffffffffL), List.of()).add(stack()));
  }

  private static void stacks() {
    sample(LintRule.STACK_MISSING, WasmBytes.empty(), plain());
    sample(
        LintRule.STACK_DAMAGED,
        plain(),
        2 + 10,
        WasmBytes.empty().custom("corestack", WasmBytes.of(0x07).name("main").u(0)));
    sample(
        LintRule.DIALECT_AMBIGUOUS,
        WasmBytes.module().add(DumpBytes.core("app")),
        2 + 10,
        stack(WasmBytes.of(0x00, 0x00, 0x01, 0x02, 0x01, 0x01, 0x01, 0x01)));
    WasmBytes countsFirst =
        DumpBytes.frameCountsFirst(
            0, 1, 2, List.of(DumpBytes.i32Fixed(5)), List.of(DumpBytes.i32Fixed(1 << 30)));
    sample(LintRule.INTEGERS_FIXED, plain(), 2 + 10, stack(countsFirst));
    sample(LintRule.COUNTS_FIRST, plain(), 2 + 10, stack(countsFirst));
    sample(
        LintRule.OPERANDS_MISSING,
        WasmBytes.module().add(DumpBytes.core("app")),
        2 + 10,
        stack(
            DumpBytes.frameWasmEdgeForWasmgdb(
                5, 2, List.of(DumpBytes.i32Fixed(1 << 30), DumpBytes.i32Fixed(1)), 2)));
    sample(
        LintRule.FRAMES_MISSING,
        plain(),
        2 + 10 + 1 + 5,
        WasmBytes.empty()
            .custom(
                "corestack",
                WasmBytes.of(0x00)
                    .name("main")
                    .u(3)
                    .add(DumpBytes.frame(0, 1, 2, List.of(DumpBytes.i32(-9999)), List.of()))));
    sample(
        LintRule.INSTANCE_INDEX_MISSING,
        WasmBytes.module().add(DumpBytes.core("app")),
        2 + 10,
        stack(
            DumpBytes.frameWithoutInstance(5, 2, List.of(), List.of()),
            DumpBytes.frameWithoutInstance(7, 1, List.of(), List.of())));
    // The order of the sections is that of xtuc's rewriter. Of the caller: tag, indices, counts.
    WasmBytes youngest = DumpBytes.frameCountsFirst(0, 1, 2, List.of(), List.of());
    sample(
        LintRule.PARAMETERS_MADE_UP,
        WasmBytes.module(),
        2 + 10 + 1 + 5 + 1 + youngest.size() + 6,
        stack(
                youngest,
                DumpBytes.frameCountsFirst(0, 1, 2, List.of(DumpBytes.i32Fixed(669)), List.of()))
            .add(DumpBytes.core(""))
            .memories(memory(0, 1))
            .data(segment(0, new byte[] {1})));
    // Of a stack: id, size, name, tag, thread's name, count; of its frame: tag, three indices.
    sample(
        LintRule.FRAME_INSTANCE_OUT_OF_RANGE,
        plain(),
        2 + 10 + 1 + 5 + 1 + 1,
        stack(DumpBytes.frame(3, 1, 100, List.of(DumpBytes.i32(1)), List.of())));
    sample(
        LintRule.CODE_OFFSET_UNKNOWN,
        plain(),
        2 + 10 + 1 + 5 + 1 + 3,
        stack(DumpBytes.frame(0, 1, 0)));
  }

  private static void memories() {
    WasmBytes[] many = new WasmBytes[101];
    List<Long> indices = new ArrayList<>();
    for (int i = 0; i < many.length; i++) {
      many[i] = memory(0);
      indices.add((long) i);
    }
    sample(
        LintRule.TOO_MANY_MEMORIES,
        start().add(instance(indices, List.of())).add(stack()),
        1 + 2,
        WasmBytes.empty().memories(many));
    int globals = 1_000_001;
    WasmBytes payload = WasmBytes.empty().u(globals);
    for (int i = 0; i < globals; i++) {
      payload.bytes(0x7f, 0x00, 0x41, 0x00, 0x0b);
    }
    sample(
        LintRule.TOO_MANY_GLOBALS,
        plain().add(stack()),
        1 + 4,
        WasmBytes.empty().section(6, payload));
    sample(
        LintRule.MEMORY_SIZE_ZERO,
        withMemory(),
        2 + 1,
        WasmBytes.empty().memories(memory(0, 2)).data(segment(0, new byte[] {1})));
    sample(
        LintRule.GLOBAL_MUTABLE,
        start().add(instance(List.of(), List.of(0L))).add(stack()),
        2 + 1 + 1,
        WasmBytes.empty().globals(WasmBytes.global(0x7f, 1, WasmBytes.of(0x41, 0x00))));
    sample(
        LintRule.GLOBAL_NOT_CONSTANT,
        start().add(instance(List.of(), List.of(0L))).add(stack()),
        2 + 1 + 2,
        WasmBytes.empty().globals(WasmBytes.global(0x7f, 0, WasmBytes.of(0x23, 0x00))));
  }

  private static void segments() {
    WasmBytes many = WasmBytes.empty().u(100_001);
    for (int i = 0; i < 100_001; i++) {
      many.add(segment(0, new byte[0]));
    }
    sample(
        LintRule.TOO_MANY_SEGMENTS,
        withMemory().memories(memory(1)),
        1 + 3,
        WasmBytes.empty().section(11, many));
    // Of a data section: id, size, count, flags; then the address.
    sample(
        LintRule.SEGMENT_OUT_OF_BOUNDS,
        withMemory().memories(memory(1)),
        2 + 1 + 1,
        WasmBytes.empty().data(segment(65535, new byte[] {1, 2})));
    sample(
        LintRule.SEGMENT_MEMORY_OUT_OF_RANGE,
        withMemory().memories(memory(1)),
        2 + 1,
        WasmBytes.empty().data(segment(1, 0, new byte[] {1, 2})));
    sample(
        LintRule.SEGMENT_NOT_ACTIVE,
        withMemory().memories(memory(1)),
        2 + 1,
        WasmBytes.empty().data(WasmBytes.of(0x01, 0x01, 0x2a)));
    sample(
        LintRule.SEGMENT_ADDRESS_NOT_CONSTANT,
        withMemory().memories(memory(1)),
        2 + 1 + 1,
        WasmBytes.empty().data(WasmBytes.of(0x00, 0x23, 0x00, 0x0b, 0x01, 0x2a)));
    sample(
        LintRule.SEGMENTS_OVERLAP,
        withMemory().memories(memory(1)),
        2 + 1 + 8 + 6 + 1,
        WasmBytes.empty()
            .data(
                segment(8, new byte[] {1, 2, 3}),
                segment(20, new byte[] {4}),
                segment(10, new byte[] {5, 6})));
  }

  private static void ours() {
    sample(
        LintRule.EXTENSION_UNKNOWN,
        plain().add(stack()),
        2 + 15,
        WasmBytes.empty().custom("wasmortem.trap", WasmBytes.of(0x63)));
    // The kind's length promises 32 bytes, of which there is none behind it.
    sample(
        LintRule.EXTENSION_DAMAGED,
        plain().add(stack()),
        2 + 15 + 2,
        WasmBytes.empty().custom("wasmortem.trap", WasmBytes.of(0x00, 0x20)));
    sample(
        LintRule.TRAP_OUT_OF_RANGE,
        plain().add(stack()),
        2 + 15,
        WasmBytes.empty().custom("wasmortem.trap", WasmBytes.of(0x00).name("other").name("").u(7)));
    // Modules of 200 MiB each, it says: the second is too much. Found where its bytes begin.
    WasmBytes first =
        plain()
            .custom("wasmortem.module-bytes", WasmBytes.of(0, 0, 1).u(200 << 20).bytes(0x78))
            .add(stack());
    sample(
        LintRule.MODULES_EXPAND_TOO_FAR,
        first,
        2 + 23 + 3 + 4,
        WasmBytes.empty()
            .custom("wasmortem.module-bytes", WasmBytes.of(0, 1, 1).u(200 << 20).bytes(0x78)));
    // Identities of two modules, of which nothing is told; the dump has one.
    sample(
        LintRule.EXTENSION_CONTRADICTS,
        plain().add(stack()),
        WasmBytes.empty().custom("wasmortem.modules", WasmBytes.of(0x00, 0x02, 0x00, 0x00)));
    // One segment of 3 bytes at 8, it says; it is at 9. Found behind the entry.
    sample(
        LintRule.SEGMENT_INDEX_MISMATCH,
        withMemory(),
        2 + 19 + 8,
        WasmBytes.empty()
            .custom(
                "wasmortem.segments", WasmBytes.of(0x00, 0x09, 0x01, 0x01, 0x01, 0x08, 0x03, 0x06))
            .memories(memory(1))
            .data(segment(9, new byte[] {1, 2, 3})));
    // Bytes from 65535 on, 2 of them: the memory ends between.
    sample(
        LintRule.MEMORY_STATES_CONTRADICT,
        withMemory(),
        2 + 17,
        WasmBytes.empty()
            .custom(
                "wasmortem.memory", WasmBytes.of(0x00, 0x01, 0x02, 0x01).u(65535).u(2).bytes(0x03))
            .memories(memory(1)));
  }

  private static void modules() {
    WasmBytes two = start().add(instance(List.of(0L, 1L), List.of()));
    WasmBytes memories = WasmBytes.empty().memories(memory(1), WasmBytes.of(0x03).u(1).u(2));
    List<WasmBytes> both = List.of(DumpBytes.i32(1), DumpBytes.missing());
    sample(
        LintRule.INSTANCE_MEMORIES_MISSING,
        module(),
        start(),
        2 + 14,
        instance(List.of(0L), List.of()).add(stack()).memories(memory(1)));
    sample(
        LintRule.INSTANCE_NOT_OF_MODULE,
        module(),
        start(),
        2 + 14,
        instance(List.of(0L, 1L), List.of(0L))
            .add(stack())
            .add(memories)
            .globals(WasmBytes.global(0x7f, 0, WasmBytes.of(0x41, 0x00))));
    int frame = 2 + 10 + 1 + 5 + 1;
    sample(
        LintRule.FUNCTION_OUT_OF_RANGE,
        module(),
        WasmBytes.empty().add(two),
        frame + 2,
        stack(DumpBytes.frame(0, 9, 3)).add(memories));
    // 3 and 4 behind the first instruction, which is at 3: a drop and a call.
    List<WasmBytes> fixed = List.of(DumpBytes.i32Fixed(1 << 30), DumpBytes.missing());
    sample(
        LintRule.CODE_OFFSETS_FROM_ELSEWHERE,
        module(),
        WasmBytes.empty().add(two),
        frame + 3,
        stack(
                DumpBytes.frameCountsFirst(0, 1, 3, fixed.subList(0, 1), List.of()),
                DumpBytes.frameCountsFirst(0, 0, 4, fixed, List.of()))
            .add(memories));
    sample(
        LintRule.CODE_OFFSET_OUT_OF_BODY,
        module(),
        WasmBytes.empty().add(two),
        frame + 3,
        stack(DumpBytes.frame(0, 0, 11, both, List.of())).add(memories));
    sample(
        LintRule.CODE_OFFSET_NOT_AN_INSTRUCTION,
        module(),
        WasmBytes.empty().add(two),
        frame + 3,
        stack(DumpBytes.frame(0, 0, 4, both, List.of())).add(memories));
    sample(
        LintRule.LOCALS_MISSING,
        module(),
        WasmBytes.empty().add(two),
        frame + 4,
        stack(DumpBytes.frame(0, 0, 3)).add(memories));
    sample(
        LintRule.LOCALS_COUNT,
        module(),
        WasmBytes.empty().add(two),
        frame + 4,
        stack(DumpBytes.frame(0, 0, 3, List.of(DumpBytes.i32(1)), List.of())).add(memories));
    sample(
        LintRule.LOCAL_TYPE,
        module(),
        WasmBytes.empty().add(two),
        frame + 5 + 2,
        stack(DumpBytes.frame(0, 0, 3, List.of(DumpBytes.i32(1), DumpBytes.f64(0)), List.of()))
            .add(memories));
  }

  private static LintResult check(Sample sample) {
    Map<Integer, WasmModule> modules =
        sample.module().size() == 0
            ? Map.of()
            : Map.of(0, WasmModule.read(sample.module().source("app.wasm")));
    return Lint.check(sample.dump().source("t.core"), modules);
  }

  @ParameterizedTest
  @EnumSource
  void isFoundWhereItStands(LintRule rule) {
    Sample sample = SAMPLES.get(rule);
    assertTrue(sample != null, () -> "no sample of " + rule);
    LintResult result = check(sample);
    List<String> found =
        result.findings().stream()
            .filter(finding -> finding.rule() == rule)
            .map(finding -> finding.location().offset().toString())
            .distinct()
            .toList();
    assertEquals(
        List.of("0x" + Integer.toHexString(sample.offset())), found, result.findings()::toString);
    assertEquals(
        rule.severity() == LintRule.Severity.NOTE && onlyNotes(result), result.isConformant());
  }

  private static boolean onlyNotes(LintResult result) {
    return result.findings().stream()
        .allMatch(finding -> finding.rule().severity() == LintRule.Severity.NOTE);
  }

  /** What a rule finds is nothing that a sound dump has. */
  @Test
  void aSoundDumpIsClean() {
    Sample sound =
        new Sample(
            start()
                .add(instance(List.of(0L, 1L), List.of()))
                .add(
                    stack(
                        DumpBytes.frame(
                            0,
                            0,
                            3,
                            List.of(DumpBytes.i32(-1), DumpBytes.i64(1L << 40)),
                            List.of(DumpBytes.i32(1000)))))
                .memories(memory(1), WasmBytes.of(0x03).u(1).u(2))
                .data(segment(0, new byte[] {1}), segment(1, 8, new byte[] {2})),
            module(),
            0);
    LintResult result = check(sound);
    assertEquals(List.of(), result.findings());
    assertTrue(result.isConformant());
  }

  /** A memory has no size with a maximum or without; its segments are in bounds. */
  @Test
  void aMinimumOfZeroWithoutAMaximum() {
    LintResult result =
        check(
            new Sample(
                withMemory().memories(memory(0)).data(segment(70_000, new byte[] {1})),
                WasmBytes.empty(),
                0));
    assertEquals(Map.of(LintRule.MEMORY_SIZE_ZERO, 1L), result.counts());
  }

  @Test
  void manyFindingsOfARuleAreCounted() {
    WasmBytes[] frames =
        Stream.generate(() -> DumpBytes.frame(0, 1, 0)).limit(100).toArray(WasmBytes[]::new);
    LintResult result = check(new Sample(plain().add(stack(frames)), WasmBytes.empty(), 0));
    assertEquals(Lint.LISTED, result.findings().size());
    assertEquals(Map.of(LintRule.CODE_OFFSET_UNKNOWN, 100L), result.counts());
    assertTrue(result.isConformant());
  }

  @Test
  void damageIsAFinding() {
    byte[] dump =
        start()
            .add(instance(List.of(0L), List.of(0L)))
            .custom("wasmortem.trap", WasmBytes.of(0x00).name("other").name("").u(0))
            .add(stack(DumpBytes.frame(0, 0, 3, List.of(DumpBytes.i32(-1)), List.of())))
            .memories(memory(1))
            .globals(WasmBytes.global(0x7f, 0, WasmBytes.of(0x41, 0x00)))
            .data(segment(0, new byte[] {1, 2, 3}), segment(9, new byte[] {2}))
            .toByteArray();
    WasmModule module = WasmModule.read(module().source("app.wasm"));
    Mutations.check(
        dump,
        source ->
            assertFalse(Lint.check(source, Map.of(0, module)).dialect().evidence().isEmpty()));
  }
}
