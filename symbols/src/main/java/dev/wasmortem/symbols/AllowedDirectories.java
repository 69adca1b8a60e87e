package dev.wasmortem.symbols;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Directories that the user allowed to be read. A path that a module names is looked for in them
 * and nowhere else.
 *
 * <p>What is tried must lie in an allowed directory, first by its letters, with {@code ..}
 * resolved, before the file system is asked, and then by its real path, with symbolic links
 * resolved. Below that directory no component may begin with a dot, {@value #BUILD_IDS} excepted:
 * sources do not hide, keys do. It must be a regular file.
 */
final class AllowedDirectories {
  /** Where debug files are filed by their build ids, in a directory of debug files. */
  static final String BUILD_IDS = ".build-id";

  /** The longest path that is looked for, in characters. */
  private static final int MAX_PATH = 4096;

  private final List<Path> directories;

  AllowedDirectories(Set<Path> real) {
    this.directories = List.copyOf(real);
  }

  /** Returns the same and one more, which is tried first. */
  AllowedDirectories withFirst(Path directory) {
    Set<Path> all = new LinkedHashSet<>();
    real(directory).ifPresent(all::add);
    all.addAll(directories);
    return new AllowedDirectories(all);
  }

  /** Returns the real path of a directory that is there; an empty path is the working directory. */
  static Optional<Path> real(Path directory) {
    try {
      Path real = directory.toAbsolutePath().toRealPath();
      return Files.isDirectory(real) ? Optional.of(real) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Returns the real paths of the directories, in the order in which they are tried. */
  List<Path> paths() {
    return directories;
  }

  /**
   * Returns the file that a path stands for: the path itself, or below each directory the whole
   * path, and the path without its first component, its first two, and so on down to the name.
   */
  Optional<Path> find(String file, long maxBytes) {
    if (file.isEmpty() || file.length() > MAX_PATH || file.indexOf('\0') >= 0) {
      return Optional.empty();
    }
    try {
      return findChecked(file, maxBytes);
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private Optional<Path> findChecked(String file, long maxBytes) {
    Path path = Path.of(file);
    if (path.isAbsolute()) {
      for (Path directory : directories) {
        Optional<Path> found = check(path, directory, maxBytes);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    for (int start = 0; start >= 0; start = nextComponent(file, start)) {
      String rest = withoutLeadingSeparators(file.substring(start));
      for (Path directory : directories) {
        Optional<Path> found =
            rest.isEmpty() ? Optional.empty() : check(directory.resolve(rest), directory, maxBytes);
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
  static boolean isSeparator(char c) {
    return c == '/' || c == '\\';
  }

  /** Returns the real path of {@code candidate} if it may be read. */
  static Optional<Path> check(Path candidate, Path directory, long maxBytes) {
    if (!isInside(candidate.normalize(), directory)) {
      return Optional.empty();
    }
    try {
      Path real = candidate.normalize().toRealPath();
      boolean readable =
          isInside(real, directory)
              && Files.isRegularFile(real, LinkOption.NOFOLLOW_LINKS)
              && Files.size(real) <= maxBytes;
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
      String name = component.toString();
      if (name.startsWith(".") && !name.equals(BUILD_IDS)) {
        return false;
      }
    }
    return true;
  }
}
