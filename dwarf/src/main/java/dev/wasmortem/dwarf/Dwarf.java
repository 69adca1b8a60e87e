package dev.wasmortem.dwarf;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.bytes.Lazy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The debug information of one file. Nothing is decoded on opening: the first use reads the unit
 * headers, the first look-up the units' root entries and ranges, and each unit's line table is
 * decoded when one of its addresses is first looked up; all of it is kept.
 *
 * <p>Damage is reported to the sink, once, and of each kind the first few times only; it makes what
 * it touches absent; no method throws because of what the file holds. Safe for use by several
 * threads.
 */
public final class Dwarf {
  private final SharedTables tables;
  private final Lazy<List<Unit>> units;
  private final Lazy<RangeMap> unitsByAddress;

  private Dwarf(SharedTables tables) {
    this.tables = tables;
    this.units = new Lazy<>(this::readUnits);
    this.unitsByAddress = new Lazy<>(this::mapUnits);
  }

  /** Returns the debug information in {@code sections}; what is damaged is told to {@code sink}. */
  public static Dwarf of(DwarfSections sections, Diagnostic.Sink sink) {
    return new Dwarf(new SharedTables(sections, sink));
  }

  /** Returns the units of {@code .debug_info} in their order, without type units. */
  public List<Unit> units() {
    return units.get();
  }

  /**
   * Returns the unit whose code stands at {@code address}: by the units' ranges, and for units that
   * give none, by their line tables. Where several claim an address, the first of those that give
   * ranges, else the first.
   */
  public Optional<Unit> unitAt(Address address) {
    int number = unitsByAddress.get().find(address.value());
    return number < 0
        ? Optional.empty()
        : Optional.of(units.get().get(number % units.get().size()));
  }

  /**
   * Returns the line of the code at {@code address}: of the line table of the {@link #unitAt unit}
   * there, in the sequence that holds the address, the last row whose address is not greater. Line
   * 0 is an answer, too: code that the compiler ties to no line.
   */
  public Optional<SourceLine> lineAt(Address address) {
    Optional<Unit> unit = unitAt(address);
    if (unit.isEmpty()) {
      return Optional.empty();
    }
    Optional<LineTable> lines = unit.get().lines();
    return lines.isEmpty() ? Optional.empty() : lines.get().lineAt(address);
  }

  private List<Unit> readUnits() {
    ByteSource info = tables.info();
    List<Unit> all = new ArrayList<>();
    long offset = 0;
    while (offset < info.size()) {
      long next = info.size();
      try {
        long end = UnitHeader.announcedEnd(info, offset);
        if (end > info.size()) {
          throw new FormatException.Truncated(
              "a unit that ends " + (end - info.size()) + " bytes behind its section",
              info.at(offset, "debug_info.unit_length"));
        }
        next = end;
      } catch (FormatException e) {
        tables.report("dwarf-unit-cut", e);
      }
      addUnit(offset, all);
      offset = next;
    }
    return List.copyOf(all);
  }

  private void addUnit(long offset, List<Unit> all) {
    try {
      UnitHeader header = UnitHeader.read(tables.info(), offset);
      if (!header.isTypeUnit()) {
        all.add(new Unit(header, tables));
      }
    } catch (FormatException e) {
      tables.report("dwarf-unit-header-damaged", e);
    }
  }

  private RangeMap mapUnits() {
    RangeMap.Builder map = new RangeMap.Builder();
    int count = units.get().size();
    for (int i = 0; i < count; i++) {
      // Of two that claim an address the smaller number wins: those that give ranges go before.
      units.get().get(i).addRanges(map, i, count + i);
    }
    return map.build();
  }
}
