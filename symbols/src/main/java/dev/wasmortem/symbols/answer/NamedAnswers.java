package dev.wasmortem.symbols.answer;

import dev.wasmortem.symbols.answer.AddressSpace.Radix;
import dev.wasmortem.symbols.answer.Answers.Found;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Answers lines that name the module themselves, as those that llvm-symbolizer reads: {@code FILE
 * ADDR} or {@code CODE "FILE" ADDR}. A module is opened when it is first named. Safe for use by
 * several threads.
 */
public final class NamedAnswers {
  /** How many modules are opened: each is a file that stays open. */
  private static final int MOST_MODULES = 1_000;

  private final Modules modules;
  private final Radix radix;
  private final AnswerOptions options;
  private final AnswerLines lines;
  private final ConcurrentMap<String, Answers> known = new ConcurrentHashMap<>();

  /** Opens modules. Safe for use by several threads. */
  @FunctionalInterface
  public interface Modules {
    /**
     * Returns answers for a module, {@link Answers#unreadable} if it cannot be read. Asked once for
     * each name.
     *
     * @param name as a line has it
     */
    Answers open(String name);
  }

  private NamedAnswers(Modules modules, Radix radix, AnswerOptions options) {
    this.modules = modules;
    this.radix = radix;
    this.options = options;
    this.lines = new AnswerLines(options, this::reader);
  }

  /**
   * Returns answers.
   *
   * @param modules where the modules come from
   * @param radix how addresses are written
   */
  public static NamedAnswers of(Modules modules, Radix radix, AnswerOptions options) {
    return new NamedAnswers(modules, radix, options);
  }

  /** Returns whether a line names a module, and an address in it. */
  public static boolean isQuestion(String line, Radix radix) {
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    Query query = query(radix);
    query.readNamed(bytes, 0, bytes.length);
    return query.kind() != Query.Kind.NONE;
  }

  /** Does what {@link Answers#answer(List, OutputStream)} does. */
  public Found answer(List<String> questions, OutputStream out) throws IOException {
    return lines.answer(questions, out);
  }

  /** Does what {@link Answers#answer(InputStream, OutputStream)} does. */
  public Found answer(InputStream in, OutputStream out) throws IOException {
    return new AnswerStream(lines).answer(in, out);
  }

  private static Query query(Radix radix) {
    return new Query(new AddressForm(radix), new byte[0]);
  }

  private AnswerLines.Reader reader() {
    Query query = query(radix);
    return (line, from, to, out) -> {
      String name = query.readNamed(line, from, to);
      return answers(name, query.kind()).answer(query, out);
    };
  }

  private Answers answers(String name, Query.Kind kind) {
    if (kind == Query.Kind.NONE) {
      return Answers.unknown(name, options);
    }
    Answers opened = known.get(name);
    if (opened != null) {
      return opened;
    }
    return known.size() < MOST_MODULES
        ? known.computeIfAbsent(name, modules::open)
        : Answers.unreadable(name, "more than " + MOST_MODULES + " modules", options);
  }
}
