package dev.wasmortem.symbols;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the sources that debug information names, and reads lines of them. A module can name any
 * path, so only files in directories that the user allowed are ever touched.
 *
 * <p>A path is looked for like this:
 *
 * <ol>
 *   <li>The first replacement whose old prefix the path has, of whole components, is applied to it,
 *       as gdb's {@code set substitute-path} does.
 *   <li>The path itself is tried, then below each allowed directory the whole path, and the path
 *       without its first component, its first two, and so on down to the name.
 * </ol>
 *
 * <p>What is tried must lie in an allowed directory, first by its letters, with {@code ..}
 * resolved, before the file system is asked, and then by its real path, with symbolic links
 * resolved. Below that directory no component may begin with a dot: sources do not hide, keys do.
 * It must be a regular file of at most {@link #MAX_BYTES}.
 *
 * <p>Safe for use by several threads.
 */
public final class SourcePaths {
  /** The largest source that is read, in bytes. */
  public static final int MAX_BYTES = 16 << 20;

  /** The longest path that is looked for, in characters. */
  private static final int MAX_PATH = 4096;

  private static final SourcePaths NONE = builder().build();

  private final List<Replacement> replacements;
  private final List<Path> allowed;
  private final SourceLines lines = new SourceLines();

  /** Everything below one prefix is below another. */
  private record Replacement(String from, String to) {}

  private SourcePaths(Builder builder) {
    this.replacements = List.copyOf(builder.replacements);
    this.allowed = List.copyOf(builder.allowed);
  }

  /** Returns paths that never find anything. */
  public static SourcePaths none() {
    return NONE;
  }

  /** Returns a builder that allows nothing yet. */
  public static Builder builder() {
    return new Builder();
  }

  /** Collects directories and replacements. Those added first are tried first. */
  public static final class Builder {
    private final List<Replacement> replacements = new ArrayList<>();
    private final Set<Path> allowed = new LinkedHashSet<>();

    private Builder() {}

    /**
     * Allows sources in {@code directory} and below. One that does not exist is passed over; an
     * empty path is the working directory.
     */
    public Builder allow(Path directory) {
      try {
        Path real = directory.toAbsolutePath().toRealPath();
        if (Files.isDirectory(real)) {
          allowed.add(real);
        }
      } catch (IOException e) {
        // Nothing can be found in a directory that is not there.
      }
      return this;
    }

    /**
     * Looks for paths that begin with {@code from} below {@code to} instead, and allows {@code to}.
     *
     * @param from a prefix of paths in debug information, of whole components; a separator at its
     *     end does not count
     * @throws IllegalArgumentException if {@code from} is empty
     */
    public Builder replace(String from, Path to) {
      if (from.isEmpty()) {
        throw new IllegalArgumentException("an empty prefix");
      }
      String prefix = from;
      while (prefix.length() > 1 && isSeparator(prefix.charAt(prefix.length() - 1))) {
        prefix = prefix.substring(0, prefix.length() - 1);
      }
      replacements.add(new Replacement(prefix, real(to).toString()));
      return allow(to);
    }

    private static Path real(Path path) {
      try {
        return path.toAbsolutePath().toRealPath();
      } catch (IOException e) {
        return path.toAbsolutePath().normalize();
      }
    }

    /** Returns the paths. */
    public SourcePaths build() {
      return new SourcePaths(this);
    }
  }

  /** Returns the file that {@code file}, a path in debug information, stands for, if it is here. */
  public Optional<Path> find(String file) {
    if (file.isEmpty() || file.length() > MAX_PATH || file.indexOf('\0') >= 0) {
      return Optional.empty();
    }
    try {
      return findAllowed(replaced(file));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  /**
   * Returns a line of a source without its line end, as it stands in the file: not safe to print.
   * What is no UTF-8 becomes U+FFFD; a line of more than 4096 characters is cut.
   *
   * @param file a path in debug information
   * @param line from 1
   * @return nothing if the file is not {@link #find found} or has no such line
   */
  public Optional<String> line(String file, int line) {
    if (line < 1) {
      return Optional.empty();
    }
    return find(file).flatMap(path -> lines.line(path, line));
  }

  private String replaced(String file) {
    for (Replacement replacement : replacements) {
      String from = replacement.from;
      if (file.startsWith(from)
          && (file.length() == from.length()
              || isSeparator(file.charAt(from.length()))
              || isSeparator(from.charAt(from.length() - 1)))) {
        String rest = file.substring(from.length());
        return rest.isEmpty() || isSeparator(rest.charAt(0))
            ? replacement.to + rest
            : replacement.to + "/" + rest;
      }
    }
    return file;
  }

  private Optional<Path> findAllowed(String file) {
    Path path = Path.of(file);
    if (path.isAbsolute()) {
      for (Path directory : allowed) {
        Optional<Path> found = check(path, directory);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    for (int start = 0; start >= 0; start = nextComponent(file, start)) {
      String rest = withoutLeadingSeparators(file.substring(start));
      for (Path directory : allowed) {
        Optional<Path> found =
            rest.isEmpty() ? Optional.empty() : check(directory.resolve(rest), directory);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  private static int nextComponent(String file, int start) {
    int at = start;
    while (at < file.length() && isSeparator(file.charAt(at))) {
      at++;
    }
    while (at < file.length() && !isSeparator(file.charAt(at))) {
      at++;
    }
    return at < file.length() ? at : -1;
  }

  private static String withoutLeadingSeparators(String file) {
    int at = 0;
    while (at < file.length() && isSeparator(file.charAt(at))) {
      at++;
    }
    return file.substring(at);
  }

  /** Paths in debug information may come from Windows. */
  private static boolean isSeparator(char c) {
    return c == '/' || c == '\\';
  }

  /** Returns the real path of {@code candidate} if it may be read. */
  private static Optional<Path> check(Path candidate, Path directory) {
    if (!isInside(candidate.normalize(), directory)) {
      return Optional.empty();
    }
    try {
      Path real = candidate.normalize().toRealPath();
      boolean readable =
          isInside(real, directory)
              && Files.isRegularFile(real, LinkOption.NOFOLLOW_LINKS)
              && Files.size(real) <= MAX_BYTES;
      return readable ? Optional.of(real) : Optional.empty();
    } catch (IOException | SecurityException e) {
      return Optional.empty();
    }
  }

  private static boolean isInside(Path path, Path directory) {
    if (!path.startsWith(directory) || path.equals(directory)) {
      return false;
    }
    for (Path component : directory.relativize(path)) {
      if (component.toString().startsWith(".")) {
        return false;
      }
    }
    return true;
  }
}
