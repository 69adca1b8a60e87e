package dev.wasmortem.dwarf;

import dev.wasmortem.bytes.ByteSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;

/** Files that compilers made of the sources beside them. */
final class Fixtures {
  private Fixtures() {}

  static Path path(String name) {
    return Path.of("src/test/resources/fixtures", name);
  }

  /** Returns the sections of a Wasm module or an ELF file. */
  static DwarfSections sections(String name) {
    try {
      ByteSource file = ByteSource.open(path(name));
      return file.u8(0) == 0 ? CustomSections.of(path(name)) : ElfSections.of(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Finds the halves of split units in a package. */
  static DebugFiles packed(String name) {
    return new DebugFiles() {
      @Override
      public Optional<DwarfSections> splitPackage() {
        return Optional.of(sections(name));
      }
    };
  }
}
