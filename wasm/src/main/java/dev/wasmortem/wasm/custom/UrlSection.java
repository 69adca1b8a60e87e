package dev.wasmortem.wasm.custom;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.bytes.Limits;
import dev.wasmortem.wasm.WasmModule;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Custom sections that hold one URL: where debug information lies (tool-conventions, Debugging.md).
 * They are what a file claims; nothing may be opened or fetched on their account without leave.
 */
public enum UrlSection {
  /** Where the module's DWARF sections are. */
  EXTERNAL_DEBUG_INFO("external_debug_info"),
  /** Where the module's source map is; it may be a {@code data:} URL that holds it. */
  SOURCE_MAPPING_URL("sourceMappingURL");

  private final String section;

  UrlSection(String section) {
    this.section = section;
  }

  /** Returns the section's name. */
  public String section() {
    return section;
  }

  /**
   * Returns the URL; empty if there is none or an empty one, or it is longer than {@link
   * Limits#NAME_BYTES}. Bytes that are no UTF-8 become U+FFFD.
   */
  public Optional<String> url(WasmModule module, Diagnostic.Sink sink) {
    return bytes(module, sink)
        .filter(bytes -> bytes.size() > 0 && bytes.size() <= Limits.NAME_BYTES)
        .map(UrlSection::text);
  }

  private static String text(ByteSource bytes) {
    byte[] utf8 = new byte[(int) bytes.size()];
    bytes.copyTo(0, utf8, 0, utf8.length);
    return new String(utf8, StandardCharsets.UTF_8);
  }

  /** Returns the URL's bytes, however many; empty if there is no section or it is damaged. */
  public Optional<ByteSource> bytes(WasmModule module, Diagnostic.Sink sink) {
    return CustomCursor.of(module, section, sink)
        .flatMap(
            found -> found.get(cursor -> Optional.of(cursor.take(cursor.u32())), Optional.empty()));
  }
}
