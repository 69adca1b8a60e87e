package dev.wasmortem.cli;

import dev.wasmortem.bytes.Printable;
import dev.wasmortem.debug.DiffReport;
import dev.wasmortem.debug.NamedFrame;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
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
      item(item);
    }
    more(report.more(), "differences");
    report.memories().forEach(this::memory);
  }

  /** Names stand behind the path where both dumps have the same, else behind what differs. */
  private void item(DiffReport.Item item) {
    String left = names(item.leftFrames(), item);
    String right = names(item.rightFrames(), item);
    boolean same = left.equals(right);
    out.println(style.address(item.path()) + (same ? style.function(left) : ""));
    side("- ", item.left(), same ? "" : left);
    side("+ ", item.right(), same ? "" : right);
  }

  /** Returns the names of frames, safe to print, with what is before them. */
  private static String names(@Nullable List<NamedFrame> frames, DiffReport.Item item) {
    if (frames == null || frames.isEmpty()) {
      return "";
    }
    boolean both =
        item.leftFrames() != null
            && item.leftFrames().size() == 1
            && item.rightFrames() != null
            && item.rightFrames().size() == 1;
    String names =
        frames.stream()
            .map(frame -> " " + symbol(frame.label().orElse("func[" + frame.function() + "]")))
            .collect(Collectors.joining());
    String more = item.moreFrames() == null ? "" : " and " + item.moreFrames() + " more";
    return both ? names : "; only here:" + names + more;
  }

  private static String symbol(String name) {
    return "<" + Printable.escape(name) + ">";
  }

  private void side(String sign, @Nullable String text, String names) {
    if (text != null) {
      String line = sign + Printable.escape(text) + names;
      out.println(sign.startsWith("-") ? style.alarm(line) : style.file(line));
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
