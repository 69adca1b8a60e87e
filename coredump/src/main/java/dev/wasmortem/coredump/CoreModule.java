package dev.wasmortem.coredump;

/**
 * A module that had instances when the program died (section {@code coremodules}).
 *
 * @param name a path, a URL or any identifier, verbatim
 * @param identity what else is known of it (our section {@code wasmortem.modules})
 */
public record CoreModule(String name, ModuleIdentity identity) {
  /** Makes a module of which nothing but a name is known. */
  public CoreModule(String name) {
    this(name, ModuleIdentity.UNKNOWN);
  }
}
