package dev.wasmortem.coredump;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Diagnostic;

/** Asks a dump for all that it has, so that nothing lazy stays unread. */
final class Everything {
  private Everything() {}

  static void readStrictly(ByteSource source) {
    read(Coredump.read(source));
  }

  static void salvage(ByteSource source) {
    read(Coredump.salvage(source, Diagnostic.Sink.IGNORE));
  }

  static void read(Coredump dump) {
    dump.executableName();
    dump.modules();
    dump.instances();
    dump.threads();
    assertFalse(dump.dialect().evidence().isEmpty());
    assertFalse(dump.dialect().producerEvidence().isEmpty());
    assertFalse(dump.dialect().name().isEmpty());
    dump.globals();
    dump.trap();
    dump.notes();
    dump.process();
    dump.tables().forEach(table -> table.element(table.captured()));
    dump.regions();
    for (int i = 0; i < dump.modules().size(); i++) {
      dump.moduleBytes(i);
    }
    byte[] target = new byte[64];
    for (CoreMemory memory : dump.memories()) {
      long size = 0;
      for (MemoryRange range : memory.ranges()) {
        assertFalse(memory.reason(range.start()).isEmpty());
        assertEquals(size, range.start().value());
        size += range.length();
      }
      assertEquals(memory.size(), size);
      memory.bytesIn(MemoryState.CAPTURED);
      memory.read(new MemoryAddress(0), target, 0, 64);
      memory.read(new MemoryAddress(memory.size() - 32), target, 0, 64);
      memory.read(new MemoryAddress(-32), target, 0, 64);
    }
    dump.diagnostics().forEach(diagnostic -> assertFalse(diagnostic.message().isEmpty()));
  }
}
