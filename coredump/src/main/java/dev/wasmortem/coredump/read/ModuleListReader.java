package dev.wasmortem.coredump.read;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Cursor;
import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.bytes.Limits;
import dev.wasmortem.coredump.CoreModule;
import dev.wasmortem.coredump.Dialect.ModuleEntries;
import dev.wasmortem.wasm.Section;
import dev.wasmortem.wasm.SectionId;
import dev.wasmortem.wasm.WasmModule;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads the section {@code coremodules}.
 *
 * <pre>
 * coremodules ::= vec(coremodule)
 * coremodule  ::= 0x00 module-name:name            the convention
 *               | 0x01 module-bytes:module         proposed, never adopted; the module itself
 *               | 0x01 size:u32 module-bytes:module
 * unsized     ::= n:u32 (0x00 utf8-byte*)^n        WasmEdge; tried when nothing else fits
 * </pre>
 *
 * A module without a size ends before the first byte that begins no section: where the list's next
 * entry begins, or the list ends.
 */
final class ModuleListReader {
  private static final int NAMED = 0x00;
  private static final int INLINE = 0x01;

  /** Magic and version of a binary, as little-endian numbers. */
  private static final long PREAMBLE = 0x1_6d736100L;

  private static final int PREAMBLE_BYTES = 8;

  private final Section section;
  private final Findings findings;
  private final List<CoreModule> modules = new ArrayList<>();
  private final Map<Integer, ByteSource> inline = new TreeMap<>();

  ModuleListReader(Section section, Findings findings) {
    this.section = section;
    this.findings = findings;
  }

  ModuleList read() {
    try {
      Cursor cursor = section.payload().cursor().in("coremodules");
      long count = findings.strict() ? cursor.count(2) : cursor.u32();
      for (long i = 0; i < count; i++) {
        module(cursor, count - i - 1);
      }
      HeaderReader.expectEnd(cursor.in("coremodules"));
    } catch (FormatException e) {
      List<CoreModule> unsized = unsized();
      if (unsized != null) {
        return new ModuleList(unsized, Map.of(), ModuleEntries.UNSIZED_NAMES);
      }
      findings.damage("section-damaged", e);
    }
    return new ModuleList(
        modules, inline, inline.isEmpty() ? ModuleEntries.NAMES : ModuleEntries.INLINE);
  }

  private void module(Cursor cursor, long others) {
    if (cursor.in("coremodule").peek() != INLINE) {
      HeaderReader.expectZero(cursor, "coremodule");
      modules.add(new CoreModule(cursor.in("coremodule.module-name").name()));
      return;
    }
    cursor.skip(1);
    ByteSource bytes = inline(cursor.in("coremodule.module-bytes"), others);
    inline.put(modules.size(), bytes);
    modules.add(new CoreModule(nameOf(bytes)));
  }

  /** Returns the name that a module bears itself, which costs its section headers. */
  private static String nameOf(ByteSource module) {
    try {
      return WasmModule.salvage(module, Diagnostic.Sink.IGNORE).moduleName().orElse("");
    } catch (FormatException e) {
      return "";
    }
  }

  private ByteSource inline(Cursor cursor, long others) {
    long start = cursor.position();
    if (isPreamble(cursor)) {
      return cursor.seek(start).take(length(cursor, others));
    }
    long size = cursor.seek(start).u32();
    long begin = cursor.position();
    if (size < PREAMBLE_BYTES || !isPreamble(cursor)) {
      throw new FormatException.Malformed("an inline module that is no module", cursor.at(start));
    }
    return cursor.seek(begin).take(size);
  }

  /** Returns how long a module is that no size is told of; the cursor is left anywhere. */
  private long length(Cursor cursor, long others) {
    long start = cursor.position();
    long end = start + PREAMBLE_BYTES;
    while (end < section.payload().size()) {
      cursor.seek(end);
      if (others > 0 && beginsEntry(cursor)) {
        break;
      }
      long next = endOfSection(cursor.seek(end));
      if (next < 0) {
        break;
      }
      end = next;
    }
    cursor.seek(start);
    return end - start;
  }

  /**
   * Returns whether an entry begins here rather than a section. {@code 0x01} begins a Type section,
   * too, but none whose content begins as a module does; {@code 0x00} a custom section, but none
   * whose name fits into it when it is an entry's name.
   */
  private boolean beginsEntry(Cursor cursor) {
    long start = cursor.position();
    try {
      int tag = cursor.u8();
      if (tag == INLINE) {
        if (isPreamble(cursor)) {
          return true;
        }
        cursor.seek(start + 1).u32();
        return isPreamble(cursor);
      }
      if (tag == NAMED) {
        long size = cursor.u32();
        return size == 0 || size > cursor.remaining() || !nameFits(cursor, size);
      }
      return false;
    } catch (FormatException e) {
      return false;
    }
  }

  private static boolean nameFits(Cursor cursor, long size) {
    long content = cursor.position();
    long name = cursor.u32();
    return cursor.position() - content + name <= size;
  }

  /** Returns where the section that begins here ends, -1 if none begins here. */
  private static long endOfSection(Cursor cursor) {
    try {
      int id = cursor.u8();
      long size = cursor.u32();
      return id >= SectionId.values().length || size > cursor.remaining()
          ? -1
          : cursor.position() + size;
    } catch (FormatException e) {
      return -1;
    }
  }

  private static boolean isPreamble(Cursor cursor) {
    return cursor.remaining() >= PREAMBLE_BYTES && cursor.i64le() == PREAMBLE;
  }

  /**
   * Returns the names of a list in which their lengths are missing, null if it cannot be one. A
   * control character, which a short name's length would be, rules that out.
   */
  private @Nullable List<CoreModule> unsized() {
    try {
      Cursor cursor = section.payload().cursor().in("coremodules");
      long count = cursor.u32();
      if (count == 0
          || cursor.remaining() > Limits.NAME_BYTES
          || cursor.atEnd()
          || cursor.u8() != NAMED) {
        return null;
      }
      String rest = utf8(cursor.bytes((int) cursor.remaining()));
      List<CoreModule> named = new ArrayList<>();
      for (String name : rest.split("\0", -1)) {
        named.add(new CoreModule(name));
      }
      boolean hasControls = rest.chars().anyMatch(c -> c != 0 && Character.isISOControl(c));
      return named.size() == count && !hasControls ? named : null;
    } catch (FormatException | CharacterCodingException e) {
      return null;
    }
  }

  private static String utf8(byte[] bytes) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }
}
