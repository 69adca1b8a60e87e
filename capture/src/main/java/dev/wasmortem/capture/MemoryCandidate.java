package dev.wasmortem.capture;

import java.util.List;

/**
 * A memory that could go into a dump, as {@link CaptureOptions.Builder#memories} is asked about it.
 * One that several instances share is asked about for each, and is dumped if the answer was yes
 * once.
 *
 * @param module what the dump calls the instance's module
 * @param index the memory's index in that module, imported memories first
 * @param exports by which names the module exports it
 * @param size in bytes
 */
public record MemoryCandidate(String module, int index, List<String> exports, long size) {
  /** Makes a candidate; the list is copied. */
  public MemoryCandidate {
    exports = List.copyOf(exports);
  }
}
