package dev.wasmortem.coredump;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * A linear memory to be written into a dump, read in chunks and never as a whole. It must hold
 * still while the dump is written: it is read twice, once to find the zeros and once to write the
 * rest. What changes in between is written as it is the second time. A large one is read by a
 * second thread too, also while the caller's reads it.
 */
public interface MemorySource {
  /** Returns the size in bytes. */
  long size();

  /**
   * Returns where bytes may be that are not zero, by ascending addresses and without overlaps: what
   * lies beside is never read. Everything, if a source knows no better.
   */
  default List<AddressRange> parts() {
    return List.of(new AddressRange(new MemoryAddress(0), size()));
  }

  /**
   * Copies {@code length} bytes from {@code address} on, all inside the memory, into {@code target}
   * at {@code offset}.
   */
  void read(MemoryAddress address, byte[] target, int offset, int length);

  /**
   * Copies bytes from {@code address} on, all inside the memory, into what remains of {@code
   * target}. A dump is written through this; a source that has its bytes at hand saves a copy by
   * putting them there itself.
   */
  default void read(MemoryAddress address, ByteBuffer target) {
    // No longer than what stays in the processor's first cache.
    byte[] piece = new byte[Math.min(target.remaining(), 1 << 14)];
    for (long done = 0; target.hasRemaining(); ) {
      int length = Math.min(target.remaining(), piece.length);
      read(address.plus(done), piece, 0, length);
      target.put(piece, 0, length);
      done += length;
    }
  }
}
