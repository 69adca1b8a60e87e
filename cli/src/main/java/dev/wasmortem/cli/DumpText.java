package dev.wasmortem.cli;

import dev.wasmortem.bytes.Printable;
import dev.wasmortem.coredump.CoreMemory;
import dev.wasmortem.coredump.CoreTable;
import dev.wasmortem.coredump.CoreThread;
import dev.wasmortem.coredump.Coredump;
import dev.wasmortem.coredump.Frame;
import dev.wasmortem.coredump.HostFrame;
import dev.wasmortem.coredump.MemoryAddress;
import dev.wasmortem.coredump.MemoryRange;
import dev.wasmortem.coredump.Region;
import dev.wasmortem.coredump.Value;
import dev.wasmortem.coredump.inspect.HexDump;
import dev.wasmortem.coredump.inspect.InstanceText;
import dev.wasmortem.coredump.inspect.SectionRow;
import dev.wasmortem.coredump.inspect.SegmentRow;
import dev.wasmortem.coredump.inspect.ValueText;
import dev.wasmortem.debug.PostMortem;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Prints the parts of a dump in tables, as objdump and readelf do. */
final class DumpText {
  /** How many ranges of a memory are printed. */
  private static final int RANGES = 1000;

  /** What can be printed. */
  enum Part {
    HEADERS,
    INSTANCES,
    FRAMES,
    SEGMENTS,
    REGIONS
  }

  private final PostMortem session;
  private final Coredump dump;
  private final PrintStream out;
  private final Style style;

  DumpText(PostMortem session, PrintStream out, Style style) {
    this.session = session;
    this.dump = session.dump();
    this.out = out;
    this.style = style;
  }

  void print(Set<Part> parts) {
    for (Part part : parts) {
      switch (part) {
        case HEADERS -> headers();
        case INSTANCES -> instances();
        case FRAMES -> frames();
        case SEGMENTS -> segments();
        case REGIONS -> regions();
      }
    }
  }

  private void heading(String text) {
    out.println();
    out.println(style.heading(text));
  }

  private void headers() {
    out.println(
        Printable.escape(dump.source().name())
            + ": core dump, "
            + dump.source().size()
            + " bytes, dialect "
            + dump.dialect().name()
            + ", producer "
            + dump.dialect().producer().label());
    heading("Sections:");
    out.println(style.faint("Idx Id      Offset     Payload        Size  Name"));
    for (SectionRow row : SectionRow.of(dump)) {
      out.println(
          String.format(
              Locale.ROOT,
              "%3d %2d  0x%08x  0x%08x  %10d  %s%s",
              row.index(),
              row.id().code(),
              row.start().value(),
              row.payload().value(),
              row.size(),
              Printable.escape(row.title()),
              row.missing() == 0 ? "" : ", " + row.missing() + " more bytes are missing"));
    }
  }

  private void instances() {
    heading("Modules:");
    for (int i = 0; i < dump.modules().size(); i++) {
      out.println(String.format(Locale.ROOT, "%3d  ", i) + name(dump.modules().get(i).name()));
    }
    heading("Instances:");
    for (int i = 0; i < dump.instances().size(); i++) {
      out.println(
          String.format(Locale.ROOT, "%3d  ", i) + InstanceText.text(dump.instances().get(i)));
    }
    if (!dump.globals().isEmpty()) {
      heading("Globals:");
    }
    for (int i = 0; i < dump.globals().size(); i++) {
      out.println(
          String.format(Locale.ROOT, "%3d  ", i)
              + dump.globals().get(i).type()
              + " = "
              + ValueText.text(dump.globals().get(i).value()));
    }
    if (!dump.tables().isEmpty()) {
      heading("Tables:");
    }
    for (int i = 0; i < dump.tables().size(); i++) {
      table(i, dump.tables().get(i));
    }
  }

  private void table(int index, CoreTable table) {
    out.println(
        String.format(Locale.ROOT, "%3d  ", index)
            + Long.toUnsignedString(table.size())
            + " elements of "
            + table.type().element());
    long at = 0;
    for (CoreTable.Run run : table.runs()) {
      String last = run.count() == 1 ? "" : ".." + (at + run.count() - 1);
      out.println("       " + at + last + ": " + ValueText.text(run.element()));
      at += run.count();
    }
  }

  private void frames() {
    for (int i = 0; i < dump.threads().size(); i++) {
      CoreThread thread = dump.threads().get(i);
      heading("Thread " + i + " " + name(thread.name()) + ":");
      for (int j = 0; j <= thread.frames().size(); j++) {
        for (HostFrame host : thread.hostFrames()) {
          if (host.position() == j) {
            out.println("     host " + Printable.escape(host.description()));
          }
        }
        if (j < thread.frames().size()) {
          frame(j, thread.frames().get(j));
        }
      }
    }
  }

  private void frame(int index, Frame frame) {
    String name =
        session
            .named(index, frame)
            .label()
            .map(label -> " " + style.function("<" + Printable.escape(label) + ">"))
            .orElse("");
    out.println(
        String.format(
                Locale.ROOT,
                "%3d  instance %d function %d",
                index,
                frame.instance(),
                frame.function())
            + name
            + " offset "
            + style.address("0x" + Integer.toHexString(frame.codeOffset().value())));
    values("locals", frame.locals());
    values("stack", frame.stack());
  }

  private void values(String what, List<Value> values) {
    if (!values.isEmpty()) {
      out.println(
          values.stream()
              .map(ValueText::typed)
              .collect(Collectors.joining(", ", "       " + what + " ", "")));
    }
  }

  private void segments() {
    heading("Segments:");
    out.println(style.faint("  Index Mem  Address             Length      Offset"));
    SegmentRow.of(
        dump,
        row ->
            out.println(
                String.format(
                    Locale.ROOT,
                    "%7d %3d  %-12s %13d  0x%08x",
                    row.index(),
                    row.memory(),
                    row.address() == null ? "?" : row.address(),
                    row.length(),
                    row.bytes().value())));
  }

  private void regions() {
    for (CoreMemory memory : dump.memories()) {
      heading(
          "Memory "
              + memory.index()
              + ": "
              + memory.size()
              + " bytes, "
              + memory.type().addressType().toString().toLowerCase(Locale.ROOT));
      List<MemoryRange> ranges = memory.ranges();
      for (MemoryRange range : ranges.subList(0, Math.min(RANGES, ranges.size()))) {
        line(range.start(), range.length(), words(range.state().name()));
      }
      if (ranges.size() > RANGES) {
        out.println(style.faint("  " + (ranges.size() - RANGES) + " more ranges"));
      }
      for (Region region : dump.regions()) {
        if (region.memory() == memory.index()) {
          line(
              region.start(),
              region.length(),
              "region " + region.kind().id() + " " + name(region.label()));
        }
      }
    }
  }

  private void line(MemoryAddress start, long length, String text) {
    out.println(
        "  "
            + style.address(start + ".." + start.plus(length))
            + String.format(Locale.ROOT, "  %,d bytes  ", length)
            + text);
  }

  private static String words(String constant) {
    return constant.toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String name(String name) {
    return "\"" + Printable.escape(name) + "\"";
  }

  void bytes(CoreMemory memory, MemoryAddress start, long length) {
    HexDump.of(memory).print(start, length, out::println);
  }
}
