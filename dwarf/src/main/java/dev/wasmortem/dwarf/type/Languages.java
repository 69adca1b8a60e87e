package dev.wasmortem.dwarf.type;

/** What types depend on the source language for, by {@code DW_LANG_…} (§7.12). */
final class Languages {
  private static final int RUST = 0x1c;

  private Languages() {}

  /**
   * Returns whether names have the arguments of generics already where they have any: in Rust the
   * variants of an enum are records without them.
   */
  static boolean namesAreComplete(Type type) {
    return type.entry().map(entry -> entry.unit().language()).orElse(0) == RUST;
  }

  /** Returns the index of an array's first element when its entry does not tell it. */
  static long lowerBound(int language) {
    return switch (language) {
      // Ada 83 to 2012, Cobol 74 and 85, Fortran 77 to 2018, Pascal 83, Modula-2 and -3, PL/I,
      // Julia
      case 0x03,
          0x05,
          0x06,
          0x07,
          0x08,
          0x09,
          0x0a,
          0x0d,
          0x0e,
          0x0f,
          0x17,
          0x1f,
          0x22,
          0x23,
          0x2d,
          0x2e,
          0x2f ->
          1;
      default -> 0;
    };
  }
}
