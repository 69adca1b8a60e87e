package dev.wasmortem.symbols.answer;

import dev.wasmortem.dwarf.DwarfFrame;
import dev.wasmortem.symbols.FrameLookup;
import dev.wasmortem.symbols.SourceFrame;
import dev.wasmortem.symbols.SourcePaths;
import dev.wasmortem.symbols.answer.AnswerOptions.Feature;
import dev.wasmortem.symbols.answer.AnswerOptions.Functions;
import dev.wasmortem.symbols.answer.AnswerOptions.Style;
import dev.wasmortem.wasm.code.CodeOffset;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Answers what code stands at addresses, in the words of llvm-symbolizer, of addr2line or in JSON.
 * Safe for use by several threads.
 */
public final class Answers {
  private final FrameLookup lookup;
  private final byte[] module;
  private final AddressSpace space;
  private final AnswerFormat format;
  private final boolean dwarf;
  private final boolean symbols;
  private final Style style;
  private final boolean json;
  private final boolean indent;

  /** How much was found. */
  public enum Found {
    /** Something, or nothing was asked for. */
    SOMETHING,
    /** No address is known. */
    NOTHING
  }

  private Answers(
      FrameLookup lookup,
      String module,
      AddressSpace space,
      AnswerOptions options,
      SourcePaths sources) {
    this.lookup = lookup;
    this.module = module.getBytes(StandardCharsets.UTF_8);
    this.space = space;
    this.dwarf = options.needsDwarf();
    this.style = options.style();
    this.symbols = style != Style.JSON && options.functions() == Functions.LINKAGE;
    this.json = style == Style.JSON || style == Style.LLVM_JSON;
    this.indent = style == Style.LLVM_JSON && options.has(Feature.PRETTY);
    SourceContext context = new SourceContext(sources, options);
    this.format =
        switch (options.style()) {
          case LLVM, GNU -> new TextFormat(options, space, context);
          case LLVM_JSON -> new LlvmJsonFormat(options, space, context, module);
          case JSON -> new JsonFormat(options);
          case ENTRIES -> new EntriesFormat(lookup, space);
        };
  }

  /**
   * Returns answers.
   *
   * @param lookup who knows them
   * @param module what the module is called in answers, and may be called in questions
   * @param space what the addresses are
   * @param sources where lines of sources may be read, if the options want them
   */
  public static Answers of(
      FrameLookup lookup,
      String module,
      AddressSpace space,
      AnswerOptions options,
      SourcePaths sources) {
    return new Answers(lookup, module, space, options, sources);
  }

  /** Answers what is asked for by each of {@code questions}, one after the other. */
  public Found answer(List<String> questions, OutputStream out) throws IOException {
    AnswerText text = new AnswerText();
    Query query = query();
    boolean list = style == Style.LLVM_JSON;
    boolean found = questions.isEmpty();
    for (int i = 0; i < questions.size(); i++) {
      byte[] bytes = questions.get(i).getBytes(StandardCharsets.UTF_8);
      if (list) {
        text.ascii(i == 0 ? '[' : ',');
      }
      query.read(bytes, 0, bytes.length);
      found |= answer(query, text);
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

  /**
   * Answers each line of {@code in}. What is there is answered before more is waited for, so that a
   * program can ask and read the answer; much is answered on all processors.
   */
  public Found answer(InputStream in, OutputStream out) throws IOException {
    return new AnswerStream(this).answer(in, out);
  }

  Query query() {
    return new Query(new AddressForm(space.radix()), module);
  }

  /** Answers the lines of bytes 0 to {@code end}; returns whether something was found. */
  boolean answerLines(byte[] lines, int end, AnswerText out) {
    Query query = query();
    boolean found = false;
    for (int from = 0; from < end; ) {
      int to = from;
      while (to < end && lines[to] != '\n') {
        to++;
      }
      query.read(lines, from, to);
      if (indent) {
        AnswerText compact = new AnswerText();
        found |= answer(query, compact);
        JsonIndent.append(compact.toByteArray(), out);
      } else {
        found |= answer(query, out);
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

  private boolean answer(Query query, AnswerText out) {
    if (query.kind() != Query.Kind.CODE) {
      format.nothing(query, out);
      return false;
    }
    CodeOffset at = space.codeOffset(query.address());
    List<SourceFrame> frames = lookup.sources(at);
    if (symbols && !frames.isEmpty()) {
      frames = withSymbol(frames, at);
    }
    List<DwarfFrame> known = dwarf ? lookup.dwarfFrames(at) : List.of();
    format.code(query, frames, known, out);
    return !frames.isEmpty();
  }

  /** Gives the function itself the name that the linker knew, if DWARF does not tell it. */
  private List<SourceFrame> withSymbol(List<SourceFrame> frames, CodeOffset at) {
    int last = frames.size() - 1;
    SourceFrame own = frames.get(last);
    Optional<String> symbol = own.linkageName().isPresent() ? Optional.empty() : lookup.symbol(at);
    if (symbol.isEmpty()) {
      return frames;
    }
    List<SourceFrame> named = new ArrayList<>(frames);
    named.set(
        last, new SourceFrame(own.name(), own.shortName(), symbol, own.position(), own.inlined()));
    return named;
  }
}
