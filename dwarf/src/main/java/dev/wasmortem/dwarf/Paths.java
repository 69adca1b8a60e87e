package dev.wasmortem.dwarf;

/** Joins the parts of paths in line tables, which may come from any system. */
final class Paths {
  private Paths() {}

  /** Returns whether {@code path} is absolute on a POSIX system or on Windows. */
  static boolean isAbsolute(String path) {
    return path.startsWith("/")
        || path.startsWith("\\\\")
        || (path.length() >= 3
            && path.charAt(1) == ':'
            && (path.charAt(2) == '\\' || path.charAt(2) == '/')
            && Character.isLetter(path.charAt(0)));
  }

  /** Returns {@code path} in {@code directory}; the empty string is no directory, and no path. */
  static String join(String directory, String path) {
    if (directory.isEmpty() || path.isEmpty()) {
      return directory + path;
    }
    if (directory.endsWith("/")) {
      int start = 0;
      while (start < path.length() && path.charAt(start) == '/') {
        start++;
      }
      return directory + path.substring(start);
    }
    return path.startsWith("/") ? directory + path : directory + "/" + path;
  }
}
