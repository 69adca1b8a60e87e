package dev.wasmortem.capture.endive;

import dev.wasmortem.coredump.MemoryAddress;
import dev.wasmortem.coredump.MemorySource;
import java.nio.ByteBuffer;
import run.endive.runtime.Instance;
import run.endive.runtime.Memory;

/** A memory of Endive's as a dump's writer reads it: piece by piece. */
final class EndiveMemory implements MemorySource {
  private static final int PIECE = 1 << 16;

  private final Memory memory;
  private final long size;

  EndiveMemory(Memory memory) {
    this.memory = memory;
    this.size = (long) memory.pages() * Memory.PAGE_SIZE;
  }

  /** Returns the size of an instance's memory in bytes, 0 if there is none. */
  static long size(Instance instance, int index) {
    if (index >= LinkedInstances.memoryCount(instance)) {
      return 0;
    }
    Memory memory = instance.memory(index);
    return memory == null ? 0 : (long) memory.pages() * Memory.PAGE_SIZE;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public void read(MemoryAddress address, byte[] target, int offset, int length) {
    read(address, ByteBuffer.wrap(target, offset, length));
  }

  @Override
  public void read(MemoryAddress address, ByteBuffer target) {
    // Endive's memories are smaller than 2 GiB, and give copies only.
    int from = Math.toIntExact(address.value());
    while (target.hasRemaining()) {
      int piece = Math.min(PIECE, target.remaining());
      target.put(memory.readBytes(from, piece));
      from += piece;
    }
  }
}
