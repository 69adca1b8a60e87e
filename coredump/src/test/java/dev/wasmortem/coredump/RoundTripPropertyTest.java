package dev.wasmortem.coredump;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wasmortem.testkit.ConventionReader;
import dev.wasmortem.wasm.code.BodyOffset;
import dev.wasmortem.wasm.types.AbstractHeapType;
import dev.wasmortem.wasm.types.GlobalType;
import dev.wasmortem.wasm.types.Mutability;
import dev.wasmortem.wasm.types.NumType;
import dev.wasmortem.wasm.types.RefType;
import dev.wasmortem.wasm.types.VecType;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Reading what was written gives what was written, bit by bit. */
final class RoundTripPropertyTest {
  private static final int INSTANCES = 4;

  @Property(tries = 300)
  void readingUndoesWriting(@ForAll("dumps") Content content) {
    byte[] bytes = Dumps.written(content.writer());
    Coredump dump = Dumps.read(bytes);
    assertEquals(Optional.of(content.executable), dump.executableName());
    assertEquals(content.modules, dump.modules());
    assertEquals(content.instances, dump.instances());
    assertEquals(content.threads, dump.threads());
    assertEquals(content.globals, dump.globals());
    assertEquals(Optional.of(content.trap), dump.trap());
    assertEquals(content.notes, dump.notes());
    assertTrue(dump.dialect().isConvention());

    ConventionReader.Dump independent = ConventionReader.read(bytes);
    assertEquals(content.executable, independent.executable());
    assertEquals(
        content.threads.stream().map(thread -> thread.frames().size()).toList(),
        independent.threads().stream().map(thread -> thread.frames().size()).toList());
  }

  record Content(
      String executable,
      List<CoreModule> modules,
      List<CoreInstance> instances,
      List<CoreThread> threads,
      List<CoreGlobal> globals,
      Trap trap,
      List<Note> notes) {
    CoredumpWriter writer() {
      CoredumpWriter writer = new CoredumpWriter().executableName(executable).trap(trap);
      modules.forEach(writer::addModule);
      instances.forEach(writer::addInstance);
      threads.forEach(writer::addThread);
      globals.forEach(global -> writer.addGlobal(global.type(), global.value()));
      notes.forEach(writer::note);
      return writer;
    }
  }

  @Provide
  Arbitrary<Content> dumps() {
    Arbitrary<String> names =
        Arbitraries.strings()
            .ofMaxLength(12)
            .filter(name -> name.codePoints().noneMatch(c -> c >= 0xd800 && c <= 0xdfff));
    Arbitrary<List<Integer>> indices = Arbitraries.integers().between(-1, 3).list().ofMaxSize(4);
    Arbitrary<CoreInstance> instances =
        Combinators.combine(Arbitraries.integers().between(0, 3), indices)
            .as(
                (module, globals) ->
                    // No memories are written: none can be named.
                    new CoreInstance(module, List.of(-1), globals.stream().map(i -> -1).toList()));
    Arbitrary<Frame> frames =
        Combinators.combine(
                Arbitraries.integers().between(0, INSTANCES - 1),
                Arbitraries.integers().between(0, StackReader.SANE_FUNCTIONS - 1),
                Arbitraries.integers().greaterOrEqual(0).map(BodyOffset::new),
                values().list().ofMaxSize(6),
                values().list().ofMaxSize(6))
            .as(Frame::new);
    Arbitrary<CoreThread> threads =
        Combinators.combine(names, frames.list().ofMaxSize(6)).as(CoreThread::new);
    Arbitrary<Trap> traps =
        Combinators.combine(
                Arbitraries.of(TrapKind.class), names, Arbitraries.integers().between(-1, 9))
            .as(Trap::new);
    return Combinators.combine(
            names,
            names.map(CoreModule::new).list().ofMaxSize(4),
            instances.list().ofSize(INSTANCES),
            threads.list().ofMaxSize(3),
            globals().list().ofMaxSize(5),
            traps,
            Combinators.combine(names, names).as(Note::new).list().ofMaxSize(3))
        .as(Content::new);
  }

  private static Arbitrary<Value> values() {
    return Arbitraries.oneOf(
        Arbitraries.integers().map(Value.I32::new),
        Arbitraries.longs().map(Value.I64::new),
        // Bits, not floats: NaNs keep their payload.
        Arbitraries.integers().map(Value.F32::new),
        Arbitraries.of(0x7f800001, 0xffc12345, 0x7fc00000).map(Value.F32::new),
        Arbitraries.longs().map(Value.F64::new),
        Arbitraries.of(0x7ff0000000000001L, 0xfff8000000abcdefL).map(Value.F64::new),
        Arbitraries.just(Value.MISSING));
  }

  private static Arbitrary<CoreGlobal> globals() {
    return Arbitraries.oneOf(
        Arbitraries.integers().map(bits -> global(NumType.I32, new Value.I32(bits))),
        Arbitraries.longs().map(bits -> global(NumType.I64, new Value.I64(bits))),
        Arbitraries.integers().map(bits -> global(NumType.F32, new Value.F32(bits))),
        Arbitraries.longs().map(bits -> global(NumType.F64, new Value.F64(bits))),
        Arbitraries.longs().map(bits -> global(VecType.V128, new Value.V128(bits, ~bits))),
        Arbitraries.just(global(RefType.FUNCREF, new Value.NullRef(AbstractHeapType.FUNC))));
  }

  private static CoreGlobal global(dev.wasmortem.wasm.types.ValueType type, Value value) {
    return new CoreGlobal(new GlobalType(type, Mutability.CONST), value);
  }
}
