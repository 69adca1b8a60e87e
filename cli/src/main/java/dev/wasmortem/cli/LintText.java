package dev.wasmortem.cli;

import dev.wasmortem.bytes.Printable;
import dev.wasmortem.debug.LintReport;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.Map;

/** Prints findings the way compilers do, a line each: place, severity, message, code. */
final class LintText {
  private final PrintStream out;
  private final Style style;

  LintText(PrintStream out, Style style) {
    this.out = out;
    this.style = style;
  }

  /**
   * @param modules how many modules the dump has
   * @param known how many of them it was checked against
   */
  void print(LintReport report, int modules, int known) {
    String core = Printable.escape(report.core());
    Map<String, Long> listed = new HashMap<>();
    for (LintReport.Item item : report.findings()) {
      out.println(
          core
              + "+"
              + style.address("0x" + Long.toHexString(item.offset()))
              + " ("
              + item.production()
              + "): "
              + severity(item.severity())
              + ": "
              + Printable.escape(item.message())
              + " ["
              + item.code()
              + "]");
      long more = report.counts().getOrDefault(item.code(), 0L) - LintReport.LISTED;
      if (listed.merge(item.code(), 1L, Long::sum) == LintReport.LISTED && more > 0) {
        out.println(style.faint(more + " more [" + item.code() + "]"));
      }
    }
    if (known < modules) {
      out.println(
          style.faint(
              "not checked: functions, code offsets and locals of "
                  + (known == 0 ? "" : (modules - known) + " of ")
                  + Quantities.counted(modules, "module")
                  + "; name the files with -m"));
    }
    out.println(summary(report));
  }

  private String severity(String severity) {
    return switch (severity) {
      case "error" -> style.alarm(severity);
      case "warning" -> style.warning(severity);
      default -> style.faint(severity);
    };
  }

  private static String summary(LintReport report) {
    long errors = report.findings().stream().filter(i -> i.severity().equals("error")).count();
    String dialect = "dialect " + report.dialect() + ", producer " + report.producer() + ": ";
    if (report.conformant()) {
      return dialect + "keeps the convention";
    }
    long findings = report.counts().values().stream().mapToLong(Long::longValue).sum();
    return dialect
        + Quantities.counted(findings, "finding")
        + " of "
        + Quantities.counted(report.counts().size(), "kind")
        + (errors == 0 ? ", no error" : "");
  }
}
