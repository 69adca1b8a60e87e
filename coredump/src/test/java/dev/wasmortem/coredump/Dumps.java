package dev.wasmortem.coredump;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.testkit.DumpBytes;
import dev.wasmortem.testkit.WasmBytes;
import dev.wasmortem.wasm.code.BodyOffset;
import dev.wasmortem.wasm.types.AddressType;
import dev.wasmortem.wasm.types.MemoryType;
import dev.wasmortem.wasm.types.SizeLimits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Dumps for tests, and ways to make them. */
public final class Dumps {
  private Dumps() {}

  public static byte[] written(CoredumpWriter writer) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      writer.writeTo(Channels.newChannel(out));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  public static Coredump read(byte[] bytes) {
    return Coredump.read(ByteSource.of("test.core", bytes));
  }

  public static MemoryType pages(long count) {
    return MemoryType.of(SizeLimits.atLeast(count));
  }

  /** The type of a memory with pages of one byte, so that its size is any. */
  static MemoryType bytewise() {
    return new MemoryType(SizeLimits.atLeast(0), AddressType.I32, MemoryType.Sharing.UNSHARED, 0);
  }

  static Frame frame(int instance, int function, int offset) {
    return new Frame(instance, function, new BodyOffset(offset), List.of(), List.of());
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** An array as a memory. */
  public static MemorySource memory(byte[] bytes) {
    return new MemorySource() {
      @Override
      public long size() {
        return bytes.length;
      }

      @Override
      public void read(MemoryAddress address, byte[] target, int offset, int length) {
        System.arraycopy(bytes, (int) address.value(), target, offset, length);
      }
    };
  }

  /**
   * A dump with something in every section, by hand: module A exports f, module B imports it as its
   * function 0; B.g called A.f, which divided by zero. Each has a memory of its own, A a second one
   * that B shares, and both use one global.
   */
  static WasmBytes linkedModules() {
    return WasmBytes.module()
        .add(DumpBytes.core("b.wasm"))
        .add(DumpBytes.coremodules("A", "B"))
        .add(
            DumpBytes.coreinstances(
                DumpBytes.instance(0, List.of(0L, 1L), List.of(0L)),
                DumpBytes.instance(1, List.of(2L, 1L), List.of(1L, 0L, 0xffffffffL))))
        .custom(
            "wasmortem.trap",
            WasmBytes.of(0).name("integer-divide-by-zero").name("integer divide by zero").u(0))
        .custom(
            "wasmortem.notes",
            WasmBytes.of(0)
                .u(1)
                .sized(WasmBytes.empty().name("globals-left-out").name("one is missing")))
        .add(
            DumpBytes.corestack(
                "main",
                DumpBytes.frame(
                    0,
                    0,
                    0x0c,
                    List.of(DumpBytes.i32(7), DumpBytes.i32(0)),
                    List.of(DumpBytes.i32(-7), DumpBytes.missing())),
                DumpBytes.frame(
                    1,
                    1,
                    0x15,
                    List.of(DumpBytes.i64(-0x123456789L), DumpBytes.f32(0x7fa00001)),
                    List.of(DumpBytes.f64(0x3ff8000000000000L)))))
        .custom("wasmortem.memory", WasmBytes.of(0).u(3).bytes(2, 0, 2, 0, 2, 0))
        .memories(WasmBytes.memory(1), WasmBytes.memory(1, 3), WasmBytes.memory(2))
        .globals(
            WasmBytes.global(0x7f, 0, WasmBytes.of(0x41).s(-2)),
            WasmBytes.global(0x7c, 0, WasmBytes.of(0x44).le64(0x7ff8000000000001L)))
        .data(
            WasmBytes.segment(16, ascii("memory of A")),
            WasmBytes.segment(1, 0, ascii("shared")),
            WasmBytes.segment(2, 65530, ascii("memory of B")));
  }
}
