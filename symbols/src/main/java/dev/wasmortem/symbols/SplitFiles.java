package dev.wasmortem.symbols;

import dev.wasmortem.dwarf.DebugFiles;
import dev.wasmortem.dwarf.DwarfSections;
import dev.wasmortem.symbols.OpenFiles.Expected;
import dev.wasmortem.wasm.BuildId;
import dev.wasmortem.wasm.WasmModule;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the files that hold halves of split units, or what several files share, in the directories
 * that the user allowed. Whether a file is the one that is wanted, DWARF itself tells: both have
 * the same number.
 */
final class SplitFiles implements DebugFiles {
  private final AllowedDirectories directories;
  private final Set<String> packages = new LinkedHashSet<>();
  private final OpenFiles files;

  SplitFiles(DebugFileSearch search, DebugLocation location, OpenFiles files) {
    this.directories = search.directories();
    this.files = files;
    search.moduleFile().ifPresent(this::addPackageOf);
    if (!location.file().isEmpty()) {
      addPackageOf(Path.of(location.file()));
    }
  }

  private void addPackageOf(Path file) {
    String name = String.valueOf(file.getFileName());
    packages.add(name + ".dwp");
    packages.add(DebugFileFinder.withoutSuffix(name) + ".dwp");
  }

  @Override
  public Optional<DwarfSections> splitPackage() {
    for (String name : packages) {
      Optional<DwarfSections> found = open(name);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  @Override
  public Optional<DwarfSections> splitUnit(SplitUnit unit) {
    String name = unit.name();
    return open(
        isAbsolute(name) || unit.directory().isEmpty() ? name : unit.directory() + "/" + name);
  }

  /** GNU's supplementary files are told by their build id; for others, DWARF itself looks. */
  @Override
  public Optional<DwarfSections> supplement(Supplement wanted) {
    return find(wanted.name())
        .filter(
            file ->
                !file.customSections(".debug_sup").isEmpty()
                    || BuildId.of(file).filter(id -> id.hex().equals(wanted.id())).isPresent())
        .map(ModuleSections::new);
  }

  /** Paths in debug information may come from Windows. */
  private static boolean isAbsolute(String path) {
    return path.matches("([A-Za-z]:)?[/\\\\].*");
  }

  private Optional<DwarfSections> open(String path) {
    return find(path).map(ModuleSections::new);
  }

  private Optional<WasmModule> find(String path) {
    return directories
        .find(path, Long.MAX_VALUE)
        .flatMap(file -> files.open(file, Expected.MODULE));
  }
}
