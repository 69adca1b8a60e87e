package dev.wasmortem.capture.endive;

import static dev.wasmortem.wasm.types.AbstractHeapType.EXTERN;
import static dev.wasmortem.wasm.types.AbstractHeapType.FUNC;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.wasmortem.coredump.CoreTable;
import dev.wasmortem.coredump.CoreTable.Run;
import dev.wasmortem.coredump.Coredump;
import dev.wasmortem.coredump.Frame;
import dev.wasmortem.coredump.Value;
import dev.wasmortem.wasm.types.HeapType;
import dev.wasmortem.wasm.types.RefType;
import java.util.List;
import org.junit.jupiter.api.Test;
import run.endive.runtime.Instance;
import run.endive.runtime.Store;

/** Tables and references, as tables.wat and user.wat have them. */
class TablesTest {
  private static final Value.Reference NULL = new Value.NullRef(FUNC);
  private static final Value.Reference A = new Value.FuncRef(FUNC, 0, 0);
  private static final Value.Reference B = new Value.FuncRef(FUNC, 0, 1);
  private static final Value.Reference HOST_NULL = new Value.NullRef(EXTERN);
  private static final Value.Reference HOST_OBJECT = new Value.OpaqueRef(EXTERN);

  private final Session session = new Session();
  private final Instance instance = session.instance("tables/tables");

  private Coredump dump() {
    session.dumpOf(() -> instance.export("fail").apply(1));
    return session.core();
  }

  private void putObject() {
    instance.export("put").applyWithRefs(new long[1], new Object[] {"an object of the host"});
  }

  @Test
  void elementsAreGivenInRuns() {
    Coredump dump = dump();
    assertEquals(List.of(0, 1), dump.instances().get(0).tables());
    CoreTable functions = dump.tables().get(0);
    assertEquals(RefType.FUNCREF, functions.type().element());
    assertEquals(6, functions.size());
    assertEquals(6, functions.type().limits().min());
    assertEquals(10, functions.type().limits().max().orElseThrow());
    assertEquals(
        List.of(new Run(1, NULL), new Run(2, A), new Run(1, B), new Run(2, NULL)),
        functions.runs());
    CoreTable objects = dump.tables().get(1);
    assertEquals(RefType.EXTERNREF, objects.type().element());
    assertEquals(List.of(new Run(3, HOST_NULL)), objects.runs());
  }

  @Test
  void objectsOfTheHostAreOpaque() {
    putObject();
    assertEquals(
        List.of(new Run(1, HOST_NULL), new Run(1, HOST_OBJECT), new Run(1, HOST_NULL)),
        dump().tables().get(1).runs());
  }

  @Test
  void aTableHasTheSizeThatItGrewTo() {
    instance.export("grow").apply();
    CoreTable table = dump().tables().get(0);
    assertEquals(8, table.size());
    assertEquals(new Run(2, B), table.runs().get(4));
  }

  @Test
  void aSharedTableIsThereOnce() {
    Store store = new Store();
    store.register("tables", instance);
    session.instance("tables/user", store.toImportValues());
    Coredump dump = dump();
    assertEquals(2, dump.tables().size());
    assertEquals(List.of(0, 1), dump.instances().get(0).tables());
    assertEquals(List.of(0), dump.instances().get(1).tables());
    Value.Reference own = new Value.FuncRef(FUNC, 1, 0);
    assertEquals(own, dump.tables().get(0).element(0));
    assertEquals(A, dump.tables().get(0).element(1));
  }

  @Test
  void referencesInFrames() {
    putObject();
    Frame frame = dump().threads().get(0).frames().get(0);
    assertEquals(List.of(new Value.I32(1), B, NULL), frame.locals());
    // Validation knows the type of ref.func's result: the module's first.
    Value.Reference typed = new Value.FuncRef(new HeapType.TypeIndex(0), 0, 0);
    assertEquals(List.of(typed, NULL, HOST_OBJECT, HOST_NULL), frame.stack());
  }
}
