package dev.wasmortem.dwarf;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Cursor;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The sections of a little-endian ELF file of 64 bits, for what compilers do not make for Wasm. */
final class ElfSections implements DwarfSections {
  private final Map<String, ByteSource> sections = new HashMap<>();

  private ElfSections() {}

  static ElfSections of(ByteSource file) {
    ElfSections found = new ElfSections();
    long headers = file.cursor(0x28).i64le();
    int count = file.cursor(0x3c).u16le();
    long names = offset(file, headers + 64L * file.cursor(0x3e).u16le());
    for (int i = 0; i < count; i++) {
      Cursor header = file.cursor(headers + 64L * i);
      String name = file.cursor(names + header.u32le()).cstring();
      long size = file.cursor(headers + 64L * i + 0x20).i64le();
      if (name.startsWith(".debug_")) {
        found.sections.put(name, file.slice(offset(file, headers + 64L * i), size));
      }
    }
    return found;
  }

  private static long offset(ByteSource file, long header) {
    return file.cursor(header + 0x18).i64le();
  }

  @Override
  public Optional<ByteSource> section(String name) {
    return Optional.ofNullable(sections.get(name));
  }
}
