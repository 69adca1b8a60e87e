package dev.wasmortem.coredump;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.coredump.Dialect.InstanceIndex;
import dev.wasmortem.coredump.Dialect.Integers;
import dev.wasmortem.coredump.Dialect.Layout;
import dev.wasmortem.coredump.Dialect.ModuleEntries;
import dev.wasmortem.testkit.DumpBytes;
import dev.wasmortem.testkit.Mutations;
import dev.wasmortem.testkit.WasmBytes;
import dev.wasmortem.wasm.code.BodyOffset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every combination of dialects, of what frames hold and of the order of sections, on bytes written
 * by hand: what is read is what was meant, and the dialect that is named is the one that was
 * written, or where two write the same bytes, the likelier.
 */
final class DialectMatrixTest {
  private static final List<Value> LOCALS =
      List.of(
          new Value.I32(0x12345678),
          new Value.I64(-3),
          Value.MISSING,
          new Value.F32(0x7fa00001),
          new Value.I32(-1));
  private static final List<Value> STACK =
      List.of(new Value.F64(0xfff8000000000001L), new Value.I64(0x0102030405060708L));

  /** What the frames hold. */
  enum Held {
    NOTHING,
    LOCALS,
    STACK,
    BOTH;

    List<Value> locals() {
      return this == LOCALS || this == BOTH ? DialectMatrixTest.LOCALS : List.of();
    }

    List<Value> stack() {
      return this == STACK || this == BOTH ? DialectMatrixTest.STACK : List.of();
    }
  }

  /** Which sections there are, in which order. */
  enum Order {
    /** No lists of modules and instances, no memories. */
    BARE("core corestack corestack"),
    CONVENTION("core coremodules coreinstances corestack corestack memory global data"),
    MEMORIES_FIRST("core memory global data coremodules coreinstances corestack corestack"),
    BACKWARDS("data global memory corestack corestack coreinstances coremodules core");

    private final String sections;

    Order(String sections) {
      this.sections = sections;
    }
  }

  static Stream<Arguments> all() {
    List<Arguments> all = new ArrayList<>();
    for (Integers integers : Integers.values()) {
      for (Layout layout : Layout.values()) {
        for (InstanceIndex index : InstanceIndex.values()) {
          for (ModuleEntries modules : ModuleEntries.values()) {
            for (Held held : Held.values()) {
              for (Order order : Order.values()) {
                all.add(Arguments.of(integers, layout, index, modules, held, order));
              }
            }
          }
        }
      }
    }
    return all.stream();
  }

  /**
   * One dump of each dialect of frames, without other sections, and one of each list of modules.
   */
  static Stream<Arguments> dialects() {
    return all()
        .filter(
            a -> {
              boolean frames = a.get()[3] == ModuleEntries.NAMES && a.get()[5] == Order.BARE;
              boolean lists =
                  a.get()[0] == Integers.LEB
                      && a.get()[1] == Layout.SEPARATE
                      && a.get()[2] == InstanceIndex.PRESENT
                      && a.get()[5] == Order.CONVENTION;
              return a.get()[4] == Held.BOTH && (frames || lists);
            });
  }

  /** Whatever is cut off or flipped: a typed error, or what is there and a label. */
  @ParameterizedTest
  @MethodSource("dialects")
  void everyCutAndFlip(
      Integers integers,
      Layout layout,
      InstanceIndex index,
      ModuleEntries modules,
      Held held,
      Order order) {
    ByteSource whole = dump(integers, layout, index, modules, held, order);
    byte[] bytes = whole.cursor().bytes((int) whole.size());
    Stream.concat(Mutations.cuts(bytes), Mutations.bitFlips(bytes))
        .forEach(
            damaged -> {
              Mutations.check(damaged, Everything::readStrictly);
              Mutations.check(damaged, Everything::salvage);
            });
    Mutations.cuts(bytes)
        .forEach(
            cut -> {
              List<Diagnostic> labels = new ArrayList<>();
              Coredump dump;
              try {
                dump = Coredump.salvage(cut.source(), labels::add);
              } catch (FormatException e) {
                return; // Nothing tells a dump yet.
              }
              Everything.read(dump);
              boolean isWhole =
                  dump.threads().size() == 2
                      && dump.threads().get(0).frames().size() == 3
                      && dump.threads().get(1).frames().size() == 1;
              assertTrue(isWhole || !labels.isEmpty() || !dump.isTruncated(), cut.toString());
            });
  }

  @ParameterizedTest
  @MethodSource("all")
  void isRead(
      Integers integers,
      Layout layout,
      InstanceIndex index,
      ModuleEntries modules,
      Held held,
      Order order) {
    Coredump dump = Coredump.read(dump(integers, layout, index, modules, held, order));

    boolean lists = order != Order.BARE;
    int second = index == InstanceIndex.PRESENT && lists ? 1 : 0;
    List<Value> locals = held.locals();
    List<Value> stack = layout == Layout.LOCALS_ONLY ? List.of() : held.stack();
    assertEquals(
        List.of(
            new CoreThread(
                "main",
                List.of(
                    new Frame(second, 300, new BodyOffset(1000), locals, stack),
                    new Frame(0, 7, new BodyOffset(0), locals, stack),
                    new Frame(0, 9, new BodyOffset(17), List.of(), List.of()))),
            new CoreThread("worker", List.of(new Frame(0, 4, new BodyOffset(5), locals, stack)))),
        dump.threads());

    Dialect dialect = dump.dialect();
    assertEquals(index, dialect.instanceIndex());
    assertEquals(likelier(integers, layout, held), dialect.integers() + " " + dialect.layout());
    assertEquals(lists ? modules : ModuleEntries.NAMES, dialect.moduleEntries());
    assertEquals(Producer.UNKNOWN, dialect.producer());

    if (lists) {
      assertEquals(
          List.of("first module", "second"),
          dump.modules().stream().map(CoreModule::name).toList());
      assertEquals(
          List.of(
              new CoreInstance(0, List.of(0), List.of(0)),
              new CoreInstance(1, List.of(0, CoreInstance.NOT_DUMPED), List.of())),
          dump.instances());
      assertEquals(new Value.I64(-5), dump.globals().get(0).value());
      byte[] bytes = new byte[3];
      dump.memories().get(0).read(new MemoryAddress(8), bytes, 0, 3);
      assertEquals("abc", new String(bytes, StandardCharsets.US_ASCII));
    } else {
      assertEquals(List.of(new CoreModule("dead.wasm")), dump.modules());
      assertEquals(List.of(new CoreInstance(0, List.of(), List.of())), dump.instances());
    }
    assertEquals(
        lists ? List.of() : List.of("implied-instance", "implied-module"),
        dump.diagnostics().stream().map(Diagnostic::code).sorted().toList());
  }

  /** Returns which integers and layout are named where several dialects write the same bytes. */
  private static String likelier(Integers integers, Layout layout, Held held) {
    return switch (held) {
      // Zero and zero: no dialect shows.
      case NOTHING -> "LEB SEPARATE";
      // No operand is counted, so that none is missing either.
      case LOCALS ->
          layout == Layout.LOCALS_ONLY ? integers + " COUNTS_FIRST" : integers + " " + layout;
      // Zero, the count, the operands: the layouts are alike, and producers that write four bytes
      // put the counts first. Without the operands, no integer is left to tell how they are
      // written.
      case STACK ->
          layout == Layout.LOCALS_ONLY
              ? "FIXED LOCALS_ONLY"
              : integers == Integers.LEB ? "LEB SEPARATE" : "FIXED COUNTS_FIRST";
      case BOTH -> integers + " " + layout;
    };
  }

  private static ByteSource dump(
      Integers integers,
      Layout layout,
      InstanceIndex index,
      ModuleEntries modules,
      Held held,
      Order order) {
    WasmBytes dump = WasmBytes.module();
    int stacks = 0;
    for (String section : order.sections.split(" ", -1)) {
      switch (section) {
        case "core" -> dump.add(DumpBytes.core("dead.wasm"));
        case "coremodules" -> dump.add(modules(modules));
        case "coreinstances" ->
            dump.add(
                DumpBytes.coreinstances(
                    DumpBytes.instance(0, List.of(0L), List.of(0L)),
                    DumpBytes.instance(1, List.of(0L, 0xffffffffL), List.of())));
        case "corestack" -> {
          int second = order == Order.BARE ? 0 : 1;
          dump.add(
              stacks++ == 0
                  ? DumpBytes.corestack(
                      "main",
                      frame(integers, layout, index, second, 300, 1000, held),
                      frame(integers, layout, index, 0, 7, 0, held),
                      frame(integers, layout, index, 0, 9, 17, Held.NOTHING))
                  : DumpBytes.corestack("worker", frame(integers, layout, index, 0, 4, 5, held)));
        }
        case "memory" -> dump.memories(WasmBytes.memory(1));
        case "global" -> dump.globals(WasmBytes.global(0x7e, 1, WasmBytes.of(0x42).s(-5)));
        case "data" -> dump.data(WasmBytes.segment(8, Dumps.ascii("abc")));
        default -> throw new IllegalArgumentException(section);
      }
    }
    return dump.source("d.core");
  }

  private static WasmBytes modules(ModuleEntries entries) {
    return switch (entries) {
      case NAMES -> DumpBytes.coremodules("first module", "second");
      case UNSIZED_NAMES -> DumpBytes.coremodulesUnsized("first module", "second");
      case INLINE ->
          DumpBytes.coremodulesOf(
              DumpBytes.moduleInline(named("first module")), DumpBytes.moduleNamed("second"));
    };
  }

  /** A module with a type and a name. */
  private static WasmBytes named(String name) {
    return WasmBytes.module()
        .types(WasmBytes.funcType("", ""))
        .custom("name", WasmBytes.of(0).sized(WasmBytes.empty().name(name)));
  }

  private static WasmBytes frame(
      Integers integers,
      Layout layout,
      InstanceIndex index,
      int instance,
      int function,
      int offset,
      Held held) {
    WasmBytes frame = WasmBytes.of(0x00);
    if (index == InstanceIndex.PRESENT) {
      frame.u(instance);
    }
    frame.u(function).u(offset).u(held.locals().size());
    if (layout != Layout.SEPARATE) {
      frame.u(held.stack().size());
    }
    held.locals().forEach(value -> frame.add(value(integers, value)));
    if (layout == Layout.SEPARATE) {
      frame.u(held.stack().size());
    }
    if (layout != Layout.LOCALS_ONLY) {
      held.stack().forEach(value -> frame.add(value(integers, value)));
    }
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
