package dev.wasmortem.coredump;

import dev.wasmortem.coredump.extension.Extension;
import dev.wasmortem.wasm.Section;
import dev.wasmortem.wasm.SectionId;
import java.util.Set;

/**
 * The names of the convention's custom sections; ours are those of {@link
 * dev.wasmortem.coredump.extension}.
 */
public final class SectionNames {
  /** The process. */
  public static final String CORE = "core";

  /** The modules. */
  public static final String COREMODULES = "coremodules";

  /** The instances. */
  public static final String COREINSTANCES = "coreinstances";

  /** A thread and its stack. */
  public static final String CORESTACK = "corestack";

  /** Those of the convention, each of which tells a dump. */
  static final Set<String> CONVENTION = Set.of(CORE, COREMODULES, COREINSTANCES, CORESTACK);

  private SectionNames() {}

  /** Returns whether a section is another tool's: neither the convention's nor ours. */
  public static boolean isForeign(Section section) {
    return section.id() == SectionId.CUSTOM
        && !CONVENTION.contains(section.name())
        && !section.name().startsWith(Extension.PREFIX);
  }
}
