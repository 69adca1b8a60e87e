package dev.wasmortem.dwarf;

import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.bytes.Lazy;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The other halves of a file's skeleton units (§3.1.3), in files of their own or in one package.
 * Each is looked for when its unit is first used. A half has no half itself, whatever it says.
 */
final class SplitUnits {
  private final DebugFile main;
  private final DebugFiles files;
  private final Lazy<Optional<SplitPackage>> split;

  /** Whose halves were looked for; no two units share one. */
  private final Set<Long> claimed = ConcurrentHashMap.newKeySet();

  SplitUnits(DebugFile main, DebugFiles files) {
    this.main = main;
    this.files = files;
    this.split =
        new Lazy<>(
            () -> files.splitPackage().map(sections -> SplitPackage.read(sections, this, main)));
  }

  /** Returns the other half of a skeleton; null if it is not there, or not this unit's. */
  @Nullable Unit find(Unit skeleton, DebugFiles.SplitUnit wanted) {
    if (!claimed.add(wanted.id())) {
      missing(skeleton, "another unit has the same other half");
      return null;
    }
    Optional<SplitPackage> known = split.get();
    DwarfSections part = known.isEmpty() ? null : known.get().unit(wanted.id());
    if (part != null) {
      return find(skeleton, wanted, part, known.get());
    }
    Optional<DwarfSections> file = files.splitUnit(wanted);
    if (file.isPresent()) {
      return find(skeleton, wanted, file.get(), null);
    }
    missing(skeleton, "the file that has the unit is not here");
    return null;
  }

  private @Nullable Unit find(
      Unit skeleton,
      DebugFiles.SplitUnit wanted,
      DwarfSections sections,
      @Nullable SplitPackage within) {
    try {
      DebugFile file = new DebugFile(parted(sections), main, skeleton, within);
      for (Unit unit : file.units().code()) {
        if (unit.splitId() == wanted.id()) {
          return unit;
        }
      }
    } catch (FormatException e) {
      main.report("dwarf-split-unit-damaged", e);
      return null;
    }
    missing(skeleton, "the file that should have the unit has others");
    return null;
  }

  /** Returns the sections of a file of one half as if they were those of a file of its own. */
  DwarfSections parted(DwarfSections split) {
    return name ->
        switch (name) {
          case ".debug_addr", ".debug_ranges" -> Optional.of(main.section(name));
          default -> split.section(name + ".dwo");
        };
  }

  private void missing(Unit skeleton, String problem) {
    main.sink()
        .report(
            new Diagnostic(
                "dwarf-split-unit-missing",
                main.info().at(skeleton.header().offset(), "debug_info.skeleton_unit"),
                problem));
  }
}
