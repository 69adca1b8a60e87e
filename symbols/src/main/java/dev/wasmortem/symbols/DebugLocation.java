package dev.wasmortem.symbols;

import dev.wasmortem.bytes.Printable;
import java.util.List;

/**
 * Where a module's DWARF is, and why it is believed to be this module's.
 *
 * @param file the path of the file that has it; the empty string where that is the module itself,
 *     or nothing was found
 * @param tie what ties the file to the module
 * @param searched the directories that were looked into, as real paths; empty where nothing had to
 *     be looked for
 */
public record DebugLocation(String file, Tie tie, List<String> searched) {
  /** What ties debug information to a module. */
  public enum Tie {
    /** It is in the module. */
    MODULE("in the module"),
    /** Both have the same build id. */
    BUILD_ID("which has the same build id"),
    /** The file lies where files of the module's build id are filed, and has none itself. */
    FILED("which is filed under the module's build id"),
    /** One of both has no build id, and their code sections are the same. */
    CODE("which has the same code"),
    /** One of both has no build id, and the file has no code either. */
    UNVERIFIED("which nothing proves to be this module's"),
    /** The file is another build's, and was asked for. */
    FORCED("which is another build's, by force"),
    /** There is none, or it was not found. */
    NOT_FOUND("not found");

    private final String text;

    Tie(String text) {
      this.text = text;
    }
  }

  static DebugLocation found(String file, Tie tie) {
    return new DebugLocation(file, tie, List.of());
  }

  /** Returns what comes after a description of the debug information, safe to print. */
  String inFile() {
    return file.isEmpty() ? "" : ", in " + Printable.escape(file) + ", " + tie.text;
  }

  /** Returns the directories that were looked into, safe to print. */
  String places() {
    return Printable.escape(String.join(", ", searched));
  }
}
