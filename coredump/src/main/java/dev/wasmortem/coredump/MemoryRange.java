package dev.wasmortem.coredump;

/**
 * A range of a memory whose bytes are all in one state.
 *
 * @param start the first byte's address
 * @param length in bytes, at least 1
 * @param state what the dump says of them
 */
public record MemoryRange(MemoryAddress start, long length, MemoryState state) {}
