package dev.wasmortem.cli;

import dev.wasmortem.coredump.CoreMemory;
import dev.wasmortem.coredump.Coredump;
import dev.wasmortem.coredump.MemoryAddress;

/** Finds what options name of a dump's memories; what is not there is wrong usage. */
final class DumpedMemory {
  private DumpedMemory() {}

  /**
   * Returns a memory of a dump.
   *
   * @param option what named it, as the user wrote it
   */
  static CoreMemory of(Coredump dump, int index, String option) {
    int count = dump.memories().size();
    if (index >= 0 && index < count) {
      return dump.memories().get(index);
    }
    String known =
        count == 0 ? "no memory" : count == 1 ? "memory 0 only" : "memories 0 to " + (count - 1);
    throw Unusable.usage(option + ": the dump has " + known);
  }

  /** Complains of an address at which a memory has no byte. */
  static void requireInside(CoreMemory memory, MemoryAddress address, String option) {
    if (address.compareTo(new MemoryAddress(memory.size())) >= 0) {
      throw Unusable.usage(
          option + ": memory " + memory.index() + " ends at " + new MemoryAddress(memory.size()));
    }
  }
}
