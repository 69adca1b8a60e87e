package dev.wasmortem.coredump;

/**
 * Bytes of a memory that follow each other.
 *
 * @param start the first byte's address
 * @param length in bytes
 */
public record AddressRange(MemoryAddress start, long length) {}
