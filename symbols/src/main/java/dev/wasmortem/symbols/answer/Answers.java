package dev.wasmortem.symbols.answer;

import dev.wasmortem.dwarf.DwarfFrame;
import dev.wasmortem.symbols.FrameLookup;
import dev.wasmortem.symbols.SourceFrame;
import dev.wasmortem.symbols.SourcePaths;
import dev.wasmortem.symbols.answer.AddressSpace.Radix;
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
  private final AnswerLines lines;

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
      String problem,
      AddressSpace space,
      AnswerOptions options,
      SourcePaths sources) {
    this.lookup = lookup;
    this.module = module.getBytes(StandardCharsets.UTF_8);
    this.space = space;
    this.dwarf = options.needsDwarf();
    this.symbols = options.style() != Style.JSON && options.functions() == Functions.LINKAGE;
    this.lines = new AnswerLines(options, this::reader);
    SourceContext context = new SourceContext(sources, options);
    this.format =
        switch (options.style()) {
          case LLVM, GNU -> new TextFormat(options, space, context);
          case LLVM_JSON -> new LlvmJsonFormat(options, space, context, module, problem);
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
    return new Answers(lookup, module, "", space, options, sources);
  }

  /**
   * Returns answers for a module that cannot be read: that nothing is known.
   *
   * @param problem why it cannot be read, which only llvm-symbolizer's JSON tells
   */
  public static Answers unreadable(String module, String problem, AnswerOptions options) {
    return new Answers(
        at -> List.of(),
        module,
        problem,
        AddressSpace.codeSection(Radix.BY_PREFIX),
        options,
        SourcePaths.none());
  }

  /** Returns answers to lines that are no questions. */
  static Answers unknown(String module, AnswerOptions options) {
    return unreadable(module, "", options);
  }

  /** Answers what is asked for by each of {@code questions}, one after the other. */
  public Found answer(List<String> questions, OutputStream out) throws IOException {
    return lines.answer(questions, out);
  }

  /**
   * Answers each line of {@code in}. What is there is answered before more is waited for, so that a
   * program can ask and read the answer; much is answered on all processors.
   */
  public Found answer(InputStream in, OutputStream out) throws IOException {
    return new AnswerStream(lines).answer(in, out);
  }

  private AnswerLines.Reader reader() {
    Query query = new Query(new AddressForm(space.radix()), module);
    return (line, from, to, out) -> {
      query.read(line, from, to);
      return answer(query, out);
    };
  }

  /** Appends the answer; returns whether something was found. */
  boolean answer(Query query, AnswerText out) {
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
