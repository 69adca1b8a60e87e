package dev.wasmortem.symbols.answer;

/** Spreads JSON over lines, two spaces a level, as LLVM does. */
final class JsonIndent {
  private JsonIndent() {}

  /** Appends JSON that has no spaces between its parts. */
  static void append(byte[] json, AnswerText out) {
    int depth = 0;
    boolean string = false;
    for (int i = 0; i < json.length; i++) {
      char c = (char) (json[i] & 0xff);
      if (string) {
        out.raw(json[i]);
        if (c == '\\') {
          out.raw(json[++i]);
        }
        string = c != '"';
        continue;
      }
      boolean empty = i > 0 && (json[i - 1] == '[' || json[i - 1] == '{');
      switch (c) {
        case '[', '{' -> {
          out.raw(json[i]);
          depth++;
          if (json[i + 1] != ']' && json[i + 1] != '}') {
            line(depth, out);
          }
        }
        case ']', '}' -> {
          depth--;
          if (!empty) {
            line(depth, out);
          }
          out.raw(json[i]);
        }
        case ',' -> line(depth, out.ascii(','));
        case ':' -> out.ascii(':').ascii(' ');
        default -> {
          out.raw(json[i]);
          string = c == '"';
        }
      }
    }
  }

  private static void line(int depth, AnswerText out) {
    out.ascii('\n');
    for (int i = 0; i < depth; i++) {
      out.ascii(' ').ascii(' ');
    }
  }
}
