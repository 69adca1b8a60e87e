package dev.wasmortem.debug;

import dev.wasmortem.coredump.CoreInstance;
import dev.wasmortem.coredump.CoreMemory;
import dev.wasmortem.coredump.CoreTable;
import dev.wasmortem.coredump.Coredump;
import dev.wasmortem.coredump.HostFrame;
import dev.wasmortem.coredump.MemoryFault;
import dev.wasmortem.coredump.MemoryState;
import dev.wasmortem.coredump.ProcessInfo;
import dev.wasmortem.coredump.Region;
import dev.wasmortem.coredump.Trap;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The parts of a report that need nothing but the dump. */
final class DumpInfo {
  private DumpInfo() {}

  static Optional<Report.ProcessInfo> process(Coredump dump) {
    if (dump.executableName().isEmpty() && dump.process().isEmpty()) {
      return Optional.empty();
    }
    ProcessInfo process = dump.process().orElseGet(() -> ProcessInfo.builder().build());
    return Optional.of(
        new Report.ProcessInfo(
            dump.executableName().orElse(null),
            process.arguments().orElse(null),
            process.environment().orElse(null),
            process.runtime().orElse(null),
            process.runtimeVersion().orElse(null),
            process.host().orElse(null),
            process.time().map(Instant::toString).orElse(null),
            process.pid().isPresent() ? (Long) process.pid().getAsLong() : null));
  }

  static Report.TrapInfo trap(Trap trap) {
    Integer thread = trap.thread() == Trap.NO_THREAD ? null : trap.thread();
    Integer frame = trap.frame() == Trap.NO_FRAME ? null : trap.frame();
    List<Report.ExceptionInfo> exceptions =
        trap.exceptions().stream()
            .map(e -> new Report.ExceptionInfo(e.className(), e.message()))
            .toList();
    return new Report.TrapInfo(
        trap.kind().id(),
        trap.message().isEmpty() ? null : trap.message(),
        trap.kind().explanation(),
        thread,
        frame == null && thread != null ? Integer.valueOf(0) : frame,
        trap.memoryFault().map(DumpInfo::fault).orElse(null),
        trap.operands().isEmpty() ? null : trap.operands().stream().map(ValueText::of).toList(),
        exceptions.isEmpty() ? null : exceptions);
  }

  private static Report.Fault fault(MemoryFault fault) {
    Integer memory = fault.memory() == CoreInstance.NOT_DUMPED ? null : fault.memory();
    return new Report.Fault(memory, fault.address().toString());
  }

  static Report.Memory memory(CoreMemory memory, List<Region> regions) {
    List<Report.StateInfo> states = new ArrayList<>();
    for (MemoryState state : MemoryState.values()) {
      long bytes = memory.bytesIn(state);
      if (bytes > 0) {
        states.add(new Report.StateInfo(DiffReport.state(state), bytes));
      }
    }
    List<Report.RegionInfo> own =
        regions.stream()
            .filter(region -> region.memory() == memory.index())
            .map(
                r ->
                    new Report.RegionInfo(
                        r.kind().id(), r.label(), r.start().toString(), r.length()))
            .toList();
    long pageSize = memory.type().pageSize();
    return new Report.Memory(
        memory.index(),
        memory.size() / pageSize,
        pageSize,
        memory.bytesIn(MemoryState.CAPTURED) + memory.bytesIn(MemoryState.REDACTED),
        states,
        own.isEmpty() ? null : own);
  }

  static List<Report.Table> tables(List<CoreTable> tables) {
    List<Report.Table> all = new ArrayList<>();
    for (CoreTable table : tables) {
      all.add(
          new Report.Table(
              all.size(), table.type().element().toString(), table.size(), table.captured()));
    }
    return all;
  }

  static @Nullable List<Report.HostFrameInfo> hostFrames(List<HostFrame> frames) {
    return frames.isEmpty()
        ? null
        : frames.stream()
            .map(frame -> new Report.HostFrameInfo(frame.position(), frame.description()))
            .toList();
  }
}
