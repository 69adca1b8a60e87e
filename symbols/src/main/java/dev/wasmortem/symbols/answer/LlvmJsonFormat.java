package dev.wasmortem.symbols.answer;

import dev.wasmortem.dwarf.DwarfFrame;
import dev.wasmortem.symbols.SourceFrame;
import dev.wasmortem.symbols.SourcePosition;
import dev.wasmortem.symbols.answer.AnswerOptions.Functions;
import java.util.List;
import java.util.Optional;

/** Answers as llvm-symbolizer's JSON: an object without spaces, its keys in their order. */
final class LlvmJsonFormat implements AnswerFormat {
  private static final String NO_FRAME =
      "{\"Column\":0,\"Discriminator\":0,\"FileName\":\"\",\"FunctionName\":\"\",\"Line\":0,"
          + "\"StartAddress\":\"\",\"StartFileName\":\"\",\"StartLine\":0}";

  private final AnswerOptions options;
  private final AddressSpace space;
  private final FrameNames names;
  private final SourceContext context;
  private final String module;
  private final String problem;

  /**
   * Makes a format.
   *
   * @param problem why the module cannot be read, or empty
   */
  LlvmJsonFormat(
      AnswerOptions options,
      AddressSpace space,
      SourceContext context,
      String module,
      String problem) {
    this.options = options;
    this.space = space;
    this.context = context;
    this.names = new FrameNames(options, JsonStrings::quote);
    this.module = JsonStrings.quote(module);
    this.problem = problem.isEmpty() ? "" : JsonStrings.quote(problem);
  }

  @Override
  public void code(Query query, List<SourceFrame> frames, List<DwarfFrame> dwarf, AnswerText out) {
    open(query, out);
    if (!problem.isEmpty()) {
      out.utf8("\"Error\":{\"Message\":").utf8(problem).utf8("},\"ModuleName\":");
      out.utf8(module).ascii('}');
      return;
    }
    out.utf8("\"ModuleName\":").utf8(module).utf8(",\"Symbol\":[");
    int count = Shown.count(frames, options);
    for (int i = 0; i < count; i++) {
      if (i > 0) {
        out.ascii(',');
      }
      frame(Shown.of(frames, dwarf, i, options), out);
    }
    if (count == 0) {
      out.utf8(NO_FRAME);
    }
    out.utf8("]}");
  }

  @Override
  public void nothing(Query query, AnswerText out) {
    if (!problem.isEmpty()) {
      code(query, List.of(), List.of(), out);
      return;
    }
    switch (query.kind()) {
      case DATA -> {
        open(query, out);
        out.utf8("\"Data\":{\"Name\":\"\",\"Size\":\"0x0\",\"Start\":\"0x0\"},\"ModuleName\":");
        out.utf8(module).ascii('}');
      }
      case FRAME -> {
        open(query, out);
        out.utf8("\"Frame\":[],\"ModuleName\":").utf8(module).ascii('}');
      }
      default -> code(query, List.of(), List.of(), out);
    }
  }

  private static void open(Query query, AnswerText out) {
    out.ascii('{');
    if (query.kind() != Query.Kind.NONE) {
      out.utf8("\"Address\":\"").hex(query.address()).utf8("\",");
    }
  }

  private void frame(Shown frame, AnswerText out) {
    Optional<SourcePosition> position = frame.placed().position();
    int line = position.isEmpty() ? 0 : position.get().line();
    int column = position.isEmpty() ? 0 : position.get().column();
    int discriminator = position.isEmpty() ? 0 : position.get().discriminator();
    out.utf8("{\"Column\":").decimal(column);
    out.utf8(",\"Discriminator\":").decimal(discriminator);
    out.utf8(",\"FileName\":");
    file(position, frame, out);
    out.utf8(",\"FunctionName\":");
    if (options.functions() == Functions.NONE) {
      out.utf8("\"\"");
    } else {
      out.utf8(names.function(frame.named()));
    }
    out.utf8(",\"Line\":").decimal(line);
    String source = position.isPresent() ? context.around(position.get()) : "";
    if (!source.isEmpty()) {
      out.utf8(",\"Source\":").utf8(JsonStrings.quote(source));
    }
    out.utf8(",\"StartAddress\":\"");
    frame.startAddress().ifPresent(start -> out.hex(space.address(start)));
    out.utf8("\",\"StartFileName\":");
    Optional<SourcePosition> declared = frame.declaration();
    file(declared, frame, out);
    out.utf8(",\"StartLine\":").decimal(declared.isEmpty() ? 0 : declared.get().line());
    out.ascii('}');
  }

  private void file(Optional<SourcePosition> position, Shown frame, AnswerText out) {
    if (position.isEmpty()) {
      out.utf8("\"\"");
    } else {
      out.utf8(names.file(position.get().file(), frame.dwarf()));
    }
  }
}
