package dev.wasmortem.capture;

import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How the file of a dump is called. A path in which these stand for something, as in the Linux
 * kernel's {@code core_pattern}:
 *
 * <table>
 *   <caption>what stands for what</caption>
 *   <tr><td>{@code %e}</td><td>the executable's name, without folder and {@code .wasm}</td></tr>
 *   <tr><td>{@code %p}</td><td>the id of this process</td></tr>
 *   <tr><td>{@code %t}</td><td>the time of the crash in seconds since 1970</td></tr>
 *   <tr><td>{@code %h}</td><td>the name of this host</td></tr>
 *   <tr><td>{@code %u}</td><td>the lowest number, from 1, that makes the file a new one</td></tr>
 *   <tr><td>{@code %%}</td><td>a percent sign</td></tr>
 * </table>
 *
 * <p>Without {@code %u} a file that is there is replaced. What is filled in never changes the
 * folder: in names from files, everything but letters, digits, {@code .}, {@code -}, {@code _} and
 * {@code +} becomes {@code _}, a dot at the beginning too, and they end after {@value
 * #MAX_NAME_LENGTH} characters.
 */
public final class CorePattern {
  /** The pattern that is used when none is given: {@value}, in the current folder. */
  public static final String DEFAULT = "%e.%p.%u.core";

  static final int MAX_NAME_LENGTH = 100;

  /** What a percent sign and a letter stand for. */
  private enum Field {
    EXECUTABLE('e'),
    PROCESS('p'),
    TIME('t'),
    HOST('h'),
    UNIQUE('u');

    final char letter;

    Field(char letter) {
      this.letter = letter;
    }
  }

  private final String text;
  private final FileSystem fileSystem;

  /** {@link String}s, as they are, and {@link Field}s. */
  private final List<Object> parts;

  private CorePattern(String text, FileSystem fileSystem, List<Object> parts) {
    this.text = text;
    this.fileSystem = fileSystem;
    this.parts = parts;
  }

  /**
   * Reads a pattern for files of the default file system.
   *
   * @throws IllegalArgumentException if a percent sign is followed by anything but the letters
   *     above, or the pattern is empty or names a folder; the message says which
   */
  public static CorePattern parse(String pattern) {
    return parse(pattern, FileSystems.getDefault());
  }

  /** Reads a pattern for files of a given file system. */
  public static CorePattern parse(String pattern, FileSystem fileSystem) {
    if (pattern.isEmpty() || pattern.endsWith(fileSystem.getSeparator())) {
      throw new IllegalArgumentException(
          "core pattern \"" + pattern + "\" names no file; for example " + DEFAULT);
    }
    List<Object> parts = new ArrayList<>();
    StringBuilder literal = new StringBuilder();
    int at = 0;
    while (at < pattern.length()) {
      char c = pattern.charAt(at++);
      if (c != '%') {
        literal.append(c);
      } else if (at < pattern.length() && pattern.charAt(at) == '%') {
        literal.append('%');
        at++;
      } else {
        parts.add(literal.toString());
        literal.setLength(0);
        parts.add(field(pattern, at++));
      }
    }
    parts.add(literal.toString());
    return new CorePattern(pattern, fileSystem, List.copyOf(parts));
  }

  private static Field field(String pattern, int at) {
    if (at < pattern.length()) {
      for (Field field : Field.values()) {
        if (field.letter == pattern.charAt(at)) {
          return field;
        }
      }
    }
    String found = at < pattern.length() ? "%" + pattern.charAt(at) : "% at the end";
    throw new IllegalArgumentException(
        "core pattern \"" + pattern + "\": " + found + "; known are %e %p %t %h %u and %%");
  }

  /** Returns whether the pattern holds {@code %u}, so that no file is ever replaced. */
  public boolean isUnique() {
    return parts.contains(Field.UNIQUE);
  }

  /**
   * Returns the path for a crash.
   *
   * @param unique what {@code %u} stands for
   */
  Path expand(Crash crash, int unique) {
    StringBuilder path = new StringBuilder();
    for (Object part : parts) {
      path.append(part instanceof Field field ? value(field, crash, unique) : part);
    }
    return fileSystem.getPath(path.toString());
  }

  private static String value(Field field, Crash crash, int unique) {
    return switch (field) {
      case EXECUTABLE -> executable(crash.executable());
      case PROCESS -> Long.toString(ProcessHandle.current().pid());
      case TIME -> Long.toString(crash.time().getEpochSecond());
      case HOST -> sanitised(HostName.VALUE, "localhost");
      case UNIQUE -> Integer.toString(unique);
    };
  }

  private static String executable(String name) {
    String file = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    return sanitised(file.endsWith(".wasm") ? file.substring(0, file.length() - 5) : file, "wasm");
  }

  /** Returns {@code name} with nothing in it that a shell or a file system takes for more. */
  private static String sanitised(String name, String otherwise) {
    int end = Math.min(name.length(), MAX_NAME_LENGTH);
    StringBuilder out = new StringBuilder(end);
    for (int i = 0; i < end; i++) {
      char c = name.charAt(i);
      boolean plain =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || c == '-'
              || c == '_'
              || c == '+'
              || (c == '.' && i > 0);
      out.append(plain ? c : '_');
    }
    return out.isEmpty() ? otherwise : out.toString();
  }

  /** Returns the pattern as it was given. */
  @Override
  public String toString() {
    return text;
  }
}
