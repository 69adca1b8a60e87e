package dev.wasmortem.cli;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.FileOffset;
import dev.wasmortem.bytes.Printable;
import dev.wasmortem.wasm.component.Component;
import dev.wasmortem.wasm.component.NestedModule;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Which core module of a component is meant. */
final class CoreModuleOption {
  private static final int LISTED = 30;

  private final OptionSpec option =
      Options.value(String.class, "POSITION|NAME", "--core-module")
          .description(
              "Of a component with several core modules: the one at a position, as 0 or 0.1, or of"
                  + " a name.")
          .build();

  void addTo(CommandSpec spec) {
    spec.addOption(option);
  }

  /**
   * Returns the core module of a file that the option names, or else the only one, or else the one
   * that holds a byte.
   *
   * @param offset the byte's; empty if none is told
   * @throws Unusable if there is none or several, with a list of them
   */
  NestedModule of(ByteSource file, Optional<FileOffset> offset) {
    String asked = Options.getOrNull(String.class, option);
    List<NestedModule> all = Component.modulesOf(file);
    List<NestedModule> meant = asked == null ? all : Component.modulesOf(file, asked);
    if (meant.size() > 1 && offset.isPresent()) {
      meant = meant.stream().filter(module -> holds(module, offset.get())).toList();
    }
    if (meant.size() == 1) {
      return meant.get(0);
    }
    throw problem(file, asked, all, meant);
  }

  private static boolean holds(NestedModule module, FileOffset offset) {
    long at = offset.value() - module.source().origin().value();
    return at >= 0 && at < module.source().size();
  }

  private static Unusable problem(
      ByteSource file, @Nullable String asked, List<NestedModule> all, List<NestedModule> meant) {
    String where = Printable.escape(file.name()) + ": ";
    if (asked != null && !Component.isComponent(file)) {
      return Unusable.usage(where + "a core module, no component that --core-module is for");
    }
    if (all.isEmpty()) {
      return new Unusable(where + "a component without core modules");
    }
    if (asked == null) {
      return Unusable.usage(
          where + all.size() + " core modules; tell which by --core-module:" + list(all));
    }
    String word = "'" + Printable.escape(asked) + "'";
    return meant.isEmpty()
        ? new Unusable(where + "no core module " + word + "; there are:" + list(all))
        : Unusable.usage(where + "several core modules " + word + "; tell which:" + list(meant));
  }

  /** Returns a line for each: position, name, offset in the file. */
  private static String list(List<NestedModule> modules) {
    StringBuilder text = new StringBuilder();
    for (NestedModule module : modules.subList(0, Math.min(modules.size(), LISTED))) {
      text.append("\n  ")
          .append(module.position())
          .append(module.name().map(name -> " " + Printable.escape(name)).orElse(""))
          .append(" at ")
          .append(module.source().origin());
    }
    if (modules.size() > LISTED) {
      text.append("\n  and ").append(modules.size() - LISTED).append(" more");
    }
    return text.toString();
  }
}
