package dev.wasmortem.coredump.edit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Bytes to look for: a text, bytes in hexadecimal, or a regular expression over bytes. */
public final class BytePattern {
  /** The longest match of a regular expression that is found for certain, in bytes. */
  public static final int LONGEST_MATCH = 1 << 16;

  /** How many bytes of a literal a value must hold to be a part of it: fewer are no secret. */
  private static final int TELLING = 4;

  private final Pattern pattern;
  private final String literal;

  /** Is told whenever this is about to be searched for. */
  private final Consumer<BytePattern> watcher;

  /** An expression that the regular expressions of Java cannot search the bytes for. */
  public static final class TooDeep extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String expression;

    TooDeep(BytePattern pattern, StackOverflowError cause) {
      super(
          pattern.pattern.pattern()
              + ": its repetitions nest too deeply in these bytes; write them possessive, as in"
              + " (a|b)++c, or as a class, as in [ab]+c",
          cause);
      this.expression = pattern.pattern.pattern();
    }

    /** Returns the expression as it was given. */
    public String expression() {
      return expression;
    }
  }

  private BytePattern(Pattern pattern, String literal, Consumer<BytePattern> watcher) {
    this.pattern = pattern;
    this.literal = literal;
    this.watcher = watcher;
  }

  private BytePattern(Pattern pattern, String literal) {
    this(pattern, literal, searched -> {});
  }

  /** Returns the same pattern, which tells whenever it is about to be searched for. */
  BytePattern watchedBy(Consumer<BytePattern> other) {
    return new BytePattern(pattern, literal, other);
  }

  /**
   * Returns the bytes of a text in UTF-8.
   *
   * @throws IllegalArgumentException if it is empty
   */
  public static BytePattern text(String text) {
    return literal(new String(text.getBytes(StandardCharsets.UTF_8), ISO_8859_1));
  }

  /**
   * Returns bytes given in hexadecimal; blanks between them are ignored.
   *
   * @throws IllegalArgumentException if it is no hexadecimal, or empty
   */
  public static BytePattern hex(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
    return literal(new String(bytes, ISO_8859_1));
  }

  private static BytePattern literal(String bytes) {
    if (bytes.isEmpty()) {
      throw new IllegalArgumentException("a pattern without bytes");
    }
    return new BytePattern(Pattern.compile(bytes, Pattern.LITERAL), bytes);
  }

  /**
   * Returns a regular expression (that of {@link Pattern}) over bytes: a byte is the character of
   * its number, so that beyond ASCII bytes are written {@code \xe9}. A dot is any byte. Matches of
   * more than {@link #LONGEST_MATCH} bytes may be found in part only.
   *
   * @throws IllegalArgumentException if it is none, or matches no byte at all
   */
  public static BytePattern regex(String expression) {
    Pattern compiled;
    try {
      compiled = Pattern.compile(expression, Pattern.DOTALL);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(e.getDescription() + " in " + expression, e);
    }
    if (compiled.matcher("").matches()) {
      throw new IllegalArgumentException("an expression that matches nothing at all");
    }
    return new BytePattern(compiled, "");
  }

  /** Returns how many bytes before a place a match may begin that reaches it. */
  int reach() {
    return literal.isEmpty() ? LONGEST_MATCH : literal.length();
  }

  /** Returns a matcher over bytes, a character each. */
  Matcher matcher(CharSequence bytes) {
    watcher.accept(this);
    return pattern.matcher(bytes);
  }

  /** Returns whether a value's bytes hold a match, or are a telling part of the literal. */
  boolean isIn(String bytes) {
    return pattern.matcher(bytes).find()
        || (bytes.length() >= TELLING && literal.contains(bytes) && !isUniform(bytes));
  }

  /** Returns whether it is a literal with that byte in it. */
  boolean holds(char c) {
    return literal.indexOf(c) >= 0;
  }

  /**
   * Returns how many bytes at the end of others are a telling beginning of the literal, whose rest
   * is cut off; 0 if none are.
   */
  int cutAtEnd(String bytes) {
    for (int length = Math.min(literal.length() - 1, bytes.length()); length >= TELLING; length--) {
      if (bytes.regionMatches(bytes.length() - length, literal, 0, length)) {
        return isUniform(literal.substring(0, length)) ? 0 : length;
      }
    }
    return 0;
  }

  /** Returns how many bytes at the end of others {@link #cutAtEnd} looks at. */
  int cutReach() {
    return literal.length() > TELLING ? literal.length() - 1 : 0;
  }

  private static boolean isUniform(String bytes) {
    return bytes.chars().allMatch(c -> c == bytes.charAt(0));
  }
}
