package dev.wasmortem.symbols;

import static dev.wasmortem.symbols.AllowedDirectories.isSeparator;

import java.io.IOException;
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

  private static final SourcePaths NONE = builder().build();

  private final List<Replacement> replacements;
  private final AllowedDirectories allowed;
  private final SourceLines lines = new SourceLines();

  /** Everything below one prefix is below another. */
  private record Replacement(String from, String to) {}

  private SourcePaths(Builder builder) {
    this.replacements = List.copyOf(builder.replacements);
    this.allowed = new AllowedDirectories(builder.allowed);
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
      AllowedDirectories.real(directory).ifPresent(allowed::add);
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
    return allowed.find(replaced(file), MAX_BYTES);
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
}
