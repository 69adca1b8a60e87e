package dev.wasmortem.capture.endive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.wasmortem.coredump.HostException;
import dev.wasmortem.coredump.MemoryAddress;
import dev.wasmortem.coredump.MemoryFault;
import dev.wasmortem.coredump.Trap;
import dev.wasmortem.coredump.TrapKind;
import dev.wasmortem.coredump.Value;
import dev.wasmortem.testkit.ConventionReader.Activation;
import dev.wasmortem.testkit.ConventionReader.Dump;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import run.endive.runtime.Instance;

/** Every way to trap: kind, place and operands, as counted by hand in traps.wat. */
class TrapsTest {
  private final Session session = new Session();

  @ParameterizedTest
  @CsvSource({
    "unreachable, 2, 3, UNREACHABLE, i32:7",
    "div_s, 3, 5, INTEGER_DIVIDE_BY_ZERO, i32:5 i32:0",
    "rem_u, 4, 5, INTEGER_DIVIDE_BY_ZERO, i64:-5 i64:0",
    "overflow, 5, 9, INTEGER_OVERFLOW, i32:-2147483648 i32:-1",
    "trunc_large, 6, 6, INTEGER_OVERFLOW, f32:0x60ad78ec",
    "trunc_nan, 7, 10, INVALID_CONVERSION_TO_INTEGER, f64:0x7ff4000000000001",
    "load, 8, 5, OUT_OF_BOUNDS_MEMORY_ACCESS, i32:65534",
    "load_negative, 9, 3, OUT_OF_BOUNDS_MEMORY_ACCESS, i32:-1",
    "store, 10, 7, OUT_OF_BOUNDS_MEMORY_ACCESS, i32:65532 i64:17",
    "vector_load, 11, 5, OUT_OF_BOUNDS_MEMORY_ACCESS, i32:65532",
    "copy, 12, 10, OUT_OF_BOUNDS_MEMORY_ACCESS, i32:0 i32:65000 i32:1000",
    "fill, 13, 10, OUT_OF_BOUNDS_MEMORY_ACCESS, i32:65000 i32:1 i32:1000",
    "init, 14, 7, OUT_OF_BOUNDS_MEMORY_ACCESS, i32:0 i32:2 i32:5",
    "table_get, 15, 4, OUT_OF_BOUNDS_TABLE_ACCESS, i32:99",
    "table_get_extern, 16, 4, OUT_OF_BOUNDS_TABLE_ACCESS, i32:99",
    "table_set, 17, 6, OUT_OF_BOUNDS_TABLE_ACCESS, i32:99 missing",
    "table_copy, 18, 7, OUT_OF_BOUNDS_TABLE_ACCESS, i32:0 i32:2 i32:9",
    "table_init, 19, 7, OUT_OF_BOUNDS_TABLE_ACCESS, i32:0 i32:0 i32:5",
    "undefined, 20, 6, UNDEFINED_ELEMENT, i32:-51 i32:99",
    "uninitialized, 21, 5, UNINITIALIZED_ELEMENT, i32:-51 i32:3",
    "mismatch, 22, 5, INDIRECT_CALL_TYPE_MISMATCH, i32:-51 i32:0",
  })
  void trap(String export, int function, int offset, TrapKind kind, String operands) {
    Instance instance = session.instance("traps/traps");
    Dump dump = session.dumpOf(() -> instance.export(export).apply());
    List<Activation> frames = dump.threads().get(0).frames();
    assertEquals(
        List.of(new Activation(0, function, offset, List.of(), List.of(operands.split(" ")))),
        frames);
    Trap trap = session.core().trap().orElseThrow();
    assertEquals(kind, trap.kind());
    assertEquals(0, trap.thread());
    assertFalse(trap.message().isEmpty());
    assertEquals("traps.wasm", dump.executable());
    assertEquals(List.of("traps"), dump.modules());
    assertEquals(Thread.currentThread().getName(), dump.threads().get(0).name());
  }

  /** Addresses from faults.wat. */
  @ParameterizedTest
  @CsvSource({
    "far, 0, 0x100000010",
    "straddling, 0, 65529",
    "second, 1, 65540",
    "copy_to, 1, 65001",
    "copy_from, 1, 65002",
    "fill, 1, 0xffffffff",
  })
  void theAddressOfAFault(String export, int memory, String address) {
    Instance instance = session.instance("faults/faults");
    session.dumpOf(() -> instance.export(export).apply());
    Trap trap = session.core().trap().orElseThrow();
    assertEquals(
        new MemoryFault(memory, new MemoryAddress(Long.decode(address))),
        trap.memoryFault().orElseThrow());
    assertEquals(0, trap.frame());
  }

  @Test
  void theDetailsOfATrap() {
    Instance instance = session.instance("traps/traps");
    session.dumpOf(() -> instance.export("store").apply());
    Trap store = session.core().trap().orElseThrow();
    assertEquals(List.of(new Value.I32(65532), new Value.I64(17)), store.operands());
    assertEquals(
        List.of(new HostException("run.endive.runtime.WasmRuntimeException", store.message())),
        store.exceptions());
    session.dumpOf(() -> instance.export("again").apply());
    Trap divide = session.core().trap().orElseThrow();
    assertEquals(List.of(new Value.I32(8), new Value.I32(0)), divide.operands());
    assertEquals(Optional.empty(), divide.memoryFault());
    // A segment that is too short is no fault of the memory's.
    session.dumpOf(() -> instance.export("init").apply());
    assertEquals(Optional.empty(), session.core().trap().orElseThrow().memoryFault());
  }

  /** A trap leaves its operands on Endive's stack: those of the next run lie above them. */
  @Test
  void anInstanceThatTrappedBefore() {
    Instance instance = session.instance("traps/traps");
    for (int run = 0; run < 3; run++) {
      Dump dump = session.dumpOf(() -> instance.export("again").apply());
      assertEquals(
          List.of(
              new Activation(0, 24, 7, List.of("i32:8", "i64:0"), List.of("i32:8", "i32:0")),
              new Activation(0, 23, 5, List.of(), List.of("i32:9"))),
          dump.threads().get(0).frames());
    }
  }

  @Test
  void memoryIsAsTheTrapFoundIt() {
    Instance instance = session.instance("traps/traps");
    instance.memory().writeByte(100, (byte) 42);
    instance.memory().grow(1);
    Dump dump = session.dumpOf(() -> instance.export("unreachable").apply());
    assertEquals(1, dump.memories().size());
    assertEquals(2, dump.memories().get(0).pages());
    assertEquals(2, dump.memories().get(0).maximum());
    assertEquals(1, dump.memories().get(0).captured());
    assertEquals(42, dump.memories().get(0).read(100, 1)[0]);
  }
}
