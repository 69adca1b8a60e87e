package dev.wasmortem.coredump.write;

import dev.wasmortem.bytes.ByteWriter;
import dev.wasmortem.wasm.types.AddressType;
import java.util.Arrays;
import java.util.List;

/**
 * The stretches of the memories that are scanned, numbered through all memories. What lies between
 * two of them is not known to be zero, so no segment reaches from one to another.
 */
final class Areas {
  private final List<AddressType> addressTypes;
  private int[] memories = new int[8];
  private int count;

  /**
   * @param addressTypes those of the memories
   */
  Areas(List<AddressType> addressTypes) {
    this.addressTypes = List.copyOf(addressTypes);
  }

  /** Adds an area of a memory and returns its number. */
  int add(int memory) {
    if (count == memories.length) {
      memories = Arrays.copyOf(memories, 2 * count);
    }
    memories[count] = memory;
    return count++;
  }

  int memory(int area) {
    return memories[area];
  }

  int memoryCount() {
    return addressTypes.size();
  }

  /** Returns how many bytes stand before a segment's bytes. */
  long headerSize(int area, long start, long length) {
    int memory = memories[area];
    int fixed = memory == 0 ? 3 : 3 + ByteWriter.unsignedSize(memory);
    return (long) fixed
        + ByteWriter.signedSize(constant(memory, start))
        + ByteWriter.unsignedSize(length);
  }

  /** Writes what stands before a segment's bytes (Core Specification 3.0, §5.5.15). */
  void writeHeader(int area, long start, long length, ByteWriter out) {
    int memory = memories[area];
    if (memory == 0) {
      out.u8(0x00);
    } else {
      out.u8(0x02).unsigned(memory);
    }
    out.u8(addressTypes.get(memory) == AddressType.I32 ? 0x41 : 0x42);
    out.signed(constant(memory, start));
    out.u8(0x0b).unsigned(length);
  }

  /** Returns the address as the constant instruction writes it, which knows signed numbers only. */
  private long constant(int memory, long address) {
    return addressTypes.get(memory) == AddressType.I32 ? (int) address : address;
  }
}
