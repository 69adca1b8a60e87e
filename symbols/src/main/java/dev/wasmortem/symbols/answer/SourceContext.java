package dev.wasmortem.symbols.answer;

import dev.wasmortem.bytes.Printable;
import dev.wasmortem.symbols.SourcePaths;
import dev.wasmortem.symbols.SourcePosition;
import dev.wasmortem.symbols.answer.AnswerOptions.Feature;
import java.util.Optional;

/** Lines of the source around a place, as llvm-symbolizer prints them. */
final class SourceContext {
  private final SourcePaths sources;
  private final int lines;
  private final boolean escaped;

  SourceContext(SourcePaths sources, AnswerOptions options) {
    this.sources = sources;
    this.lines = options.contextLines();
    this.escaped = options.has(Feature.ESCAPE);
  }

  boolean isWanted() {
    return lines > 0;
  }

  /** Returns the lines, each with its number; nothing if the source is not here. */
  String around(SourcePosition at) {
    StringBuilder text = new StringBuilder();
    long first = Math.max(1, at.line() - lines / 2L);
    long last = first + lines - 1;
    int width = (int) Math.ceil(Math.log10((double) last));
    for (long line = first; line <= last && line <= Integer.MAX_VALUE; line++) {
      Optional<String> source = sources.line(at.file(), (int) line);
      if (source.isEmpty()) {
        break;
      }
      String number = Long.toString(line);
      text.append(" ".repeat(Math.max(0, width - number.length()))).append(number);
      text.append(line == at.line() ? " >: " : "  : ");
      text.append(escaped ? Printable.escape(source.get()) : source.get()).append('\n');
    }
    return text.toString();
  }
}
