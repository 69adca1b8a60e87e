package dev.wasmortem.coredump;

/**
 * A linear memory to be written into a dump, read in chunks and never as a whole. It must hold
 * still while the dump is written: it is read twice, once to find the zeros and once to write the
 * rest. What changes in between is written as it is the second time.
 */
public interface MemorySource {
  /** Returns the size in bytes. */
  long size();

  /**
   * Copies {@code length} bytes from {@code address} on, all inside the memory, into {@code target}
   * at {@code offset}.
   */
  void read(MemoryAddress address, byte[] target, int offset, int length);
}
