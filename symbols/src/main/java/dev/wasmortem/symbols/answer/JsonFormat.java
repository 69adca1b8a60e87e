package dev.wasmortem.symbols.answer;

import dev.wasmortem.dwarf.DwarfFrame;
import dev.wasmortem.symbols.SourceFrame;
import dev.wasmortem.symbols.SourcePosition;
import java.util.List;

/**
 * Answers as JSON of our own ({@code docs/symbolize.schema.json}): {@code address}, {@code module}
 * where lines name theirs, {@code sources}.
 */
final class JsonFormat implements AnswerFormat {
  private final AnswerOptions options;
  private final EncodedNames strings = new EncodedNames(JsonStrings::quoteSafely);
  private final FrameNames files;

  JsonFormat(AnswerOptions options) {
    this.options = options;
    this.files = new FrameNames(options, JsonStrings::quoteSafely);
  }

  @Override
  public void code(Query query, List<SourceFrame> frames, List<DwarfFrame> dwarf, AnswerText out) {
    out.ascii('{');
    if (query.kind() != Query.Kind.NONE) {
      out.utf8("\"address\":\"").hex(query.address()).utf8("\",");
    }
    if (!query.named().isEmpty()) {
      out.utf8("\"module\":").utf8(strings.get(query.named())).ascii(',');
    }
    out.utf8("\"sources\":[");
    int count = Shown.count(frames, options);
    for (int i = 0; i < count; i++) {
      if (i > 0) {
        out.ascii(',');
      }
      frame(Shown.frame(frames, dwarf, i), out);
    }
    out.utf8("]}");
  }

  @Override
  public void nothing(Query query, AnswerText out) {
    code(query, List.of(), List.of(), out);
  }

  private void frame(Shown shown, AnswerText out) {
    SourceFrame frame = shown.named();
    out.utf8("{\"name\":").utf8(strings.get(frame.name()));
    if (frame.linkageName().isPresent()) {
      out.utf8(",\"linkageName\":").utf8(strings.get(frame.linkageName().get()));
    }
    if (frame.position().isPresent()) {
      SourcePosition position = frame.position().get();
      out.utf8(",\"file\":").utf8(files.file(position.file(), shown.dwarf()));
      if (position.line() > 0) {
        out.utf8(",\"line\":").decimal(position.line());
      }
      if (position.column() > 0) {
        out.utf8(",\"column\":").decimal(position.column());
      }
    }
    out.utf8(frame.inlined() ? ",\"inlined\":true}" : ",\"inlined\":false}");
  }
}
