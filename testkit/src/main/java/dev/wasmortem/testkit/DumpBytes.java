package dev.wasmortem.testkit;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Parts of a core dump, written by hand from the text of the convention (tool-conventions, {@code
 * Coredump.md}) and, where named so, of its dialects.
 */
public final class DumpBytes {
  private DumpBytes() {}

  /** Returns the section {@code core}. */
  public static WasmBytes core(String executable) {
    return WasmBytes.empty().custom("core", WasmBytes.of(0x00).name(executable));
  }

  /** Returns the section {@code coremodules}. */
  public static WasmBytes coremodules(String... names) {
    WasmBytes payload = WasmBytes.empty().u(names.length);
    for (String name : names) {
      payload.bytes(0x00).name(name);
    }
    return WasmBytes.empty().custom("coremodules", payload);
  }

  /** Returns the section {@code coremodules} as WasmEdge writes it: names without their lengths. */
  public static WasmBytes coremodulesUnsized(String... names) {
    WasmBytes payload = WasmBytes.empty().u(names.length);
    for (String name : names) {
      payload.bytes(0x00).raw(name.getBytes(StandardCharsets.UTF_8));
    }
    return WasmBytes.empty().custom("coremodules", payload);
  }

  /** Returns an entry of {@code coremodules} with a name. */
  public static WasmBytes moduleNamed(String name) {
    return WasmBytes.of(0x00).name(name);
  }

  /** Returns an entry of {@code coremodules} that is the module itself, as was once proposed. */
  public static WasmBytes moduleInline(WasmBytes module) {
    return WasmBytes.of(0x01).add(module);
  }

  /** Returns an entry of {@code coremodules} that is the module itself, after its size. */
  public static WasmBytes moduleInlineSized(WasmBytes module) {
    return WasmBytes.of(0x01).sized(module);
  }

  /** Returns the section {@code coremodules} with any entries. */
  public static WasmBytes coremodulesOf(WasmBytes... entries) {
    return WasmBytes.empty().custom("coremodules", WasmBytes.empty().vec(entries));
  }

  /** Returns the section {@code coreinstances}. */
  public static WasmBytes coreinstances(WasmBytes... instances) {
    return WasmBytes.empty().custom("coreinstances", WasmBytes.empty().vec(instances));
  }

  /** Returns an entry of {@code coreinstances}. */
  public static WasmBytes instance(long module, List<Long> memories, List<Long> globals) {
    return WasmBytes.of(0x00).u(module).vecU(longs(memories)).vecU(longs(globals));
  }

  /** Returns a section {@code corestack}. */
  public static WasmBytes corestack(String thread, WasmBytes... frames) {
    return WasmBytes.empty().custom("corestack", WasmBytes.of(0x00).name(thread).vec(frames));
  }

  /** Returns a frame without values. */
  public static WasmBytes frame(long instance, long function, long codeOffset) {
    return frame(instance, function, codeOffset, List.of(), List.of());
  }

  /** Returns a frame as the convention has it: locals with their count, stack with its count. */
  public static WasmBytes frame(
      long instance,
      long function,
      long codeOffset,
      List<WasmBytes> locals,
      List<WasmBytes> stack) {
    return WasmBytes.of(0x00)
        .u(instance)
        .u(function)
        .u(codeOffset)
        .vec(locals.toArray(WasmBytes[]::new))
        .vec(stack.toArray(WasmBytes[]::new));
  }

  /** Returns a frame as xtuc's rewriter writes it: both counts, then all values. */
  public static WasmBytes frameCountsFirst(
      long instance,
      long function,
      long codeOffset,
      List<WasmBytes> locals,
      List<WasmBytes> stack) {
    WasmBytes frame =
        WasmBytes.of(0x00).u(instance).u(function).u(codeOffset).u(locals.size()).u(stack.size());
    locals.forEach(frame::add);
    stack.forEach(frame::add);
    return frame;
  }

  /** Returns a frame of early 2023: no instance index. */
  public static WasmBytes frameWithoutInstance(
      long function, long codeOffset, List<WasmBytes> locals, List<WasmBytes> stack) {
    return WasmBytes.of(0x00)
        .u(function)
        .u(codeOffset)
        .vec(locals.toArray(WasmBytes[]::new))
        .vec(stack.toArray(WasmBytes[]::new));
  }

  /** Returns a frame as WasmEdge writes it: no instance index, both counts, then all values. */
  public static WasmBytes frameWasmEdge(
      long function, long codeOffset, List<WasmBytes> locals, List<WasmBytes> stack) {
    WasmBytes frame = WasmBytes.of(0x00).u(function).u(codeOffset).u(locals.size());
    frame.u(stack.size());
    locals.forEach(frame::add);
    stack.forEach(frame::add);
    return frame;
  }

  /** Returns a frame as WasmEdge writes it for wasmgdb: the operands are counted, not written. */
  public static WasmBytes frameWasmEdgeForWasmgdb(
      long function, long codeOffset, List<WasmBytes> locals, int operands) {
    WasmBytes frame = WasmBytes.of(0x00).u(function).u(codeOffset).u(locals.size()).u(operands);
    locals.forEach(frame::add);
    return frame;
  }

  /** Returns a value that is missing. */
  public static WasmBytes missing() {
    return WasmBytes.of(0x01);
  }

  /** Returns an i32 as signed LEB128. */
  public static WasmBytes i32(int value) {
    return WasmBytes.of(0x7f).s(value);
  }

  /** Returns an i64 as signed LEB128. */
  public static WasmBytes i64(long value) {
    return WasmBytes.of(0x7e).s(value);
  }

  /** Returns an i32 as four bytes, the author's dialect. */
  public static WasmBytes i32Fixed(int value) {
    return WasmBytes.of(0x7f).le32(value);
  }

  /** Returns an i64 as eight bytes, the author's dialect. */
  public static WasmBytes i64Fixed(long value) {
    return WasmBytes.of(0x7e).le64(value);
  }

  /** Returns an f32 of these bits. */
  public static WasmBytes f32(int bits) {
    return WasmBytes.of(0x7d).le32(bits);
  }

  /** Returns an f64 of these bits. */
  public static WasmBytes f64(long bits) {
    return WasmBytes.of(0x7c).le64(bits);
  }

  private static long[] longs(List<Long> values) {
    return values.stream().mapToLong(Long::longValue).toArray();
  }
}
