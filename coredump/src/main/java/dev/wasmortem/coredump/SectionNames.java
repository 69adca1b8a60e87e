package dev.wasmortem.coredump;

import java.util.Set;

/** The names of a dump's custom sections. */
final class SectionNames {
  /** What the names of our own sections begin with. */
  static final String PREFIX = "wasmortem.";

  static final String CORE = "core";
  static final String COREMODULES = "coremodules";
  static final String COREINSTANCES = "coreinstances";
  static final String CORESTACK = "corestack";

  /** Those of the convention, each of which tells a dump. */
  static final Set<String> CONVENTION = Set.of(CORE, COREMODULES, COREINSTANCES, CORESTACK);

  /** Ours, which other readers skip; docs/FORMAT.md has their grammar. */
  static final String TRAP = "wasmortem.trap";

  static final String NOTES = "wasmortem.notes";

  private SectionNames() {}
}
