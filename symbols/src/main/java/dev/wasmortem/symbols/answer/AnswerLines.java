package dev.wasmortem.symbols.answer;

import dev.wasmortem.symbols.answer.AnswerOptions.Feature;
import dev.wasmortem.symbols.answer.AnswerOptions.Style;
import dev.wasmortem.symbols.answer.Answers.Found;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;

/**
 * Answers one line after the other, with what the style wants between the answers. Safe for use by
 * several threads.
 */
final class AnswerLines {
  private final Supplier<Reader> readers;
  private final Style style;
  private final boolean indent;

  /** Reads and answers lines. Not safe for use by several threads. */
  @FunctionalInterface
  interface Reader {
    /** Appends the answer to a line of bytes; returns whether something was found. */
    boolean answer(byte[] line, int from, int to, AnswerText out);
  }

  AnswerLines(AnswerOptions options, Supplier<Reader> readers) {
    this.readers = readers;
    this.style = options.style();
    this.indent = style == Style.LLVM_JSON && options.has(Feature.PRETTY);
  }

  /** Answers all of {@code questions}; in llvm-symbolizer's JSON, as one array. */
  Found answer(List<String> questions, OutputStream out) throws IOException {
    AnswerText text = new AnswerText();
    Reader reader = readers.get();
    boolean list = style == Style.LLVM_JSON;
    boolean found = questions.isEmpty();
    for (int i = 0; i < questions.size(); i++) {
      byte[] bytes = questions.get(i).getBytes(StandardCharsets.UTF_8);
      if (list) {
        text.ascii(i == 0 ? '[' : ',');
      }
      found |= reader.answer(bytes, 0, bytes.length, text);
      if (style == Style.JSON) {
        text.ascii('\n');
      }
    }
    if (list) {
      text.utf8(questions.isEmpty() ? "[]" : "]");
      text = indented(text).ascii('\n');
    }
    text.writeTo(out);
    return found ? Found.SOMETHING : Found.NOTHING;
  }

  /** Answers the lines of bytes 0 to {@code end}; returns whether something was found. */
  boolean answer(byte[] lines, int end, AnswerText out) {
    Reader reader = readers.get();
    boolean json = style == Style.JSON || style == Style.LLVM_JSON;
    boolean found = false;
    for (int from = 0; from < end; ) {
      int to = from;
      while (to < end && lines[to] != '\n') {
        to++;
      }
      if (indent) {
        AnswerText compact = new AnswerText();
        found |= reader.answer(lines, from, to, compact);
        JsonIndent.append(compact.toByteArray(), out);
      } else {
        found |= reader.answer(lines, from, to, out);
      }
      if (json) {
        out.ascii('\n');
      }
      from = to + 1;
    }
    return found;
  }

  /** Returns JSON of LLVM's, spread over lines if that is wanted. */
  private AnswerText indented(AnswerText compact) {
    if (!indent) {
      return compact;
    }
    AnswerText spread = new AnswerText();
    JsonIndent.append(compact.toByteArray(), spread);
    return spread;
  }
}
