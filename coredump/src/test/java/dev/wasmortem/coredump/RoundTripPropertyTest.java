package dev.wasmortem.coredump;

import static dev.wasmortem.coredump.ModelArbitraries.modules;
import static dev.wasmortem.coredump.ModelArbitraries.names;
import static dev.wasmortem.coredump.ModelArbitraries.threads;
import static dev.wasmortem.coredump.ModelArbitraries.traps;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wasmortem.testkit.ConventionReader;
import dev.wasmortem.wasm.types.AbstractHeapType;
import dev.wasmortem.wasm.types.GlobalType;
import dev.wasmortem.wasm.types.Mutability;
import dev.wasmortem.wasm.types.NumType;
import dev.wasmortem.wasm.types.RefType;
import dev.wasmortem.wasm.types.VecType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Reading what was written gives what was written, bit by bit. */
final class RoundTripPropertyTest {
  static final int INSTANCES = 4;

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
    assertEquals(Optional.of(content.process), dump.process());
    assertEquals(content.tables, dump.tables());
    assertEquals(content.regions, dump.regions());
    assertEquals(content.notes, dump.notes().subList(0, content.notes.size()));
    assertTrue(
        dump.diagnostics().stream().allMatch(found -> found.code().equals("dialect-ambiguous")),
        () -> dump.diagnostics().toString());
    assertTrue(dump.dialect().isConvention());

    assertArrayEquals(bytes, Dumps.written(content.writer()));
    assertArrayEquals(
        bytes, Dumps.written(CoredumpWriter.copyOf(dump, WriterOptions.DEFAULT)), "a copy");

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
      ProcessInfo process,
      List<CoreTable> tables,
      List<Region> regions,
      List<Note> notes) {
    CoredumpWriter writer() {
      CoredumpWriter writer =
          new CoredumpWriter().executableName(executable).trap(trap).process(process);
      // That regions and the trap name.
      writer.addMemory(Dumps.bytewise(), Dumps.memory(new byte[] {1, 0, 2}));
      tables.forEach(writer::addTable);
      regions.forEach(writer::addRegion);
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
    Arbitrary<CoreInstance> instances =
        Combinators.combine(
                Arbitraries.integers().between(0, 3),
                indices(),
                Arbitraries.integers().between(-1, 9).list().ofMaxSize(3))
            .as(
                (module, globals, tables) ->
                    new CoreInstance(
                        module, List.of(-1), globals.stream().map(i -> -1).toList(), tables));
    return Combinators.combine(
            Combinators.combine(names(), modules().list().ofMaxSize(4)).as(Map::entry),
            instances.list().ofSize(INSTANCES),
            threads().list().ofMaxSize(3),
            globals().list().ofMaxSize(5),
            traps(),
            ModelArbitraries.processes(),
            Combinators.combine(
                    ModelArbitraries.tables().list().ofMaxSize(3),
                    ModelArbitraries.regions().list().ofMaxSize(3))
                .as(Map::entry),
            Combinators.combine(names(), names()).as(Note::new).list().ofMaxSize(3))
        .as(
            (program, all, threads, globals, trap, process, memory, notes) ->
                new Content(
                    program.getKey(),
                    program.getValue(),
                    all,
                    threads,
                    globals,
                    trap,
                    process,
                    memory.getKey(),
                    memory.getValue(),
                    notes));
  }

  private static Arbitrary<List<Integer>> indices() {
    return Arbitraries.integers().between(-1, 3).list().ofMaxSize(4);
  }

  private static Arbitrary<CoreGlobal> globals() {
    return Arbitraries.oneOf(
        Arbitraries.integers().map(bits -> global(NumType.I32, new Value.I32(bits))),
        Arbitraries.longs().map(bits -> global(NumType.I64, new Value.I64(bits))),
        Arbitraries.integers().map(bits -> global(NumType.F32, new Value.F32(bits))),
        Arbitraries.longs().map(bits -> global(NumType.F64, new Value.F64(bits))),
        Arbitraries.longs().map(bits -> global(VecType.V128, new Value.V128(bits, ~bits))),
        Arbitraries.of(
                new Value.NullRef(AbstractHeapType.FUNC),
                new Value.FuncRef(AbstractHeapType.FUNC, 1, 2),
                new Value.OpaqueRef(AbstractHeapType.FUNC))
            .map(reference -> global(RefType.FUNCREF, reference)),
        Arbitraries.just(global(RefType.EXTERNREF, Value.MISSING)));
  }

  private static CoreGlobal global(dev.wasmortem.wasm.types.ValueType type, Value value) {
    return new CoreGlobal(new GlobalType(type, Mutability.CONST), value);
  }
}
