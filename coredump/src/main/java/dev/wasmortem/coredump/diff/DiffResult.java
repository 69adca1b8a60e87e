package dev.wasmortem.coredump.diff;

import java.util.List;

/**
 * What differs between two dumps.
 *
 * @param differences all but the bytes of memories, in the order of {@link Difference.Part}
 * @param more how many of them there are beyond those listed
 * @param memories the memories whose bytes differ, or what is said of them
 */
public record DiffResult(List<Difference> differences, long more, List<MemoryDifference> memories) {
  /** Makes a result; the lists are copied. */
  public DiffResult {
    differences = List.copyOf(differences);
    memories = List.copyOf(memories);
  }

  /** Returns whether nothing differs. */
  public boolean isSame() {
    return differences.isEmpty() && memories.isEmpty();
  }
}
