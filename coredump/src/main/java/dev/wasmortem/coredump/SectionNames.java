package dev.wasmortem.coredump;

/** The names of a dump's custom sections. */
final class SectionNames {
  static final String CORE = "core";
  static final String COREMODULES = "coremodules";
  static final String COREINSTANCES = "coreinstances";
  static final String CORESTACK = "corestack";

  /** Ours, which other readers skip; docs/FORMAT.md has their grammar. */
  static final String TRAP = "wasmortem.trap";

  static final String NOTES = "wasmortem.notes";

  private SectionNames() {}
}
