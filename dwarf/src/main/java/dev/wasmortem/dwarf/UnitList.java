package dev.wasmortem.dwarf;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.bytes.Lazy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The units of one file, by their place and, of type units, by signature. Headers are read when the
 * first of them is asked for; {@code .debug_types} when a signature is.
 */
final class UnitList {
  private final DebugFile file;
  private final Lazy<List<Unit>> info;
  private final Lazy<List<Unit>> code;
  private final Lazy<List<Unit>> all;
  private final Lazy<Map<Long, Unit>> types;

  UnitList(DebugFile file) {
    this.file = file;
    this.info = new Lazy<>(() -> read(file.info(), UnitHeader.Section.INFO));
    this.code =
        new Lazy<>(() -> info.get().stream().filter(unit -> !unit.header().isTypeUnit()).toList());
    this.all = new Lazy<>(this::readAll);
    this.types = new Lazy<>(this::readTypes);
  }

  /** Returns the units of {@code .debug_info} without type units. */
  List<Unit> code() {
    return code.get();
  }

  /** Returns all units of {@code .debug_info}, and behind them those of {@code .debug_types}. */
  List<Unit> all() {
    return all.get();
  }

  /** Returns the unit of {@code .debug_info} that holds an offset, or null. */
  @Nullable Unit at(long offset) {
    List<Unit> units = info.get();
    int low = 0;
    int high = units.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      if (units.get(middle).header().offset() <= offset) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return high >= 0 && offset < units.get(high).end() ? units.get(high) : null;
  }

  /** Returns the type unit of a signature, or null. */
  @Nullable Unit ofType(long signature) {
    return types.get().get(signature);
  }

  private List<Unit> readAll() {
    List<Unit> units = new ArrayList<>(info.get());
    units.addAll(read(file.types(), UnitHeader.Section.TYPES));
    return List.copyOf(units);
  }

  private Map<Long, Unit> readTypes() {
    Map<Long, Unit> bySignature = new HashMap<>();
    for (Unit unit : all.get()) {
      if (unit.header().isTypeUnit()) {
        bySignature.putIfAbsent(unit.header().id(), unit);
      }
    }
    return bySignature;
  }

  private List<Unit> read(ByteSource section, UnitHeader.Section where) {
    List<Unit> units = new ArrayList<>();
    long offset = 0;
    while (offset < section.size()) {
      long next = section.size();
      try {
        long end = UnitHeader.announcedEnd(section, offset);
        if (end > section.size()) {
          throw new FormatException.Truncated(
              "a unit that ends " + (end - section.size()) + " bytes behind its section",
              section.at(offset, "debug_info.unit_length"));
        }
        next = end;
      } catch (FormatException e) {
        file.report("dwarf-unit-cut", e);
      }
      try {
        units.add(new Unit(UnitHeader.read(section, offset, where), file, section));
      } catch (FormatException e) {
        file.report("dwarf-unit-header-damaged", e);
      }
      offset = next;
    }
    return List.copyOf(units);
  }
}
