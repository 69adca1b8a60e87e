package dev.wasmortem.coredump.edit;

import dev.wasmortem.coredump.CoredumpWriter;

/**
 * The copy of a dump without what was to be taken out, and how much that was.
 *
 * @param copy writes it
 * @param ranges of memories that were overwritten
 * @param bytes in these ranges
 * @param values in frames, of globals and of a trap's operands that became missing
 * @param texts in which something was overwritten
 * @param moduleFiles modules' files that were left out
 * @param sections of other tools that were left out
 */
public record Redacted(
    CoredumpWriter copy,
    long ranges,
    long bytes,
    long values,
    long texts,
    int moduleFiles,
    int sections) {}
