package dev.wasmortem.symbols.answer;

import java.util.EnumSet;
import java.util.Set;

/**
 * How answers are written. The names are those of llvm-symbolizer's options.
 *
 * @param style the format
 * @param functions which name of a function is printed
 * @param paths how much of a source's path is printed
 * @param features what else is wanted
 * @param contextLines how many lines of the source are printed around the place; 0 for none
 */
public record AnswerOptions(
    Style style, Functions functions, Paths paths, Set<Feature> features, int contextLines) {

  /** The formats of answers. */
  public enum Style {
    /** llvm-symbolizer's: function and place in a line each, an empty line after an address. */
    LLVM,
    /** addr2line's: no columns, no empty lines. */
    GNU,
    /** llvm-symbolizer's JSON. */
    LLVM_JSON,
    /** JSON of our own, one object a line. */
    JSON,
    /**
     * The entries of DWARF that an address is in, as {@code llvm-dwarfdump --lookup} finds them.
     */
    ENTRIES
  }

  /** The names that a function may be printed by. */
  public enum Functions {
    /** None. */
    NONE,
    /** The one that it is declared by, without scope and parameters. */
    SHORT,
    /** The one that the linker knew, or what that stands for. */
    LINKAGE
  }

  /** How much of a path is printed. */
  public enum Paths {
    /** All that the compiler told. */
    ABSOLUTE,
    /** What is left without the directory that the compiler ran in. */
    RELATIVE,
    /** The name of the file. */
    BASENAME
  }

  /** What may be wanted or not. */
  public enum Feature {
    /** All inlined frames, not only the innermost place. */
    INLINES,
    /** Names as in the source, not as linkers know them. */
    DEMANGLE,
    /** A frame in one line. */
    PRETTY,
    /** The address before what is at it. */
    ADDRESSES,
    /** Lines of details instead of {@code file:line:column}. */
    VERBOSE,
    /** Control characters in names as escapes; for a terminal. */
    ESCAPE
  }

  /** Makes options; the set is copied. */
  public AnswerOptions {
    features = features.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(features));
  }

  /** Returns what llvm-symbolizer does unasked, in some style. */
  public static AnswerOptions of(Style style) {
    return new AnswerOptions(
        style, Functions.LINKAGE, Paths.ABSOLUTE, EnumSet.of(Feature.INLINES, Feature.DEMANGLE), 0);
  }

  boolean has(Feature feature) {
    return features.contains(feature);
  }

  /** Returns whether answers tell more of a function than its names and places do. */
  boolean needsDwarf() {
    return style == Style.LLVM_JSON
        || style == Style.ENTRIES
        || has(Feature.VERBOSE)
        || paths == Paths.RELATIVE;
  }
}
