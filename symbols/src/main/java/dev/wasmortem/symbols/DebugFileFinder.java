package dev.wasmortem.symbols;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.symbols.DebugFileSearch.Match;
import dev.wasmortem.symbols.DebugLocation.Tie;
import dev.wasmortem.symbols.OpenFiles.Expected;
import dev.wasmortem.wasm.BuildId;
import dev.wasmortem.wasm.SectionId;
import dev.wasmortem.wasm.WasmModule;
import dev.wasmortem.wasm.custom.UrlSection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Looks for the file that has the DWARF of one module, as {@link DebugFileSearch} says. */
final class DebugFileFinder {
  private static final String SUFFIX = ".wasm";

  /** The most files of one directory that are looked at. */
  private static final int MAX_FILES = 10_000;

  private final WasmModule module;
  private final Optional<BuildId> id;
  private final DebugFileSearch search;
  private final OpenFiles files;
  private final Diagnostic.Sink sink;
  private final Set<Path> tried = new HashSet<>();

  /** A file of another build, which is used if there is no better one and the user wants it. */
  private @Nullable Found forced;

  DebugFileFinder(
      WasmModule module, DebugFileSearch search, OpenFiles files, Diagnostic.Sink sink) {
    this.module = module;
    this.id = BuildId.of(module);
    this.search = search;
    this.files = files;
    this.sink = sink;
  }

  /**
   * A file that has DWARF.
   *
   * @param module the file, open
   * @param location where it is
   */
  record Found(WasmModule module, DebugLocation location) {}

  /** Why a file is tried. */
  private enum Reason {
    /** It lies where files of the build id are filed. */
    FILED,
    /** Its name is that of the module's debug file. */
    NAMED,
    /** It lies in a directory of debug files, or was offered. */
    AROUND
  }

  static boolean hasDwarf(WasmModule module) {
    return !module.customSections(".debug_info").isEmpty();
  }

  /** Returns the file that has the DWARF; the module itself where there is none. */
  Found find() {
    if (hasDwarf(module)) {
      return new Found(module, DebugLocation.found("", Tie.MODULE));
    }
    List<Path> directories = search.directories().paths();
    Optional<Found> found =
        first(directories, filedNames(), Reason.FILED)
            .or(() -> first(directories, usualNames(), Reason.NAMED))
            .or(() -> first(directories, externalNames(), Reason.NAMED))
            .or(() -> around(directories))
            .or(this::offered);
    if (found.isPresent()) {
      return found.get();
    }
    if (forced != null) {
      return forced;
    }
    return new Found(
        module,
        new DebugLocation("", Tie.NOT_FOUND, directories.stream().map(Path::toString).toList()));
  }

  private List<String> filedNames() {
    if (id.isEmpty() || id.get().hex().length() < 4) {
      return List.of();
    }
    String hex = id.get().hex();
    return List.of(
        AllowedDirectories.BUILD_IDS
            + "/"
            + hex.substring(0, 2)
            + "/"
            + hex.substring(2)
            + ".debug",
        "buildid/" + hex + "/debuginfo",
        hex + "/debuginfo");
  }

  private List<String> usualNames() {
    return search.moduleFile().map(Path::getFileName).map(Path::toString).stream()
        .flatMap(
            name -> {
              String stem = withoutSuffix(name);
              return Stream.of(
                  stem + ".debug" + SUFFIX,
                  name + ".debug",
                  name + ".debug" + SUFFIX,
                  stem + ".debug");
            })
        .toList();
  }

  static String withoutSuffix(String name) {
    return name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
  }

  private List<String> externalNames() {
    return UrlSection.EXTERNAL_DEBUG_INFO
        .url(module, Diagnostic.Sink.IGNORE)
        .flatMap(DebugFileFinder::fileName)
        .stream()
        .toList();
  }

  /** Returns the last component of a URL that a module names, if it can be that of a file. */
  static Optional<String> fileName(String url) {
    int end = url.length();
    if (url.contains("://")) {
      for (char ends : new char[] {'?', '#'}) {
        int at = url.indexOf(ends);
        end = at >= 0 ? Math.min(end, at) : end;
      }
    }
    String path = url.substring(0, end);
    String name = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
    return name.isEmpty() || name.startsWith(".") ? Optional.empty() : Optional.of(name);
  }

  private Optional<Found> first(List<Path> directories, List<String> names, Reason reason) {
    for (Path directory : directories) {
      for (String name : names) {
        Optional<Found> found = check(directory, name).flatMap(file -> open(file, reason));
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  /** Returns the real path of a file in a directory, if it may be read. */
  static Optional<Path> check(Path directory, String name) {
    try {
      return AllowedDirectories.check(directory.resolve(name), directory, Long.MAX_VALUE);
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  /** Looks at all files of the directories; only a build id can tell which of them is the one. */
  private Optional<Found> around(List<Path> directories) {
    if (id.isEmpty()) {
      return Optional.empty();
    }
    for (Path directory : directories) {
      for (String name : names(directory)) {
        Optional<Found> found = check(directory, name).flatMap(file -> open(file, Reason.AROUND));
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  private static List<String> names(Path directory) {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries
          .map(entry -> String.valueOf(entry.getFileName()))
          .filter(name -> name.endsWith(SUFFIX) || name.endsWith(".debug"))
          .sorted()
          .limit(MAX_FILES)
          .toList();
    } catch (IOException | UncheckedIOException e) {
      return List.of();
    }
  }

  private Optional<Found> offered() {
    for (WasmModule each : search.offered()) {
      Optional<Found> found = tied(each, each.source().name(), Reason.AROUND);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private Optional<Found> open(Path file, Reason reason) {
    if (!tried.add(file)) {
      return Optional.empty();
    }
    Expected expected = reason == Reason.AROUND ? Expected.ANYTHING : Expected.MODULE;
    Optional<WasmModule> opened = files.open(file, expected);
    if (opened.isEmpty()) {
      return Optional.empty();
    }
    Optional<Found> found = tied(opened.get(), file.toString(), reason);
    if (found.isEmpty() && (forced == null || forced.module() != opened.get())) {
      files.discard(opened.get());
    }
    return found;
  }

  /** Returns a file if it has DWARF, and it is this module's. */
  private Optional<Found> tied(WasmModule file, String name, Reason reason) {
    try {
      return hasDwarf(file) ? compared(file, name, reason) : Optional.empty();
    } catch (FormatException e) {
      sink.report(Diagnostic.of("debug-file-damaged", e));
      return Optional.empty();
    }
  }

  private Optional<Found> compared(WasmModule file, String name, Reason reason) {
    Optional<BuildId> other = BuildId.of(file);
    if (id.isPresent() && other.isPresent()) {
      return id.equals(other)
          ? Optional.of(new Found(file, DebugLocation.found(name, Tie.BUILD_ID)))
          : refused(
              file,
              name,
              reason,
              "its build id is " + other.get().hex() + ", the module's " + id.get().hex());
    }
    Optional<ByteSource> code = code(file);
    if (code.isPresent()) {
      return isSame(code.get(), code(module))
          ? Optional.of(new Found(file, DebugLocation.found(name, Tie.CODE)))
          : refused(file, name, reason, "its code is not the module's");
    }
    return switch (reason) {
      case FILED -> Optional.of(new Found(file, DebugLocation.found(name, Tie.FILED)));
      case NAMED -> Optional.of(new Found(file, DebugLocation.found(name, Tie.UNVERIFIED)));
      case AROUND -> Optional.empty();
    };
  }

  private Optional<Found> refused(WasmModule file, String name, Reason reason, String why) {
    if (reason == Reason.AROUND) {
      return Optional.empty();
    }
    if (search.match() == Match.CHECKED) {
      sink.report(
          new Diagnostic(
              "debug-file-refused",
              file.source().at(0, "module"),
              why
                  + ", so its debug information is not used; --force-module takes it all the same"));
    } else if (forced == null) {
      forced = new Found(file, DebugLocation.found(name, Tie.FORCED));
    }
    return Optional.empty();
  }

  /** Returns a module's code section, if it has functions. */
  private static Optional<ByteSource> code(WasmModule module) {
    return module
        .section(SectionId.CODE)
        .map(section -> section.payload())
        .filter(payload -> payload.size() > 1);
  }

  private static boolean isSame(ByteSource code, Optional<ByteSource> other) {
    if (other.isEmpty() || other.get().size() != code.size()) {
      return false;
    }
    byte[] left = new byte[1 << 16];
    byte[] right = new byte[left.length];
    for (long at = 0; at < code.size(); at += left.length) {
      int length = (int) Math.min(left.length, code.size() - at);
      code.copyTo(at, left, 0, length);
      other.get().copyTo(at, right, 0, length);
      if (!Arrays.equals(left, 0, length, right, 0, length)) {
        return false;
      }
    }
    return true;
  }
}
