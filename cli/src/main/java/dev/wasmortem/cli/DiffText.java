package dev.wasmortem.cli;

import dev.wasmortem.bytes.Printable;
import dev.wasmortem.debug.DiffReport;
import java.io.PrintStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Prints differences as diff does: {@code -} what only the first dump has, {@code +} what only the
 * second.
 */
final class DiffText {
  private final PrintStream out;
  private final Style style;

  DiffText(PrintStream out, Style style) {
    this.out = out;
    this.style = style;
  }

  void print(DiffReport report) {
    if (report.same()) {
      return;
    }
    out.println(style.heading("--- " + Printable.escape(report.left())));
    out.println(style.heading("+++ " + Printable.escape(report.right())));
    for (DiffReport.Item item : report.differences()) {
      out.println(style.address(item.path()));
      side("- ", item.left());
      side("+ ", item.right());
    }
    more(report.more(), "differences");
    report.memories().forEach(this::memory);
  }

  private void side(String sign, @Nullable String text) {
    if (text != null) {
      out.println(
          sign.startsWith("-")
              ? style.alarm(sign + Printable.escape(text))
              : style.file(sign + Printable.escape(text)));
    }
  }

  private void memory(DiffReport.Memory memory) {
    out.println(
        style.heading(
            String.format(
                Locale.ROOT,
                "memory %d: %,d bytes differ, the states of %,d",
                memory.index(),
                memory.bytes(),
                memory.stateBytes())));
    for (DiffReport.Range range : memory.ranges()) {
      String what =
          range.kind().equals("states")
              ? range.left() + " | " + range.right()
              : String.format(Locale.ROOT, "%,d of %,d bytes", range.bytes(), range.length());
      long end = Long.decode(range.start()) + range.length();
      out.println(
          "  " + style.address(range.start() + "..0x" + Long.toHexString(end)) + "  " + what);
    }
    more(memory.more(), "ranges");
  }

  private void more(@Nullable Long count, String what) {
    if (count != null) {
      out.println(style.faint(count + " more " + what));
    }
  }
}
