package dev.wasmortem.wasm;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Cursor;
import dev.wasmortem.bytes.FormatException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * What tells one build of a module from every other: the custom section {@code build_id}, which
 * ties a stripped module to its debug information (tool-conventions, BuildId.md).
 *
 * @param hex the bytes in lower-case hexadecimal, at most {@link #MAX_BYTES} of them
 */
public record BuildId(String hex) {
  /** The longest build id that is believed, in bytes. */
  public static final int MAX_BYTES = 64;

  /**
   * Returns a module's build id: the section's bytes after their length, or all of them where a
   * tool took the length away. Empty if there is no such section, or it holds nothing or too much.
   */
  public static Optional<BuildId> of(WasmModule module) {
    List<Section> sections = module.customSections("build_id");
    if (sections.isEmpty()) {
      return Optional.empty();
    }
    ByteSource payload = sections.get(0).payload();
    if (payload.size() == 0 || payload.size() > MAX_BYTES + 5) {
      return Optional.empty();
    }
    ByteSource bytes = afterLength(payload).orElse(payload);
    if (bytes.size() == 0 || bytes.size() > MAX_BYTES) {
      return Optional.empty();
    }
    return Optional.of(
        new BuildId(HexFormat.of().formatHex(bytes.cursor().bytes((int) bytes.size()))));
  }

  /** Returns what stands behind the length, if there is one that fits exactly. */
  private static Optional<ByteSource> afterLength(ByteSource payload) {
    try {
      Cursor cursor = payload.cursor();
      return cursor.u32() == cursor.remaining()
          ? Optional.of(cursor.take(cursor.remaining()))
          : Optional.empty();
    } catch (FormatException e) {
      return Optional.empty();
    }
  }
}
