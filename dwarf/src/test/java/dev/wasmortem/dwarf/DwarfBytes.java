package dev.wasmortem.dwarf;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.ByteWriter;
import dev.wasmortem.bytes.Cursor;
import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.testkit.Mutations;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Sections written by hand; also as one file of name, length and bytes each, for damaging it. */
final class DwarfBytes {
  private final Map<String, ByteWriter> sections = new LinkedHashMap<>();

  ByteWriter section(String name) {
    return sections.computeIfAbsent(name, n -> new ByteWriter());
  }

  DwarfBytes add(String name, byte[] bytes) {
    section(name).bytes(bytes);
    return this;
  }

  /** Adds NUL-terminated strings. */
  DwarfBytes addStrings(String name, String... strings) {
    for (String string : strings) {
      section(name).bytes(string.getBytes(StandardCharsets.UTF_8)).u8(0);
    }
    return this;
  }

  /** Adds numbers below 2⁸, a byte each. */
  DwarfBytes add(String name, int... bytes) {
    for (int b : bytes) {
      section(name).u8(b);
    }
    return this;
  }

  /** Adds an abbreviation; its table ends with a byte of 0. */
  DwarfBytes abbreviation(int code, int tag, int children, int... namesAndForms) {
    ByteWriter table = section(".debug_abbrev").unsigned(code).unsigned(tag).u8(children);
    for (int value : namesAndForms) {
      table.unsigned(value);
    }
    table.u8(0).u8(0);
    return this;
  }

  /**
   * Adds a unit of version 2 to 4, with addresses of four bytes.
   *
   * @param entries its root entry and all behind it
   */
  DwarfBytes addUnit(int version, int abbreviations, ByteWriter entries) {
    ByteWriter unit = new ByteWriter().i16le(version).i32le(abbreviations).u8(4).bytes(entries);
    section(".debug_info").i32le(unit.size()).bytes(unit);
    return this;
  }

  /** Adds a unit of version 5, of type {@code DW_UT_compile}. */
  DwarfBytes addUnit5(int abbreviations, ByteWriter entries) {
    ByteWriter unit = new ByteWriter().i16le(5).u8(1).u8(4).i32le(abbreviations).bytes(entries);
    section(".debug_info").i32le(unit.size()).bytes(unit);
    return this;
  }

  DwarfSections sections() {
    return name ->
        Optional.ofNullable(sections.get(name))
            .map(bytes -> ByteSource.of(name, bytes.toByteArray()));
  }

  byte[] toFile() {
    ByteWriter file = new ByteWriter();
    sections.forEach((name, bytes) -> file.name(name).sized(bytes));
    return file.toByteArray();
  }

  /** Returns the sections of such a file as far as it goes: what is cut or lies is left out. */
  static DwarfSections ofFile(ByteSource file) {
    Map<String, ByteSource> found = new LinkedHashMap<>();
    Cursor cursor = file.cursor();
    while (!cursor.atEnd()) {
      String name = cursor.name();
      found.put(name, cursor.take(Math.min(cursor.u32(), cursor.remaining())));
    }
    return name -> Optional.ofNullable(found.get(name));
  }

  /**
   * Gives all damaged copies of such a file to {@code walk}. The frame around the sections may be
   * damaged, too; what DWARF says must never throw.
   */
  static void damage(byte[] file, Consumer<DwarfSections> walk) {
    Mutations.check(
        file,
        copy -> {
          DwarfSections sections = ofFile(copy);
          try {
            walk.accept(sections);
          } catch (FormatException e) {
            throw new AssertionError("thrown through the door", e);
          }
        });
  }
}
