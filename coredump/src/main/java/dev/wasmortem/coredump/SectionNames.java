package dev.wasmortem.coredump;

import java.util.Set;

/**
 * The names of the convention's custom sections; ours are those of {@link
 * dev.wasmortem.coredump.extension}.
 */
final class SectionNames {
  static final String CORE = "core";
  static final String COREMODULES = "coremodules";
  static final String COREINSTANCES = "coreinstances";
  static final String CORESTACK = "corestack";

  /** Those of the convention, each of which tells a dump. */
  static final Set<String> CONVENTION = Set.of(CORE, COREMODULES, COREINSTANCES, CORESTACK);

  private SectionNames() {}
}
