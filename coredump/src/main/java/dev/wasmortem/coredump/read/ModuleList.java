package dev.wasmortem.coredump.read;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.coredump.CoreModule;
import dev.wasmortem.coredump.Dialect.ModuleEntries;
import java.util.List;
import java.util.Map;

/**
 * The modules that a dump lists.
 *
 * @param modules in the order of the file
 * @param inline the bytes of those that stand in the list themselves, by index
 * @param form what the entries hold
 */
public record ModuleList(
    List<CoreModule> modules, Map<Integer, ByteSource> inline, ModuleEntries form) {
  /** Makes a list; what it is given is copied. */
  public ModuleList {
    modules = List.copyOf(modules);
    inline = Map.copyOf(inline);
  }
}
