package dev.wasmortem.symbols.answer;

import java.nio.charset.StandardCharsets;

/**
 * A line of input: an address, after {@code CODE}, {@code DATA} or {@code FRAME} and the module's
 * name where callers of llvm-symbolizer write them. One object reads many lines. Not safe for use
 * by several threads.
 */
final class Query {
  private static final byte[] FILE = {'F', 'I', 'L', 'E', ':'};

  private final AddressForm form;
  private final byte[] module;
  private Kind kind = Kind.NONE;
  private long address;
  private String named = "";
  private byte[] line = {};
  private int at;
  private int end;

  /** What is asked for. */
  enum Kind {
    /** What code is at an address. */
    CODE,
    /** What variable is at an address. */
    DATA,
    /** What variables a function has in its frame. */
    FRAME,
    /** Nothing that can be understood. */
    NONE
  }

  /**
   * Makes a reader of lines.
   *
   * @param module the name that a line may call the module by
   */
  Query(AddressForm form, byte[] module) {
    this.form = form;
    this.module = module.clone();
  }

  Kind kind() {
    return kind;
  }

  /** Returns the address, as it is written; 0 if there is none. */
  long address() {
    return address;
  }

  /** Returns the module that a line names where each names its own, else the empty string. */
  String named() {
    return named;
  }

  /** Reads the line of bytes {@code from} to {@code to}. */
  void read(byte[] bytes, int from, int to) {
    line = bytes;
    at = from;
    end = to;
    kind = kindOf();
    if (!number()) {
      if (!skipModule() || !number()) {
        kind = Kind.NONE;
        address = 0;
      }
    }
  }

  /**
   * Reads the line of bytes {@code from} to {@code to}, which names a module itself: in quotes, or
   * up to a space. Returns the name; without an address after it, the line asks for nothing.
   */
  String readNamed(byte[] bytes, int from, int to) {
    line = bytes;
    at = from;
    end = to;
    kind = kindOf();
    address = 0;
    named = name();
    if (named.isEmpty() || !number()) {
      kind = Kind.NONE;
    }
    return named;
  }

  private String name() {
    skipSpace();
    skipFileWord();
    boolean quoted = skipQuote();
    byte stop = quoted ? line[at - 1] : (byte) ' ';
    int start = at;
    while (at < end && line[at] != stop && (quoted || line[at] != '\r')) {
      at++;
    }
    int length = quoted && at == end ? 0 : at - start;
    at += quoted ? 1 : 0;
    return new String(line, start, length, StandardCharsets.UTF_8);
  }

  private Kind kindOf() {
    if (end - at > 5) {
      int word =
          (line[at] << 24) | (line[at + 1] << 16) | (line[at + 2] << 8) | (line[at + 3] & 0xff);
      boolean space = line[at + 4] == ' ';
      if (space && word == ('C' << 24 | 'O' << 16 | 'D' << 8 | 'E')) {
        at += 5;
        return Kind.CODE;
      }
      if (space && word == ('D' << 24 | 'A' << 16 | 'T' << 8 | 'A')) {
        at += 5;
        return Kind.DATA;
      }
      if (word == ('F' << 24 | 'R' << 16 | 'A' << 8 | 'M')
          && line[at + 4] == 'E'
          && line[at + 5] == ' ') {
        at += 6;
        return Kind.FRAME;
      }
    }
    return Kind.CODE;
  }

  /** Reads a word that is a number; what follows it is passed over, as LLVM does. */
  private boolean number() {
    skipSpace();
    int stop = at;
    while (stop < end && !isSpace(line[stop])) {
      stop++;
    }
    if (stop == at || !form.read(line, at, stop)) {
      return false;
    }
    address = form.value();
    at = stop;
    return true;
  }

  /** Passes over the module's name, in quotes or not. */
  private boolean skipModule() {
    skipFileWord();
    boolean quoted = skipQuote();
    byte quote = quoted ? line[at - 1] : 0;
    if (!startsWith(module)) {
      return false;
    }
    at += module.length;
    if (quoted) {
      return at < end && line[at++] == quote;
    }
    return at < end && isSpace(line[at]);
  }

  private void skipFileWord() {
    if (startsWith(FILE)) {
      at += FILE.length;
    }
  }

  private boolean skipQuote() {
    boolean quoted = at < end && (line[at] == '"' || line[at] == '\'');
    at += quoted ? 1 : 0;
    return quoted;
  }

  private boolean startsWith(byte[] text) {
    if (text.length > end - at) {
      return false;
    }
    for (int i = 0; i < text.length; i++) {
      if (line[at + i] != text[i]) {
        return false;
      }
    }
    return true;
  }

  private void skipSpace() {
    while (at < end && isSpace(line[at])) {
      at++;
    }
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\r' || b == '\n' || b == '\t';
  }
}
