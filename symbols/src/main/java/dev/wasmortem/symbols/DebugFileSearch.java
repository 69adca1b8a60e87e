package dev.wasmortem.symbols;

import dev.wasmortem.wasm.WasmModule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where debug information may be looked for that is not in the module: beside the module that the
 * user named, and in directories that the user allowed. A module can name any path or URL; only the
 * last component of it counts, and nothing is fetched.
 *
 * <p>The first of these that has DWARF and belongs to the module is used:
 *
 * <ol>
 *   <li>The module itself.
 *   <li>In each directory {@code .build-id/xx/yyyy.debug}, {@code buildid/ID/debuginfo} and {@code
 *       ID/debuginfo}, where ID is the module's build id.
 *   <li>For a module {@code NAME.wasm} the files {@code NAME.debug.wasm}, {@code NAME.wasm.debug},
 *       {@code NAME.wasm.debug.wasm} and {@code NAME.debug}.
 *   <li>The file that {@code external_debug_info} names.
 *   <li>Any {@code .wasm} or {@code .debug} file directly in a directory that has the same build
 *       id.
 *   <li>Modules that were {@linkplain Builder#offer offered}.
 * </ol>
 *
 * <p>A file belongs to the module if both have the same build id, or where one of them has none, if
 * both have the same code; a file without code and build id is used, and said to be unverified. A
 * file of another build is refused, with a diagnostic, unless {@linkplain Match#FORCED forced}.
 *
 * <p>The halves of split units are looked for likewise: in {@code NAME.wasm.dwp} or {@code
 * NAME.dwp}, else in the {@code .dwo} files themselves, by their paths as {@link SourcePaths} looks
 * for sources.
 *
 * <p>Immutable. Files are opened by those who search, and closed by them.
 */
public final class DebugFileSearch {
  /** Touches no file. */
  public static final DebugFileSearch NONE =
      new DebugFileSearch(
          new AllowedDirectories(Set.of()), Optional.empty(), List.of(), Match.CHECKED, Reach.NONE);

  private final AllowedDirectories directories;
  private final Optional<Path> moduleFile;
  private final List<WasmModule> offered;
  private final Match match;
  private final Reach reach;

  /** Whether a file of another build is used. */
  public enum Match {
    /** It is not, and a diagnostic says so. */
    CHECKED,
    /** It is, if its name is that of the module's debug file, and no other file belongs to it. */
    FORCED
  }

  private enum Reach {
    NONE,
    DIRECTORIES
  }

  private DebugFileSearch(
      AllowedDirectories directories,
      Optional<Path> moduleFile,
      List<WasmModule> offered,
      Match match,
      Reach reach) {
    this.directories = directories;
    this.moduleFile = moduleFile;
    this.offered = offered;
    this.match = match;
    this.reach = reach;
  }

  /** Returns a builder that allows nothing yet. */
  public static Builder builder() {
    return new Builder();
  }

  /** Collects directories and modules. Those added first are tried first. */
  public static final class Builder {
    private final Set<Path> allowed = new LinkedHashSet<>();
    private final List<WasmModule> offered = new ArrayList<>();
    private Match match = Match.CHECKED;

    private Builder() {}

    /**
     * Allows debug files in {@code directory}. One that does not exist is passed over; an empty
     * path is the working directory.
     */
    public Builder allow(Path directory) {
      AllowedDirectories.real(directory).ifPresent(allowed::add);
      return this;
    }

    /** Offers a module that is open already, and that the caller keeps open. */
    public Builder offer(WasmModule module) {
      offered.add(module);
      return this;
    }

    /**
     * Says whether files of another build are used; {@link Match#CHECKED} unless said otherwise.
     */
    public Builder match(Match wanted) {
      this.match = wanted;
      return this;
    }

    /** Returns the search. */
    public DebugFileSearch build() {
      return new DebugFileSearch(
          new AllowedDirectories(allowed),
          Optional.empty(),
          List.copyOf(offered),
          match,
          Reach.DIRECTORIES);
    }
  }

  /**
   * Returns the search for a module that the user named by its file, which allows the directory of
   * the file, too, and tries it first. {@link #NONE} stays what it is.
   */
  public DebugFileSearch beside(Path file) {
    if (reach == Reach.NONE) {
      return this;
    }
    Path directory = file.toAbsolutePath().getParent();
    return new DebugFileSearch(
        directory == null ? directories : directories.withFirst(directory),
        Optional.of(file),
        offered,
        match,
        reach);
  }

  /** Returns the search with one more module, as {@link Builder#offer} has it. */
  public DebugFileSearch offering(WasmModule module) {
    List<WasmModule> all = new ArrayList<>(offered);
    all.add(module);
    return new DebugFileSearch(directories, moduleFile, List.copyOf(all), match, reach);
  }

  AllowedDirectories directories() {
    return directories;
  }

  /** Returns the file of the module that is searched for, if it has one. */
  Optional<Path> moduleFile() {
    return moduleFile;
  }

  List<WasmModule> offered() {
    return offered;
  }

  Match match() {
    return match;
  }
}
