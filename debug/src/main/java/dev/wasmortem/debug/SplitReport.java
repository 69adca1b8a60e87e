package dev.wasmortem.debug;

import dev.wasmortem.symbols.ModuleSplit;
import dev.wasmortem.wasm.Section;
import java.util.List;
import java.util.Locale;

/**
 * What a module was split into, as plain records; {@code docs/split.schema.json} is the schema.
 * Text from files stands here verbatim.
 *
 * @param schema {@link #SCHEMA}
 * @param module the module's path as given
 * @param buildId the build id of both files, in hexadecimal
 * @param buildIdOrigin where it comes from: {@code module}, {@code given} or {@code computed}
 * @param stripped the stripped module
 * @param debugFile the debug file
 * @param removed the sections that the stripped module lacks
 */
public record SplitReport(
    String schema,
    String module,
    String buildId,
    String buildIdOrigin,
    File stripped,
    File debugFile,
    List<Removed> removed) {
  /** The model's name and version. */
  public static final String SCHEMA = "wasmortem-split-1";

  /**
   * A file that was written.
   *
   * @param file its path as given
   * @param size in bytes
   */
  public record File(String file, long size) {}

  /**
   * A section.
   *
   * @param name its name
   * @param size in bytes, of what follows the name
   */
  public record Removed(String name, long size) {
    private static Removed of(Section section) {
      return new Removed(section.name(), section.payload().size());
    }
  }

  /** Returns what a split comes to. */
  public static SplitReport of(
      String module, ModuleSplit split, String strippedFile, String debugFile) {
    return new SplitReport(
        SCHEMA,
        module,
        split.buildId().hex(),
        split.buildIdOrigin().name().toLowerCase(Locale.ROOT),
        new File(strippedFile, split.stripped().size()),
        new File(debugFile, split.debugFile().size()),
        split.removed().stream().map(Removed::of).toList());
  }
}
