package dev.wasmortem.coredump;

/**
 * A module that had instances when the program died (section {@code coremodules}).
 *
 * @param name a path, a URL or any identifier, verbatim
 */
public record CoreModule(String name) {}
