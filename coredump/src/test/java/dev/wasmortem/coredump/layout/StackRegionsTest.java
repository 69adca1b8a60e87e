package dev.wasmortem.coredump.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.wasmortem.coredump.Coredump;
import dev.wasmortem.testkit.DumpBytes;
import dev.wasmortem.testkit.WasmBytes;
import dev.wasmortem.wasm.WasmModule;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Stacks of hand-written dumps of the module that {@link LinkerRegionsTest} has, too. */
class StackRegionsTest {
  private static final long NOT_DUMPED = 0xffff_ffffL;

  /**
   * The instance's first memory is the dump's second; its stack pointer the dump's second global.
   */
  private static WasmBytes dump(long memory, long stackPointer) {
    return WasmBytes.module()
        .add(DumpBytes.core("app"))
        .add(DumpBytes.coremodules("app"))
        .add(DumpBytes.coreinstances(DumpBytes.instance(0, List.of(memory), List.of(stackPointer))))
        .memories(WasmBytes.memory(7), WasmBytes.memory(1))
        .globals(
            WasmBytes.global(0x7f, 0, WasmBytes.of(0x41).s(1)),
            WasmBytes.global(0x7f, 0, WasmBytes.of(0x41).s(32000)));
  }

  private static List<String> stacks(WasmBytes dump, Map<Integer, WasmModule> modules) {
    return StackRegions.of(Coredump.read(dump.source("test.core")), modules).stream()
        .map(r -> r.memory() + ": " + r.start().value() + "+" + r.length())
        .toList();
  }

  private static Map<Integer, WasmModule> module() throws IOException {
    return Map.of(0, LinkerRegionsTest.module("stack-first"));
  }

  @Test
  void theModuleTellsFromWhereToWhere() throws IOException {
    assertEquals(List.of("1: 32000+768"), stacks(dump(1, 1), module()));
    assertEquals(List.of(), stacks(dump(1, 1), Map.of()));
  }

  @Test
  void whatTheDumpSaysCounts() throws IOException {
    // Memory 0, from 64 on 256 bytes, a stack (1), "s"; then data (0).
    WasmBytes regions =
        WasmBytes.of(0x00, 0x02)
            .raw(
                WasmBytes.hex(
                        "0c 00 40 80 02 05 73 74 61 63 6b 01 73 0a 00 00 10 04 64 61 74 61 01 64")
                    .toByteArray());
    assertEquals(
        List.of("0: 64+256"), stacks(dump(1, 1).custom("wasmortem.regions", regions), module()));
  }

  @Test
  void whatWasNotDumpedHasNone() throws IOException {
    assertEquals(List.of(), stacks(dump(NOT_DUMPED, 1), module()));
    assertEquals(List.of(), stacks(dump(9, 1), module()));
    assertEquals(List.of(), stacks(dump(1, NOT_DUMPED), module()));
    assertEquals(List.of(), stacks(dump(1, 9), module()));
  }
}
