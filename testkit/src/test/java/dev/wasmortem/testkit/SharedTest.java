package dev.wasmortem.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;

final class SharedTest {
  @Test
  void everyWasmtimeDumpHasItsModuleAndFrames() {
    assertEquals(70, Shared.wasmtimeDumps().size());
    for (CorpusDump dump : Shared.wasmtimeDumps()) {
      assertFalse(dump.log().frames().isEmpty(), dump::toString);
      assertFalse(dump.log().trap().isEmpty(), dump::toString);
    }
  }

  @Test
  void aLogIsReadAsItStands() {
    WasmtimeLog log = WasmtimeLog.read(Shared.corpus("dumps/wasmtime48/wat/user.log"));
    assertEquals("wasm trap: integer divide by zero", log.trap());
    assertEquals(new WasmtimeLog.Frame(0, "checked_div", 12, 86), log.frames().get(0));
    assertEquals(new WasmtimeLog.Frame(2, null, 8, 150), log.frames().get(2));
  }
}
