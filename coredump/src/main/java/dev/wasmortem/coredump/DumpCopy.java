package dev.wasmortem.coredump;

import dev.wasmortem.coredump.write.GlobalEncoder;
import dev.wasmortem.coredump.write.WriterLimits;
import dev.wasmortem.wasm.Section;
import java.util.ArrayList;
import java.util.List;

/** Gives a writer all that a dump holds, as the reader understood it. */
final class DumpCopy {
  private DumpCopy() {}

  static CoredumpWriter of(Coredump dump, WriterOptions options, DumpEdit edit) {
    CoredumpWriter writer = new CoredumpWriter(options);
    writer.executableName(edit.executableName(dump.executableName().orElse("")));
    edit.modules(dump.modules()).forEach(writer::addModule);
    edit.instances(dump.instances()).forEach(writer::addInstance);
    edit.threads(dump.threads()).forEach(writer::addThread);
    List<MemoryDraft> memories = dump.memories().stream().map(DumpCopy::draft).toList();
    edit.memories(memories).forEach(writer::addMemory);
    for (CoreGlobal global : edit.globals(dump.globals().stream().map(DumpCopy::typed).toList())) {
      writer.addGlobal(global.type(), global.value());
    }
    edit.tables(dump.tables()).forEach(writer::addTable);
    edit.regions(dump.regions()).forEach(writer::addRegion);
    Trap trap = edit.trap(dump.trap().orElse(null));
    if (trap != null) {
      writer.trap(trap);
    }
    ProcessInfo process = edit.process(dump.process().orElse(null));
    if (process != null) {
      writer.process(process);
    }
    edit.notes(dump.notes()).forEach(writer::note);
    for (int i = 0; i < dump.modules().size(); i++) {
      int module = i;
      dump.moduleBytes(module)
          .filter(file -> file.size() <= WriterLimits.MODULE_BYTES)
          .flatMap(file -> edit.moduleBytes(module, file))
          .ifPresent(file -> writer.moduleBytes(module, file));
    }
    for (Section section : dump.binary().sections()) {
      if (SectionNames.isForeign(section)) {
        edit.foreignSection(section.name(), section.payload())
            .ifPresent(payload -> writer.foreignSection(section.name(), payload));
      }
    }
    return writer;
  }

  /** A value that is not of its global's type is as good as missing. */
  private static CoreGlobal typed(CoreGlobal global) {
    return GlobalEncoder.isTyped(global) ? global : new CoreGlobal(global.type(), Value.MISSING);
  }

  private static MemoryDraft draft(CoreMemory memory) {
    long size = memory.size();
    MemorySource source =
        new MemorySource() {
          @Override
          public long size() {
            return size;
          }

          @Override
          public List<AddressRange> parts() {
            return memory.stored();
          }

          @Override
          public void read(MemoryAddress address, byte[] target, int offset, int length) {
            memory.read(address, target, offset, length);
          }
        };
    List<MemoryRange> states = new ArrayList<>();
    for (MemoryRange range : memory.ranges()) {
      if (range.state() != MemoryState.CAPTURED && range.state() != MemoryState.KNOWN_ZERO) {
        states.add(range);
      }
    }
    return new MemoryDraft(memory.type(), source, MemorySelection.all().states(states));
  }
}
