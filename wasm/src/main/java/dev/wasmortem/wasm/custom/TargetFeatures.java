package dev.wasmortem.wasm.custom;

import dev.wasmortem.bytes.Cursor;
import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.wasm.WasmModule;
import java.util.List;
import java.util.Optional;

/**
 * The custom section {@code target_features}: what the compiler was allowed to use
 * (tool-conventions, Linking.md, "Target Features Section").
 *
 * <pre>
 * target_features ::= vec(feature)      feature ::= prefix:byte name
 * </pre>
 *
 * @param features in the order of the file
 */
public record TargetFeatures(List<Feature> features) {
  public TargetFeatures {
    features = List.copyOf(features);
  }

  /** What is said of a feature. */
  public enum Use {
    /** {@code +}: the module uses it. */
    USED('+'),
    /** {@code -}: the module does not use it, and must not be linked with one that does. */
    DISALLOWED('-'),
    /** {@code =}: every module linked with this one uses it; written by older tools only. */
    REQUIRED('=');

    private final int code;

    Use(int code) {
      this.code = code;
    }
  }

  /** A feature, as {@code simd128}. */
  public record Feature(Use use, String name) {}

  /** Reads a module's section; empty if there is none. */
  public static Optional<TargetFeatures> of(WasmModule module, Diagnostic.Sink sink) {
    return CustomCursor.of(module, "target_features", sink)
        .map(section -> new TargetFeatures(section.vec(TargetFeatures::feature)));
  }

  private static Feature feature(Cursor cursor) {
    long start = cursor.position();
    int code = cursor.u8();
    for (Use use : Use.values()) {
      if (use.code == code) {
        return new Feature(use, cursor.name());
      }
    }
    throw new FormatException.Malformed(
        "feature prefix 0x" + Integer.toHexString(code), cursor.at(start));
  }
}
