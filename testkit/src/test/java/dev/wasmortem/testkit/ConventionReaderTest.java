package dev.wasmortem.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ConventionReaderTest {
  private static WasmBytes dump(WasmBytes stack) {
    return WasmBytes.module()
        .add(DumpBytes.core("a"))
        .add(DumpBytes.coremodules("m"))
        .add(DumpBytes.coreinstances(DumpBytes.instance(0, List.of(), List.of())))
        .add(stack);
  }

  @Test
  void readsTheConvention() {
    ConventionReader.Dump dump =
        ConventionReader.read(
            dump(DumpBytes.corestack(
                    "t",
                    DumpBytes.frame(
                        0,
                        300,
                        2,
                        List.of(DumpBytes.i32(-1), DumpBytes.i64(Long.MIN_VALUE)),
                        List.of(DumpBytes.missing(), DumpBytes.f64(-1)))))
                .toByteArray());
    assertEquals(
        List.of(
            new ConventionReader.Stack(
                "t",
                List.of(
                    new ConventionReader.Activation(
                        0,
                        300,
                        2,
                        List.of("i32:-1", "i64:-9223372036854775808"),
                        List.of("missing", "f64:0xffffffffffffffff"))))),
        dump.threads());
  }

  @Test
  void refusesDialects() {
    WasmBytes other =
        DumpBytes.corestack(
            "t",
            DumpBytes.frameCountsFirst(
                0, 1, 2, List.of(DumpBytes.i32Fixed(70_000)), List.of(DumpBytes.i32Fixed(1))));
    assertThrows(
        IllegalArgumentException.class, () -> ConventionReader.read(dump(other).toByteArray()));
    assertThrows(
        IllegalArgumentException.class,
        () -> ConventionReader.read(WasmBytes.module().toByteArray()));
  }
}
