package dev.wasmortem.dwarf;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Cursor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The custom sections of a Wasm module, found without the module reader; the last of a name. */
final class CustomSections implements DwarfSections {
  private final Map<String, ByteSource> sections = new HashMap<>();
  private long codeSize;

  private CustomSections() {}

  static CustomSections of(Path module) throws IOException {
    CustomSections found = new CustomSections();
    Cursor cursor = ByteSource.open(module).cursor(8);
    while (!cursor.atEnd()) {
      int id = cursor.u8();
      Cursor payload = cursor.take(cursor.u32()).cursor();
      if (id == 0) {
        String name = new String(payload.bytes((int) payload.u32()), StandardCharsets.UTF_8);
        found.sections.put(name, payload.take(payload.remaining()));
      } else if (id == 10) {
        found.codeSize = payload.remaining();
      }
    }
    return found;
  }

  /** Returns the bytes of the code section's payload, which are the addresses there are. */
  long codeSize() {
    return codeSize;
  }

  @Override
  public Optional<ByteSource> section(String name) {
    return Optional.ofNullable(sections.get(name));
  }
}
