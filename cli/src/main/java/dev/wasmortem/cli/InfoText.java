package dev.wasmortem.cli;

import dev.wasmortem.bytes.Printable;
import dev.wasmortem.debug.Report;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Prints what is in a dump, a heading a line and what it holds below. */
final class InfoText {
  /** Lines that tell of the dialect; what the others fail at is in JSON. */
  private static final int EVIDENCE = 1;

  private final PrintStream out;
  private final Style style;

  InfoText(PrintStream out, Style style) {
    this.out = out;
    this.style = style;
  }

  void print(Report report) {
    Report.Core core = report.core();
    line("core", Printable.escape(core.path()));
    line("size", bytes(core.size()) + (core.truncated() ? ", its end is missing" : ""));
    line("dialect", core.dialect());
    core.dialectEvidence().stream().limit(EVIDENCE).forEach(e -> line("", Printable.escape(e)));
    line("producer", core.producer());
    core.producerEvidence().forEach(e -> line("", Printable.escape(e)));
    Report.ProcessInfo process = report.process();
    line(
        "executable",
        process == null || process.name() == null ? "not told" : Printable.escape(process.name()));
    if (process != null) {
      process(process);
    }
    trap(report.trap());
    for (int i = 0; i < report.modules().size(); i++) {
      module(i, report.modules().get(i));
    }
    for (int i = 0; i < report.instances().size(); i++) {
      Report.Instance instance = report.instances().get(i);
      line(
          "instance " + i,
          "of module "
              + instance.module()
              + ", memories "
              + indices(instance.memories())
              + ", globals "
              + indices(instance.globals())
              + (instance.tables() == null ? "" : ", tables " + indices(instance.tables())));
    }
    if (report.memories() != null) {
      for (Report.Memory memory : report.memories()) {
        line(
            "memory " + memory.index(),
            Quantities.counted(memory.pages(), "page")
                + " of "
                + bytes(memory.pageSize())
                + ", "
                + bytes(memory.captured())
                + " in the dump");
        memory(memory);
      }
    }
    globals(report.globals());
    if (report.tables() != null) {
      for (Report.Table table : report.tables()) {
        line(
            "table " + table.index(),
            Long.toUnsignedString(table.size())
                + (table.size() == 1 ? " element of " : " elements of ")
                + table.type()
                + ", "
                + Long.toUnsignedString(table.captured())
                + " in the dump");
      }
    }
    for (int i = 0; i < report.threads().size(); i++) {
      Report.ThreadInfo thread = report.threads().get(i);
      line(
          "thread " + i,
          "\""
              + Printable.escape(thread.name())
              + "\", "
              + Quantities.counted(thread.frames().size(), "frame")
              + (thread.crashed() ? ", crashed" : ""));
    }
    for (Report.Note note : report.diagnostics()) {
      line("note", Printable.escape(note.message()));
    }
  }

  private void process(Report.ProcessInfo process) {
    if (process.arguments() != null) {
      line("arguments", Printable.escape(String.join(" ", process.arguments())));
    }
    if (process.environment() != null) {
      for (String variable : process.environment()) {
        line("environment", Printable.escape(variable));
      }
    }
    if (process.runtime() != null) {
      String version = process.runtimeVersion() == null ? "" : " " + process.runtimeVersion();
      line("runtime", Printable.escape(process.runtime() + version));
    }
    if (process.time() != null) {
      line("time", process.time());
    }
    if (process.host() != null) {
      String pid = process.pid() == null ? "" : ", process " + process.pid();
      line("host", Printable.escape(process.host()) + pid);
    }
  }

  private void memory(Report.Memory memory) {
    for (Report.StateInfo state : memory.states()) {
      if (!state.state().equals("captured")) {
        line("", bytes(state.bytes()) + " " + state.state().replace('-', ' '));
      }
    }
    if (memory.regions() != null) {
      for (Report.RegionInfo region : memory.regions()) {
        line(
            "",
            region.start()
                + " "
                + region.kind()
                + " \""
                + Printable.escape(region.label())
                + "\", "
                + bytes(region.length()));
      }
    }
  }

  private void trap(Report.@Nullable TrapInfo trap) {
    if (trap == null) {
      line("trap", "not told");
      return;
    }
    String message = trap.message();
    boolean saysNoMore = message == null || message.equals(trap.kind().replace('-', ' '));
    String more = saysNoMore ? "" : ": " + Printable.escape(String.valueOf(message));
    line("trap", style.alarm(trap.kind()) + more);
  }

  private void module(int index, Report.Module module) {
    line("module " + index, Printable.escape(module.name()));
    if (module.file() != null) {
      line("", "file " + Printable.escape(module.file()));
    }
    if (module.hash() != null) {
      line("", "SHA-256 " + module.hash());
    }
    if (module.buildId() != null) {
      line("", "build id " + module.buildId());
    }
    if (module.debugInfo() != null) {
      line("", module.debugInfo());
    }
  }

  private void globals(@Nullable List<Report.Value> globals) {
    if (globals == null) {
      return;
    }
    for (int i = 0; i < globals.size(); i++) {
      Report.Value value = globals.get(i);
      line(
          "global " + i,
          value.value() == null
              ? "<" + value.reason() + ">"
              : "(" + value.type() + ") " + value.value());
    }
  }

  private void line(String heading, String text) {
    out.println(style.heading(String.format(Locale.ROOT, "%-12s", heading)) + text);
  }

  private static String indices(List<@Nullable Integer> indices) {
    StringBuilder text = new StringBuilder("[");
    for (Integer index : indices) {
      text.append(text.length() == 1 ? "" : ", ").append(index == null ? "not dumped" : index);
    }
    return text.append(']').toString();
  }

  private static String bytes(long count) {
    return Quantities.counted(count, "byte");
  }
}
