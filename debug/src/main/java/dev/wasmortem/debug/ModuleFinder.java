package dev.wasmortem.debug;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.coredump.CoreModule;
import dev.wasmortem.coredump.ModuleIdentity;
import dev.wasmortem.symbols.DebugFileSearch;
import dev.wasmortem.wasm.BuildId;
import dev.wasmortem.wasm.SectionId;
import dev.wasmortem.wasm.WasmModule;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the files of a dump's modules among files and folders that the user named: by the SHA-256
 * of the file or the build id that the dump tells, then by name. A file is the module's when its
 * own name (name section) is the module's, or its file name is the last component of the module's
 * name, with or without {@code .wasm}. When one module and one file that was named itself are left
 * over, they belong together: the user said so. A file that the dump tells to be another build is
 * refused, unless it is forced. A file that has debug information and no code is no module that
 * ran: it is left to the search for debug files.
 *
 * <p>Files are opened and their section headers read; the finder closes them.
 */
final class ModuleFinder implements Closeable {
  private static final String SUFFIX = ".wasm";

  /** The most files of one folder that are looked at. */
  private static final int MAX_FILES = 10_000;

  private final List<Candidate> candidates = new ArrayList<>();

  /** Files that were named themselves, and are debug files of modules. */
  private final List<Candidate> debugFiles = new ArrayList<>();

  private final List<Diagnostic> refused = new ArrayList<>();

  private ModuleFinder() {}

  /**
   * Looks at files and at the {@code .wasm} files of folders.
   *
   * @throws IOException if a named file or folder cannot be read
   * @throws FormatException if a named file is not a module
   */
  static ModuleFinder in(List<Path> places) throws IOException {
    ModuleFinder finder = new ModuleFinder();
    try {
      for (Path place : places) {
        if (Files.isDirectory(place)) {
          finder.addFolder(place);
        } else {
          finder.add(Candidate.open(place, Naming.FILE));
        }
      }
      return finder;
    } catch (IOException | RuntimeException e) {
      finder.close();
      throw e;
    }
  }

  private void addFolder(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> entries = Files.list(folder)) {
      files = entries.filter(ModuleFinder::isModuleFile).sorted().limit(MAX_FILES).toList();
    }
    for (Path file : files) {
      try {
        add(Candidate.open(file, Naming.FOLDER));
      } catch (FormatException e) {
        // A folder may hold anything; what is no module is not the one looked for.
      }
    }
  }

  private void add(Candidate file) {
    if (!file.isDebugFile()) {
      candidates.add(file);
    } else if (file.naming() == Naming.FILE) {
      debugFiles.add(file);
    } else {
      file.module().source().close();
    }
  }

  private static boolean isModuleFile(Path file) {
    return file.toString().endsWith(SUFFIX) && Files.isRegularFile(file);
  }

  /** Returns for each of the dump's modules the file found for it, null where there is none. */
  List<@Nullable Candidate> find(
      List<CoreModule> modules, Optional<String> executable, ModuleMatch match) {
    List<@Nullable Candidate> found = byName(modules, executable);
    for (int i = 0; i < modules.size(); i++) {
      ModuleIdentity identity = modules.get(i).identity();
      Optional<Candidate> same = candidates.stream().filter(c -> c.isSame(identity)).findFirst();
      Candidate named = found.get(i);
      if (same.isPresent()) {
        found.set(i, same.get());
      } else if (named != null && match == ModuleMatch.CHECKED && named.isOther(identity)) {
        refused.add(
            new Diagnostic(
                "module-refused",
                named.module().source().at(0, "module"),
                "it is another build than the dump's "
                    + modules.get(i).name()
                    + ", so it is not used; --force-module takes it all the same"));
        found.set(i, null);
      }
    }
    return found;
  }

  /** Returns why files were not taken. */
  List<Diagnostic> refused() {
    return refused;
  }

  private List<@Nullable Candidate> byName(List<CoreModule> modules, Optional<String> executable) {
    List<@Nullable Candidate> found = new ArrayList<>();
    List<Candidate> left = new ArrayList<>(candidates);
    for (CoreModule module : modules) {
      Optional<Candidate> match =
          candidates.stream().filter(c -> c.isNamed(module.name())).findFirst();
      left.removeIf(candidate -> candidate.isNamed(module.name()));
      found.add(match.orElse(null));
    }
    if (found.size() == 1 && found.get(0) == null && executable.isPresent()) {
      // A module without a name of its own still ran from a file.
      String file = executable.get();
      found.set(0, candidates.stream().filter(c -> c.isNamed(file)).findFirst().orElse(null));
      left.removeIf(candidate -> candidate.isNamed(file));
    }
    left.removeIf(candidate -> candidate.naming() == Naming.FOLDER);
    if (left.size() == 1 && found.stream().filter(c -> c == null).count() == 1) {
      found.set(found.indexOf(null), left.get(0));
    }
    return found;
  }

  /** Returns the only file that was named itself, for dumps that have no list of modules. */
  Optional<Candidate> only() {
    List<Candidate> named = candidates.stream().filter(c -> c.naming() == Naming.FILE).toList();
    return named.size() == 1 ? Optional.of(named.get(0)) : Optional.empty();
  }

  /** Returns a search that may also use the files that were named themselves. */
  DebugFileSearch offeringNamed(DebugFileSearch search) {
    DebugFileSearch wider = search;
    for (Candidate file : debugFiles) {
      wider = wider.offering(file.module());
    }
    for (Candidate file : candidates) {
      wider = file.naming() == Naming.FILE ? wider.offering(file.module()) : wider;
    }
    return wider;
  }

  @Override
  public void close() {
    for (Candidate candidate : candidates) {
      candidate.module().source().close();
    }
    for (Candidate file : debugFiles) {
      file.module().source().close();
    }
  }

  /** How the user named a file. */
  enum Naming {
    FILE,
    FOLDER,
    /** Not at all: the dump holds it. */
    DUMP
  }

  /**
   * A module's file.
   *
   * @param file its path as the user would write it
   * @param module the module, opened
   * @param naming how the user named it
   */
  record Candidate(Path file, WasmModule module, Naming naming) {
    private static Candidate open(Path file, Naming naming) throws IOException {
      ByteSource source = ByteSource.open(file);
      try {
        return new Candidate(file, WasmModule.read(source), naming);
      } catch (FormatException e) {
        source.close();
        throw e;
      }
    }

    /** Returns a module that stands in the dump. */
    static Candidate inDump(ByteSource bytes) {
      return new Candidate(Path.of(bytes.name()), WasmModule.read(bytes), Naming.DUMP);
    }

    boolean hasDwarf() {
      return !module.customSections(".debug_info").isEmpty();
    }

    boolean isDebugFile() {
      return hasDwarf() && module.section(SectionId.CODE).isEmpty();
    }

    /** Returns where the debug information of this file may be looked for. */
    DebugFileSearch search(DebugFileSearch search) {
      return naming == Naming.DUMP ? search : search.beside(file);
    }

    /** Returns whether this is the file that the dump tells by its hash or its build id. */
    boolean isSame(ModuleIdentity identity) {
      Optional<BuildId> wanted = identity.buildId();
      return (wanted.isPresent() && wanted.equals(BuildId.of(module)))
          || (identity.sha256().isPresent()
              && hasSize(identity)
              && identity.sha256().equals(FileHash.sha256(module.source())));
    }

    /** Returns whether the dump tells that it is another file; no identity tells nothing. */
    boolean isOther(ModuleIdentity identity) {
      return (identity.buildId().isPresent() || identity.sha256().isPresent()) && !isSame(identity);
    }

    /** A file of another size need not be hashed. */
    private boolean hasSize(ModuleIdentity identity) {
      return identity.fileSize().orElse(module.source().size()) == module.source().size();
    }

    /** Returns whether the file's or the module's own name is that of a dump's module. */
    boolean isNamed(String name) {
      String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
      String own = String.valueOf(file.getFileName());
      return module.moduleName().filter(name::equals).isPresent()
          || own.equals(last)
          || own.equals(last + SUFFIX);
    }
  }
}
