package dev.wasmortem.dwarf;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Cursor;
import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.bytes.Lazy;
import dev.wasmortem.bytes.Location;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * A file that split units were packed into (§7.3.5), in the layout of version 5 or the one that GNU
 * had for version 4. Its two indexes say which part of each section is whose:
 *
 * <pre>
 * index = version:u32 columns:u32 units:u32 slots:u32
 *         id:u64^slots row:u32^slots section:u32^columns offset:u32^(columns·units) size:u32^(columns·units)
 * </pre>
 *
 * <p>Version 5 keeps the version in two bytes and leaves the two behind it empty. Rows count from
 * 1; 0 is an empty slot. Types and the unit that they came with have parts in common, of all
 * sections but the one with their entries.
 */
final class SplitPackage {
  private static final List<String> SHARED_OUT =
      List.of(
          ".debug_info.dwo",
          ".debug_types.dwo",
          ".debug_abbrev.dwo",
          ".debug_line.dwo",
          ".debug_loc.dwo",
          ".debug_loclists.dwo",
          ".debug_str_offsets.dwo",
          ".debug_rnglists.dwo");

  /** What many may have the same part of, and is read once. */
  private static final Set<String> COMMON =
      Set.of(".debug_abbrev.dwo", ".debug_line.dwo", ".debug_str_offsets.dwo");

  private final DwarfSections sections;
  private final SplitUnits splits;
  private final DebugFile main;

  /** What may be read in all: parts are the same, or do not overlap. */
  private final Budget budget;

  private final Map<Long, DwarfSections> units = new HashMap<>();
  private final Map<Long, DwarfSections> types = new LinkedHashMap<>();

  /** Of types that were asked for, nothing for those that are damaged. */
  private final Map<Long, Optional<Unit>> known = new HashMap<>();

  private final Lazy<List<Unit>> typeUnits = new Lazy<>(this::readTypeUnits);

  private final ConcurrentMap<Part, ByteSource> common = new ConcurrentHashMap<>();
  private final IdentityHashMap<ByteSource, AbbreviationTables> abbreviations =
      new IdentityHashMap<>();
  private final IdentityHashMap<ByteSource, LineTables> lines = new IdentityHashMap<>();

  /** A part of a section. */
  private record Part(String section, long offset, long size) {}

  private SplitPackage(DwarfSections sections, SplitUnits splits, DebugFile main) {
    this.sections = sections;
    this.splits = splits;
    this.main = main;
    long size = 0;
    for (String name : SHARED_OUT) {
      size += sections.section(name).map(ByteSource::size).orElse(0L);
    }
    this.budget = new Budget("parts of a package", 2 * size + 64);
  }

  /** Reads the indexes; one that is damaged is reported, and empty. */
  static SplitPackage read(DwarfSections sections, SplitUnits splits, DebugFile main) {
    SplitPackage read = new SplitPackage(sections, splits, main);
    read.readIndex(".debug_cu_index", read.units);
    read.readIndex(".debug_tu_index", read.types);
    sections.section(".debug_str.dwo").ifPresent(text -> main.allowStrings(text.size()));
    return read;
  }

  /** Returns the parts of a unit's, each by its section's name; null if it is not here. */
  @Nullable DwarfSections unit(long id) {
    return units.get(id);
  }

  /** Returns the type unit of a signature; null if it is not here. */
  @Nullable Unit typeUnit(long signature) {
    synchronized (known) {
      Optional<Unit> unit = known.get(signature);
      DwarfSections part = types.get(signature);
      if (unit == null && part != null) {
        known.put(signature, Optional.empty()); // which it stays where reading it fails
        DebugFile file = new DebugFile(splits.parted(withoutLists(part)), main, null, this);
        unit = Optional.ofNullable(file.units().ofType(signature));
        known.put(signature, unit);
      }
      return unit == null ? null : unit.orElse(null);
    }
  }

  /** Returns all type units that are here, in the order of the index. */
  List<Unit> typeUnits() {
    return typeUnits.get();
  }

  private List<Unit> readTypeUnits() {
    List<Unit> all = new ArrayList<>();
    for (long signature : types.keySet()) {
      try {
        Unit unit = typeUnit(signature);
        if (unit != null) {
          all.add(unit);
        }
      } catch (FormatException e) {
        main.report("dwarf-split-unit-damaged", e);
      }
    }
    return List.copyOf(all);
  }

  /** Types have no code, and so none of the lists that came with them. */
  private static DwarfSections withoutLists(DwarfSections part) {
    return name ->
        name.equals(".debug_loclists.dwo") || name.equals(".debug_rnglists.dwo")
            ? Optional.empty()
            : part.section(name);
  }

  /** Returns the tables of a part, the same for all that have it in common. */
  AbbreviationTables abbreviations(ByteSource part) {
    synchronized (abbreviations) {
      return abbreviations.computeIfAbsent(part, AbbreviationTables::new);
    }
  }

  /** Returns the tables of a part, the same for all that have it in common. */
  LineTables lines(ByteSource part) {
    synchronized (lines) {
      return lines.computeIfAbsent(
          part,
          source -> {
            main.allowStrings(source.size());
            return new LineTables(source, main.sink());
          });
    }
  }

  /** Returns a part; what is common is not counted again. */
  private ByteSource part(Part part, ByteSource section, Location where) {
    if (COMMON.contains(part.section)) {
      return common.computeIfAbsent(part, each -> newPart(each, section, where));
    }
    return newPart(part, section, where);
  }

  private ByteSource newPart(Part part, ByteSource section, Location where) {
    budget.spend(part.size, where);
    return section.slice(part.offset, part.size);
  }

  private void readIndex(String name, Map<Long, DwarfSections> into) {
    Optional<ByteSource> index = sections.section(name);
    if (index.isEmpty()) {
      return;
    }
    try {
      readIndex(index.get().cursor().in(name.substring(1)), into);
    } catch (FormatException e) {
      main.report("dwarf-package-index-damaged", e);
    }
  }

  private void readIndex(Cursor cursor, Map<Long, DwarfSections> into) {
    int version = cursor.u16le();
    cursor.skip(2);
    if (version != 2 && version != 5) {
      throw new FormatException.Unsupported("version " + version + " of an index", cursor.at(0));
    }
    int columns = count(cursor, 4);
    int units = count(cursor, 4);
    int slots = count(cursor, 12);
    long ids = cursor.position();
    long rows = ids + 8L * slots;
    long names = rows + 4L * slots;
    long offsets = names + 4L * columns;
    // In all the offsets and sizes take as many bytes as this, which the section must have.
    if ((long) columns * units > cursor.source().size() / 8) {
      throw cursor.malformed("an index of " + units + " units that ends behind its section");
    }
    Contribution contribution =
        new Contribution(cursor, version, columns, units, names, offsets, this);
    for (int slot = 0; slot < slots; slot++) {
      long id = cursor.seek(ids + 8L * slot).i64le();
      long row = cursor.seek(rows + 4L * slot).u32le();
      if (row >= 1 && row <= units) {
        into.putIfAbsent(id, contribution.of(row - 1, sections));
      }
    }
  }

  private static int count(Cursor cursor, int bytesEach) {
    long count = cursor.u32le();
    if (count > cursor.remaining() / bytesEach) {
      throw cursor.malformed("a count of " + count + " that cannot fit into what is left");
    }
    return (int) count;
  }

  /** Where an index has the parts of its units. */
  private record Contribution(
      Cursor cursor,
      int version,
      int columns,
      int units,
      long names,
      long offsets,
      SplitPackage pack) {
    DwarfSections of(long row, DwarfSections whole) {
      return name -> {
        Optional<ByteSource> section = whole.section(name);
        for (int column = 0; column < columns && section.isPresent(); column++) {
          ByteSource index = cursor.source();
          Cursor at = index.cursor(names + 4L * column).in("debug_cu_index.section");
          if (name.equals(sectionName(at.u32le()))) {
            long cell = 4 * (row * columns + column);
            long offset = at.seek(offsets + cell).u32le();
            long size = at.seek(offsets + 4L * columns * units + cell).u32le();
            return Optional.of(pack.part(new Part(name, offset, size), section.get(), at.here()));
          }
        }
        // A section that no unit has a part of is everybody's, as strings are.
        return name.equals(".debug_str.dwo") ? section : Optional.empty();
      };
    }

    private String sectionName(long id) {
      return switch ((int) Math.min(id, 99)) {
        case 1 -> ".debug_info.dwo";
        case 2 -> ".debug_types.dwo";
        case 3 -> ".debug_abbrev.dwo";
        case 4 -> ".debug_line.dwo";
        case 5 -> version == 5 ? ".debug_loclists.dwo" : ".debug_loc.dwo";
        case 6 -> ".debug_str_offsets.dwo";
        case 8 -> version == 5 ? ".debug_rnglists.dwo" : "";
        default -> "";
      };
    }
  }
}
