package dev.wasmortem.dwarf;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.bytes.Lazy;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The sections of one file, its units, and what those share: abbreviations and line tables, each
 * read once however many units name it.
 */
final class DebugFile {
  /** How often a byte of a string may be read: directories are part of many paths. */
  private static final long STRING_SHARE = 64;

  private final DwarfSections sections;
  private final DebugFiles files;

  /** The other halves of this file's units; null in a file that has such. */
  private final @Nullable SplitUnits splits;

  private final @Nullable Unit skeleton;
  private final @Nullable SplitPackage pack;
  private final Lazy<Optional<DebugFile>> supplement;
  private final UnitList units = new UnitList(this);
  private final AddressTables addressTables = new AddressTables(this);
  private final ByteSource info;
  private final AbbreviationTables abbreviations;
  private final LineTables lines;
  private final Strings strings;
  private final Addresses addresses;
  private final RangeLists rangeLists;
  private final Diagnostic.Sink sink;
  private final Budget stringBudget;

  /** Makes the file at hand; others that belong to it are found by {@code files}. */
  DebugFile(DwarfSections sections, DebugFiles files, Diagnostic.Sink sink) {
    this.sections = sections;
    this.sink = new LimitedSink(sink);
    this.files = files;
    this.splits = new SplitUnits(this, files);
    this.skeleton = null;
    this.pack = null;
    info = section(".debug_info");
    abbreviations = new AbbreviationTables(section(".debug_abbrev"));
    lines = new LineTables(section(".debug_line"), this.sink);
    long text = section(".debug_str").size() + section(".debug_line_str").size();
    stringBudget =
        new Budget("strings", STRING_SHARE * (info.size() + lines.size() + text) + (1 << 20));
    strings = readerOfStrings();
    addresses = new Addresses(section(".debug_addr"));
    rangeLists = new RangeLists(section(".debug_ranges"), section(".debug_rnglists"), addresses);
    supplement = new Lazy<>(this::openSupplement);
  }

  /**
   * Makes a file, or the part of a package, that has units that are split, or types of theirs.
   *
   * @param sections by the names that they would have in a file that is not split
   * @param main the file that has the skeletons
   * @param skeleton the skeleton of the unit; null for types
   * @param pack the package that this is a part of
   */
  DebugFile(
      DwarfSections sections,
      DebugFile main,
      @Nullable Unit skeleton,
      @Nullable SplitPackage pack) {
    this.sections = sections;
    this.sink = main.sink;
    this.files = main.files;
    this.splits = null;
    this.skeleton = skeleton;
    this.pack = pack;
    info = section(".debug_info");
    stringBudget = main.stringBudget;
    allowStrings(info.size());
    if (pack == null) {
      abbreviations = new AbbreviationTables(section(".debug_abbrev"));
      lines = new LineTables(section(".debug_line"), sink);
      allowStrings(lines.size() + section(".debug_str").size());
    } else {
      // What units of a package share is counted there, once.
      abbreviations = pack.abbreviations(section(".debug_abbrev"));
      lines = pack.lines(section(".debug_line"));
    }
    strings = readerOfStrings();
    addresses = main.addresses;
    rangeLists =
        new RangeLists(
            section(".debug_ranges"), section(".debug_rnglists"), addresses, main.rangeLists);
    supplement = main.supplement;
  }

  private Strings readerOfStrings() {
    return new Strings(
        section(".debug_str"),
        section(".debug_line_str"),
        section(".debug_str_offsets"),
        stringBudget);
  }

  UnitList units() {
    return units;
  }

  /** Returns the unit that has the addresses of this file's, if this has split units. */
  @Nullable Unit skeleton() {
    return skeleton;
  }

  @Nullable SplitUnits splits() {
    return splits;
  }

  /** Allows for reading strings of so many bytes more. */
  void allowStrings(long bytes) {
    stringBudget.grow(STRING_SHARE * bytes);
  }

  /** Returns the type unit of a signature, or null. */
  @Nullable Unit typeUnit(long signature) {
    Unit unit = units.ofType(signature);
    return unit == null && pack != null ? pack.typeUnit(signature) : unit;
  }

  /** Returns the package that this is a part of; null if it is no part of one. */
  @Nullable SplitPackage pack() {
    return pack;
  }

  /** Returns the supplementary file (§7.3.6), or null if there is none or it is not here. */
  @Nullable DebugFile supplement() {
    return supplement.get().orElse(null);
  }

  /** Returns whether there is a supplementary file, here or not. */
  boolean namesSupplement() {
    try {
      return Supplements.named(this).isPresent();
    } catch (FormatException e) {
      return false;
    }
  }

  private Optional<DebugFile> openSupplement() {
    try {
      Optional<DebugFiles.Supplement> wanted = Supplements.named(this);
      Optional<DebugFile> found =
          wanted
              .flatMap(files::supplement)
              // Nothing refers to a supplement of a supplement.
              .map(sections -> new DebugFile(sections, DebugFiles.NONE, sink))
              .filter(file -> Supplements.fits(file, wanted.get()));
      if (wanted.isPresent() && found.isEmpty()) {
        sink.report(
            new Diagnostic(
                "dwarf-supplement-missing",
                info.at(0, "debug_info"),
                "the file that it shares debug information with is not here"));
      }
      return found;
    } catch (FormatException e) {
      report("dwarf-supplement-damaged", e);
      return Optional.empty();
    }
  }

  ByteSource info() {
    return info;
  }

  /** Returns {@code .debug_types}. */
  ByteSource types() {
    return section(".debug_types");
  }

  /** Returns the contents of a section; of one that is absent, no bytes. */
  ByteSource section(String name) {
    return sections.section(name).orElseGet(() -> ByteSource.of(name + ", absent", new byte[0]));
  }

  AddressTables addressTables() {
    return addressTables;
  }

  Strings strings() {
    return strings;
  }

  Addresses addresses() {
    return addresses;
  }

  RangeLists rangeLists() {
    return rangeLists;
  }

  Diagnostic.Sink sink() {
    return sink;
  }

  void report(String code, FormatException error) {
    sink.report(Diagnostic.of(code, error));
  }

  /**
   * Returns the table of abbreviations at an offset, read as far as it takes to find the entry of
   * {@code code}: no further than that when it is first asked for, else to its end.
   */
  Abbreviations abbreviations(long offset, long code) {
    return abbreviations.at(offset, code);
  }

  /** Returns the whole table of abbreviations at an offset. */
  Abbreviations abbreviations(long offset) {
    return abbreviations.at(offset);
  }

  /**
   * Returns the line table at an offset. When its program is damaged, the damage is reported and
   * the sequences before it are returned.
   */
  LineTables.Decoded lines(long offset, int addressSize) {
    return lines.at(offset, addressSize);
  }
}
