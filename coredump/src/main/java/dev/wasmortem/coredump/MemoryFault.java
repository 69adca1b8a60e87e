package dev.wasmortem.coredump;

/**
 * The access to a memory that trapped.
 *
 * @param memory index in {@link Coredump#memories}, or {@link CoreInstance#NOT_DUMPED}
 * @param address the first byte that was to be accessed: what the instruction took from the stack
 *     plus its offset, not wrapped; often beyond the memory
 */
public record MemoryFault(int memory, MemoryAddress address) {}
