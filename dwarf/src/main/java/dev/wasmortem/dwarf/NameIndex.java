package dev.wasmortem.dwarf;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Cursor;
import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.bytes.Lazy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The tables of {@code .debug_names}, which a linker puts one behind the other. A table that is
 * damaged, or is of other units than those that are here, as when a tool wrote the units anew and
 * left the names, is reported and from then on absent.
 */
final class NameIndex {
  private final DebugFile file;
  private final Lazy<List<Covering>> tables;

  /**
   * A table, and the units that need not be walked because of it; nothing for one that the linker
   * left out, as it does with types that another object has, too.
   */
  private record Covering(NameTable table, List<Optional<Unit>> units) {}

  NameIndex(DebugFile file) {
    this.file = file;
    this.tables = new Lazy<>(this::read);
  }

  /**
   * Gives the entries of a name to {@code to}, and the units that the answer is whole for to {@code
   * covered}.
   */
  void find(String name, Consumer<Entry> to, Set<Unit> covered) {
    for (Covering known : tables.get()) {
      List<Entry> found = new ArrayList<>();
      try {
        for (NameTable.Indexed each : known.table().find(name, file.section(".debug_str"))) {
          Entry entry = entry(known, each);
          if (entry != null) {
            found.add(entry);
          }
        }
      } catch (FormatException e) {
        if (tables.get().remove(known)) {
          file.report("dwarf-names-damaged", e);
        }
        continue;
      }
      found.forEach(to);
      known.units().forEach(unit -> unit.ifPresent(covered::add));
    }
  }

  private List<Covering> read() {
    List<Covering> read = new ArrayList<>();
    ByteSource section = file.section(".debug_names");
    Cursor cursor = section.cursor().in("debug_names.unit_length");
    try {
      while (!cursor.atEnd()) {
        long start = cursor.position();
        cursor.skip(UnitLength.read(cursor).length());
        try {
          NameTable table = new NameTable(section.slice(start, cursor.position() - start));
          read.add(new Covering(table, units(table)));
        } catch (FormatException e) {
          file.report("dwarf-names-damaged", e);
        }
      }
    } catch (FormatException e) {
      file.report("dwarf-names-damaged", e);
    }
    return new CopyOnWriteArrayList<>(read);
  }

  private List<Optional<Unit>> units(NameTable table) {
    List<Optional<Unit>> units = new ArrayList<>();
    for (long i = 0; i < table.unitCount() + table.localTypeCount(); i++) {
      units.add(unitAt(table.unitOffset(i)));
    }
    return units;
  }

  private Optional<Unit> unitAt(long offset) {
    if (offset == NameTable.LEFT_OUT) {
      return Optional.empty();
    }
    Unit unit = file.units().at(offset);
    if (unit == null || unit.header().offset() != offset) {
      throw new FormatException.Malformed(
          "a table of the names of a unit at 0x" + Long.toHexString(offset) + ", where none begins",
          file.section(".debug_names").at(0, "debug_names.unit"));
    }
    return Optional.of(unit);
  }

  /** Returns the entry that is meant; null if it was left out or is in a file that is not here. */
  private @Nullable Entry entry(Covering known, NameTable.Indexed indexed) {
    Unit unit = unit(known, indexed);
    if (unit == null) {
      return null;
    }
    Unit content = unit.content();
    if (content == unit && unit.isSplit()) {
      return null;
    }
    Entry entry = content.entryAt(indexed.distance()).orElse(null);
    if (entry == null || entry.read().tagCode() != indexed.tag()) {
      throw new FormatException.Malformed(
          "the name of another entry than there is at 0x" + Long.toHexString(indexed.distance()),
          file.section(".debug_names").at(0, "debug_names.entry"));
    }
    return entry;
  }

  private @Nullable Unit unit(Covering known, NameTable.Indexed indexed) {
    NameTable table = known.table();
    long types = table.localTypeCount();
    if (indexed.typeUnit() >= 0 && indexed.typeUnit() < types) {
      return known.units().get((int) (table.unitCount() + indexed.typeUnit())).orElse(null);
    }
    // A table of one unit need not say which (§6.1.1.4.6).
    long index = indexed.unit() < 0 && table.unitCount() == 1 ? 0 : indexed.unit();
    if (index < 0 || index >= table.unitCount()) {
      throw new FormatException.Malformed(
          "a name of no unit of the table's",
          file.section(".debug_names").at(0, "debug_names.entry"));
    }
    Unit unit = known.units().get((int) index).orElse(null);
    if (unit == null || indexed.typeUnit() < 0) {
      return unit;
    }
    Unit type = unit.content().file().typeUnit(table.signature(indexed.typeUnit() - types));
    // A package keeps one file's copy of a type; in that the places of another's mean nothing.
    return type != null && type.cameWith(unit) ? type : null;
  }
}
