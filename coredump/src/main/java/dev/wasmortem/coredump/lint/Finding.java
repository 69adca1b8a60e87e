package dev.wasmortem.coredump.lint;

import dev.wasmortem.bytes.Location;

/**
 * A deviation that was found.
 *
 * @param rule which one
 * @param location the byte where it stands, and what was being read there
 * @param message one line for a person; text from the file stands in it verbatim
 */
public record Finding(LintRule rule, Location location, String message) {}
