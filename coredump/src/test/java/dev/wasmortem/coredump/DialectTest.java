package dev.wasmortem.coredump;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.coredump.Dialect.InstanceIndex;
import dev.wasmortem.coredump.Dialect.Integers;
import dev.wasmortem.coredump.Dialect.Layout;
import dev.wasmortem.testkit.DumpBytes;
import dev.wasmortem.testkit.WasmBytes;
import dev.wasmortem.wasm.code.BodyOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every combination of dialects, on bytes written by hand. */
final class DialectTest {
  private static final List<Value> LOCALS =
      List.of(
          new Value.I32(0x12345678),
          new Value.I64(-3),
          Value.MISSING,
          new Value.F32(0x7fa00001),
          new Value.I32(-1));
  private static final List<Value> STACK =
      List.of(new Value.F64(0xfff8000000000001L), new Value.I64(0x0102030405060708L));

  static Stream<Arguments> all() {
    List<Arguments> all = new ArrayList<>();
    for (Integers integers : Integers.values()) {
      for (Layout layout : List.of(Layout.SEPARATE, Layout.COUNTS_FIRST)) {
        for (InstanceIndex index : InstanceIndex.values()) {
          all.add(Arguments.of(integers, layout, index));
        }
      }
    }
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("all")
  void isFoundByWhatConsumesTheStacksExactly(
      Integers integers, Layout layout, InstanceIndex index) {
    Coredump dump =
        Coredump.read(
            WasmBytes.module()
                .add(DumpBytes.core("d"))
                .add(
                    DumpBytes.corestack(
                        "main",
                        frame(integers, layout, index, 300, 1000, LOCALS, STACK),
                        frame(integers, layout, index, 2, 17, LOCALS, List.of()),
                        frame(integers, layout, index, 3, 0, List.of(), STACK)))
                .add(
                    DumpBytes.corestack(
                        "worker", frame(integers, layout, index, 4, 5, STACK, LOCALS)))
                .source("d.core"));
    assertEquals(
        List.of(
            new CoreThread(
                "main",
                List.of(
                    new Frame(0, 300, new BodyOffset(1000), LOCALS, STACK),
                    new Frame(0, 2, new BodyOffset(17), LOCALS, List.of()),
                    new Frame(0, 3, new BodyOffset(0), List.of(), STACK))),
            new CoreThread("worker", List.of(new Frame(0, 4, new BodyOffset(5), STACK, LOCALS)))),
        dump.threads());
    Dialect dialect = dump.dialect();
    assertEquals(integers, dialect.integers());
    assertEquals(layout, dialect.layout());
    assertEquals(index, dialect.instanceIndex());
    assertEquals(
        "2 stacks, 4 frames, 21 values, 12 integers: every section is consumed exactly",
        dialect.evidence().get(0));
    assertEquals(8, dialect.evidence().size());
  }

  /** The second stack alone would pass for the convention; the first does not. */
  @Test
  void theChoiceIsMadeOverAllStacks() {
    Coredump dump =
        Coredump.read(
            WasmBytes.module()
                .add(DumpBytes.corestack("plain", DumpBytes.frame(0, 1, 2)))
                .add(
                    DumpBytes.corestack(
                        "telling",
                        DumpBytes.frameCountsFirst(
                            0,
                            1,
                            2,
                            List.of(DumpBytes.i32Fixed(5)),
                            List.of(DumpBytes.i32Fixed(1 << 30)))))
                .source("d.core"));
    assertEquals("fixed-integers+counts-first", dump.dialect().name());
    assertEquals(2, dump.threads().size());
  }

  @Test
  void withoutValuesTheConventionIsTaken() {
    Coredump dump =
        Coredump.read(
            WasmBytes.module()
                .add(DumpBytes.core("d"))
                .add(DumpBytes.corestack("main", DumpBytes.frame(0, 1, 2)))
                .source("d.core"));
    assertEquals("convention", dump.dialect().name());
    assertEquals(
        "no frame has values: integer encoding and layout make no difference",
        dump.dialect().evidence().get(1));
  }

  /** An instance that the dump does not have rules a dialect out: these are frames without one. */
  @Test
  void saneIndicesDecide() {
    WasmBytes frames =
        WasmBytes.of(0x00, 0x05, 0x02, 0x00, 0x00).bytes(0x00, 0x07, 0x01, 0x00, 0x00);
    Coredump dump =
        Coredump.read(
            WasmBytes.module()
                .custom("corestack", WasmBytes.of(0x00).name("main").u(2).add(frames))
                .source("d.core"));
    assertEquals("no-instance-index", dump.dialect().name());
    assertEquals(
        List.of(Dumps.frame(0, 5, 2), Dumps.frame(0, 7, 1)), dump.threads().get(0).frames());
    assertEquals(1, dump.instances().size());
    assertEquals(
        List.of("implied-module", "implied-instance"),
        dump.diagnostics().stream().map(Diagnostic::code).toList());
  }

  /** Eight bytes with two readings: of instance 0, function 1; without instance, function 0. */
  @Test
  void ambiguityIsReported() {
    WasmBytes frame = WasmBytes.of(0x00, 0x00, 0x01, 0x02, 0x01, 0x01, 0x01, 0x01);
    Coredump dump =
        Coredump.read(
            WasmBytes.module()
                .custom("corestack", WasmBytes.of(0x00).name("main").u(1).add(frame))
                .source("d.core"));
    assertEquals(
        List.of(new Frame(0, 1, new BodyOffset(2), List.of(Value.MISSING), List.of(Value.MISSING))),
        dump.threads().get(0).frames());
    assertEquals(
        "d.core+0x14 (corestack): the stacks can be read as convention and, with another result, as"
            + " counts-first+no-instance-index",
        dump.diagnostics().get(0).toString());
    assertEquals(
        List.of(
            "1 stack, 1 frame, 2 values, 0 integers: every section is consumed exactly",
            "no value is an integer: their encoding makes no difference",
            "fixed-integers+counts-first consumes every section exactly, too"),
        dump.dialect().evidence().subList(0, 3));
  }

  @Test
  void errorsSayWhereEachDialectFailed() {
    Coredump dump =
        Coredump.read(
            WasmBytes.module()
                .custom(
                    "corestack",
                    WasmBytes.of(0x00)
                        .name("main")
                        .u(1)
                        .bytes(0x00, 0x00, 0x05, 0x02, 0x01, 0x55, 0x00))
                .source("d.core"));
    FormatException error = assertThrows(FormatException.class, dump::threads);
    assertTrue(
        error
            .getMessage()
            .contains(
                "no dialect reads the stacks: convention fails at d.core+0x20 (frame.locals): value"
                    + " type 0x55; fixed-integers+counts-first fails at d.core+0x"),
        error.getMessage());
    assertEquals(12, error.getMessage().split(" fails at ", -1).length - 1);
  }

  /** What all dialects share is reported once. */
  @Test
  void faultsOutsideTheDialectsStandAlone() {
    Coredump dump =
        Coredump.read(
            WasmBytes.module()
                .custom("corestack", WasmBytes.of(0x07).name("main").u(0))
                .source("d.core"));
    FormatException error = assertThrows(FormatException.class, dump::threads);
    assertEquals(
        "d.core+0x14 (corestack): thread-info begins with 0x7, not 0x00", error.getMessage());
  }

  private static WasmBytes frame(
      Integers integers,
      Layout layout,
      InstanceIndex index,
      int function,
      int offset,
      List<Value> locals,
      List<Value> stack) {
    WasmBytes frame = WasmBytes.of(0x00);
    if (index == InstanceIndex.PRESENT) {
      frame.u(0);
    }
    frame.u(function).u(offset).u(locals.size());
    if (layout == Layout.COUNTS_FIRST) {
      frame.u(stack.size());
    }
    locals.forEach(value -> frame.add(value(integers, value)));
    if (layout == Layout.SEPARATE) {
      frame.u(stack.size());
    }
    stack.forEach(value -> frame.add(value(integers, value)));
    return frame;
  }

  private static WasmBytes value(Integers integers, Value value) {
    boolean fixed = integers == Integers.FIXED;
    if (value instanceof Value.I32 i32) {
      return fixed ? DumpBytes.i32Fixed(i32.value()) : DumpBytes.i32(i32.value());
    } else if (value instanceof Value.I64 i64) {
      return fixed ? DumpBytes.i64Fixed(i64.value()) : DumpBytes.i64(i64.value());
    } else if (value instanceof Value.F32 f32) {
      return DumpBytes.f32(f32.bits());
    } else if (value instanceof Value.F64 f64) {
      return DumpBytes.f64(f64.bits());
    }
    return DumpBytes.missing();
  }
}
