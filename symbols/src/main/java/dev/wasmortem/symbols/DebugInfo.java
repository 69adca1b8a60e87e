package dev.wasmortem.symbols;

import dev.wasmortem.bytes.Printable;
import dev.wasmortem.dwarf.Dwarf;
import dev.wasmortem.dwarf.LineTable;
import dev.wasmortem.dwarf.Unit;
import dev.wasmortem.wasm.custom.UrlSection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a module has of debug information, and if it has none that helps, why.
 *
 * @param status whether lines can be had
 * @param units the number of DWARF units
 * @param versions the DWARF versions of the units, rising, each once
 * @param producers the compilers as they call themselves, sorted, each once; not safe to print
 * @param external the URL that the module names for its debug information, else the empty string;
 *     not safe to print, and never opened unasked
 * @param location where the DWARF is
 * @param sourceMap where the source map is that lines come from where DWARF has none
 */
public record DebugInfo(
    Status status,
    int units,
    List<Integer> versions,
    List<String> producers,
    String external,
    DebugLocation location,
    MapLocation sourceMap) {

  /** Whether lines can be had, and why not. */
  public enum Status {
    /** There is DWARF, and it knows where the code is. */
    PRESENT,
    /** There is DWARF, and every unit's code begins at address 0. */
    ADDRESSES_LOST,
    /** There is DWARF, and the linker left out all the code that it describes. */
    CODE_LEFT_OUT,
    /** There is DWARF, and no unit of it says where its code is. */
    NO_CODE,
    /** There are DWARF sections, and nothing in them can be read. */
    DAMAGED,
    /** The module names a separate file that has the DWARF, and it was not found. */
    EXTERNAL,
    /**
     * The module has no DWARF, and names a source map; whether it is used says {@link #sourceMap}.
     */
    SOURCE_MAP,
    /** The module has a name section, and nothing more. */
    NAMES_ONLY,
    /** The module has neither DWARF nor a name section. */
    NONE
  }

  /**
   * Says what there is.
   *
   * @param sections the module's own
   */
  static DebugInfo of(
      ModuleSections sections, Dwarf dwarf, DebugLocation location, MapLocation sourceMap) {
    List<Unit> units = dwarf.units();
    boolean isElsewhere = !location.file().isEmpty();
    Status status = isElsewhere && units.isEmpty() ? Status.DAMAGED : status(sections, units);
    return new DebugInfo(
        status,
        units.size(),
        List.copyOf(
            units.stream().map(Unit::version).collect(Collectors.toCollection(TreeSet::new))),
        List.copyOf(
            units.stream()
                .map(Unit::producer)
                .flatMap(Optional::stream)
                .collect(Collectors.toCollection(TreeSet::new))),
        status == Status.SOURCE_MAP
            ? withoutData(sections.url(UrlSection.SOURCE_MAPPING_URL))
            : sections.url(UrlSection.EXTERNAL_DEBUG_INFO),
        location,
        sourceMap);
  }

  /** Returns a URL without what it holds itself. */
  private static String withoutData(String url) {
    boolean isData = url.regionMatches(true, 0, "data:", 0, 5);
    return isData ? url.substring(0, Math.max(5, url.indexOf(','))) : url;
  }

  private static Status status(ModuleSections sections, List<Unit> units) {
    if (!units.isEmpty()) {
      return status(units);
    }
    if (sections.has(".debug_info")) {
      return Status.DAMAGED;
    }
    if (sections.has(UrlSection.EXTERNAL_DEBUG_INFO.section())) {
      return Status.EXTERNAL;
    }
    if (sections.has(UrlSection.SOURCE_MAPPING_URL.section())) {
      return Status.SOURCE_MAP;
    }
    return sections.has("name") ? Status.NAMES_ONLY : Status.NONE;
  }

  private static Status status(List<Unit> units) {
    TreeSet<Unit.Code> kinds = new TreeSet<>();
    for (Unit unit : units) {
      kinds.add(unit.code());
    }
    if (kinds.contains(Unit.Code.PRESENT) || units.stream().anyMatch(DebugInfo::hasLines)) {
      return Status.PRESENT;
    }
    if (kinds.contains(Unit.Code.ALL_AT_ZERO)) {
      return Status.ADDRESSES_LOST;
    }
    return kinds.contains(Unit.Code.LEFT_OUT) ? Status.CODE_LEFT_OUT : Status.NO_CODE;
  }

  private static boolean hasLines(Unit unit) {
    return unit.lines().map(LineTable::ranges).filter(ranges -> !ranges.isEmpty()).isPresent();
  }

  /** Returns one line for a person, safe to print. */
  public String explanation() {
    boolean isFallback =
        sourceMap.isUsable() && status != Status.SOURCE_MAP && status != Status.PRESENT;
    return dwarfExplanation() + (isFallback ? "; lines come from " + sourceMap.described("") : "");
  }

  private String dwarfExplanation() {
    return switch (status) {
      case PRESENT -> described();
      case ADDRESSES_LOST ->
          described()
              + ", but every function's address is 0: a tool such as an old wasm-opt rewrote the"
              + " module and lost them; build without it, or with a newer one";
      case CODE_LEFT_OUT -> described() + ", but none for the code that was linked";
      case NO_CODE -> described() + ", which describes no code";
      case DAMAGED -> "DWARF sections that cannot be read" + location.inFile();
      case EXTERNAL -> "in a separate file, " + Printable.escape(external) + ", " + notFound();
      case SOURCE_MAP -> sourceMap.described(external);
      case NAMES_ONLY -> "function names only; build with -g for lines" + looked();
      case NONE -> "none: the module was built without, or stripped" + looked();
    };
  }

  private String notFound() {
    String places = location.places();
    return "which was not " + (places.isEmpty() ? "opened" : "found in " + places);
  }

  private String looked() {
    String places = location.places();
    return places.isEmpty() ? "" : "; no debug file was found in " + places;
  }

  private String described() {
    String list = versions.stream().map(String::valueOf).collect(Collectors.joining(", "));
    String by = producers.isEmpty() ? "" : " by " + Printable.escape(producers.get(0));
    String more = producers.size() > 1 ? " and " + (producers.size() - 1) + " more" : "";
    return "DWARF "
        + list
        + ", "
        + units
        + (units == 1 ? " unit" : " units")
        + by
        + more
        + location.inFile();
  }

  /** Returns the {@link #explanation}. */
  @Override
  public String toString() {
    return explanation();
  }
}
