package dev.wasmortem.debug;

import dev.wasmortem.symbols.DebugFileSearch;
import dev.wasmortem.symbols.SourcePaths;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a {@link PostMortem} session may use besides the dump: files of modules, and where sources
 * and debug files may be looked for. Immutable.
 *
 * <pre>{@code
 * SessionOptions options =
 *     SessionOptions.builder().modules(List.of(Path.of("app.wasm"))).build();
 * }</pre>
 */
public final class SessionOptions {
  private final List<Path> modules;
  private final ModuleMatch match;
  private final SourcePaths sources;
  private final DebugFileSearch debugFiles;

  private SessionOptions(Builder builder) {
    this.modules = List.copyOf(builder.modules);
    this.match = builder.match;
    this.sources = builder.sources;
    this.debugFiles = builder.debugFiles;
  }

  /** Returns a builder that names no modules. */
  public static Builder builder() {
    return new Builder();
  }

  /** Collects options. */
  public static final class Builder {
    private final List<Path> modules = new ArrayList<>();
    private ModuleMatch match = ModuleMatch.CHECKED;
    private SourcePaths sources = SourcePaths.none();
    private DebugFileSearch debugFiles = DebugFileSearch.builder().build();

    private Builder() {}

    /** Adds files of modules, and folders of such files. */
    public Builder modules(List<Path> places) {
      modules.addAll(places);
      return this;
    }

    /** Says which files are used; {@link ModuleMatch#CHECKED} unless said otherwise. */
    public Builder match(ModuleMatch wanted) {
      this.match = wanted;
      return this;
    }

    /** Says where sources may be looked for; nowhere unless said otherwise. */
    public Builder sources(SourcePaths paths) {
      this.sources = paths;
      return this;
    }

    /**
     * Says where debug information may be looked for that is not in the modules; beside their files
     * unless said otherwise.
     */
    public Builder debugFiles(DebugFileSearch search) {
      this.debugFiles = search;
      return this;
    }

    /** Returns the options. */
    public SessionOptions build() {
      return new SessionOptions(this);
    }
  }

  List<Path> modules() {
    return modules;
  }

  ModuleMatch match() {
    return match;
  }

  SourcePaths sources() {
    return sources;
  }

  DebugFileSearch debugFiles() {
    return debugFiles;
  }
}
