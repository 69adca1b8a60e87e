package dev.wasmortem.dwarf.type;

/**
 * One of the values of an enumeration (§5.7).
 *
 * @param name its name
 * @param value its number; of an unsigned type of eight bytes, those from 2⁶³ on are negative
 */
public record Enumerator(String name, long value) {}
