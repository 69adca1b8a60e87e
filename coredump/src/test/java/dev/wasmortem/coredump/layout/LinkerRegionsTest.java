package dev.wasmortem.coredump.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.coredump.Region;
import dev.wasmortem.testkit.WasmBytes;
import dev.wasmortem.wasm.WasmModule;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Regions of modules that LLVM's linker laid out, with the addresses that wasm-objdump shows. */
class LinkerRegionsTest {
  private static final String GUESSED =
      "stack in use (the first global looks like a stack pointer)";

  static WasmModule module(String name) throws IOException {
    try (InputStream in =
        LinkerRegionsTest.class.getResourceAsStream("/fixtures/layout/" + name + ".wasm")) {
      assertNotNull(in, name);
      return WasmModule.read(ByteSource.of(name, in.readAllBytes()));
    }
  }

  /** Globals of an instance, the first of which is the stack pointer. */
  private static LinkerRegions layout(String name, long... globals) throws IOException {
    return LinkerRegions.of(
        module(name), i -> i < globals.length ? OptionalLong.of(globals[i]) : OptionalLong.empty());
  }

  private static List<String> texts(List<Region> regions) {
    return regions.stream()
        .map(r -> r.kind() + " " + r.start().value() + "+" + r.length() + " " + r.label())
        .toList();
  }

  @Test
  void stackFirst() throws IOException {
    LinkerRegions layout = layout("stack-first", 32000, 37188, 0, 32768, 37200);
    assertEquals(
        List.of(
            "STACK 0+32768 stack",
            "DATA 32768+6 .rodata",
            "DATA 32784+400 .data",
            "DATA 33184+4004 data that was zero at first",
            "HEAP 37200+28336 heap"),
        texts(layout.regions(0, 3, 65536)));
    assertEquals(3, layout.regions(0, 3, 65536).get(0).memory());
    assertEquals(List.of("STACK 32000+768 stack in use"), texts(layout.liveStack(0, 65536)));
  }

  @Test
  void dataFirst() throws IOException {
    LinkerRegions layout = layout("data-first", 38000, 5444);
    assertEquals(
        List.of(
            "DATA 1024+6 .rodata",
            "DATA 1040+400 .data",
            "DATA 1440+4004 data that was zero at first",
            "STACK 5456+32768 stack",
            "HEAP 38224+92848 heap"),
        texts(layout.regions(0, 0, 131072)));
    assertEquals(List.of("STACK 38000+224 stack in use"), texts(layout.liveStack(0, 131072)));
  }

  @Test
  void aStackPointerWithoutAName() throws IOException {
    assertEquals(
        List.of("STACK 32000+768 " + GUESSED, "DATA 32768+6 data", "DATA 32784+400 data"),
        texts(layout("stripped", 32000).regions(0, 0, 65536)));
    assertEquals(
        List.of("DATA 1024+6 data", "DATA 1040+400 data", "STACK 38000+224 " + GUESSED),
        texts(layout("stripped-data-first", 38000).regions(0, 0, 65536)));
  }

  /**
   * As on a thread that is not the first: its stack lies elsewhere, and ends nobody knows where.
   */
  @Test
  void aStackPointerThatIsAboveItsBeginning() throws IOException {
    assertEquals(List.of(), texts(layout("data-first", 50000, 5444).liveStack(0, 65536)));
  }

  @Test
  void whatDoesNotFitTheMemoryIsDropped() throws IOException {
    assertEquals(
        List.of("STACK 0+1000 stack"),
        texts(layout("stack-first", 32000, 37188, 0, 32768, 37200).regions(0, 0, 1000)));
    assertEquals(List.of(), texts(layout("stack-first", 32000, -1, -1, -1, -1).liveStack(0, 1000)));
    // 2^32 - 1 is an address, as all of them are.
    assertEquals(
        List.of(
            "DATA 32768+6 .rodata",
            "DATA 32784+400 .data",
            "DATA 33184+32352 data that was" + " zero at first"),
        texts(layout("stack-first", -1, -1, -1, -1, -1).regions(0, 0, 65536)));
  }

  @Test
  void anInstanceWhoseGlobalsAreNotKnown() throws IOException {
    // The data segments are there, and where the stack began.
    assertEquals(
        List.of("DATA 1024+6 .rodata", "DATA 1040+400 .data", "HEAP 38224+27312 heap"),
        texts(layout("data-first").regions(0, 0, 65536)));
  }

  /** A thread's module: its data are passive, its thread-local storage has globals. */
  @Test
  void namesOfExports() {
    byte[] bytes =
        WasmBytes.module()
            .memories(WasmBytes.of(0x00, 0x01))
            .globals(
                WasmBytes.global(0x7f, 1, WasmBytes.hex("41 80 20")),
                WasmBytes.global(0x7f, 1, WasmBytes.hex("41 00")),
                WasmBytes.global(0x7f, 0, WasmBytes.hex("41 18")))
            .exports(
                WasmBytes.export("__stack_pointer", 3, 0),
                WasmBytes.export("__tls_base", 3, 1),
                WasmBytes.export("__tls_size", 3, 2))
            .toByteArray();
    long[] values = {4000, 5000, 24};
    LinkerRegions layout =
        LinkerRegions.of(
            WasmModule.read(ByteSource.of("threads", bytes)), i -> OptionalLong.of(values[i]));
    assertEquals(
        List.of("STACK 0+4096 stack", "OTHER 5000+24 thread-local storage"),
        texts(layout.regions(0, 0, 65536)));
  }
}
