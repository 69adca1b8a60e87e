package dev.wasmortem.testkit;

import java.nio.file.Path;
import java.util.List;

/**
 * A genuine dump of the corpus with what belongs to it.
 *
 * @param core the dump
 * @param log what its producer said beside it
 * @param modules the modules that ran, the main one last
 */
public record CorpusDump(Path core, WasmtimeLog log, List<Path> modules) {
  static CorpusDump of(Path core) {
    String folder = core.getName(core.getNameCount() - 2).toString();
    String name = core.getFileName().toString().replaceAll("\\.core$", "");
    List<Path> modules;
    if (folder.equals("as")) {
      modules = List.of(Shared.corpus("as/" + name.replaceAll("^as-|-mode\\d+$", "") + ".wasm"));
    } else if (folder.equals("wat") && name.equals("user")) {
      modules = List.of(Shared.corpus("wat/lib.wasm"), Shared.corpus("wat/user.wasm"));
    } else if (folder.equals("wasmtime48-twice")) {
      modules = List.of(Shared.corpus("wat/" + name + ".wasm"));
    } else {
      modules = List.of(Shared.corpus(folder + "/" + name + ".wasm"));
    }
    return new CorpusDump(core, WasmtimeLog.read(log(core)), modules);
  }

  static Path log(Path core) {
    return core.resolveSibling(core.getFileName().toString().replaceAll("\\.core$", ".log"));
  }

  /** Returns the module that was started. */
  public Path module() {
    return modules.get(modules.size() - 1);
  }

  /** Returns the dump's path below the corpus' {@code dumps}, for a test's name. */
  @Override
  public String toString() {
    return Shared.corpus("dumps").relativize(core).toString();
  }
}
