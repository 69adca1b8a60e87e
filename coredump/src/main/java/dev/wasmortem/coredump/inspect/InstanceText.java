package dev.wasmortem.coredump.inspect;

import dev.wasmortem.coredump.CoreInstance;
import java.util.List;
import java.util.stream.Collectors;

/** An instance in a line: its module's index, and those of its memories, globals and tables. */
public final class InstanceText {
  private InstanceText() {}

  /** Returns the line; an index that was not dumped is {@code -}. */
  public static String text(CoreInstance instance) {
    return "module "
        + instance.module()
        + indices("memories", instance.memories())
        + indices("globals", instance.globals())
        + indices("tables", instance.tables());
  }

  private static String indices(String what, List<Integer> indices) {
    return indices.isEmpty()
        ? ""
        : indices.stream()
            .map(index -> index == CoreInstance.NOT_DUMPED ? "-" : index.toString())
            .collect(Collectors.joining(" ", ", " + what + " ", ""));
  }
}
