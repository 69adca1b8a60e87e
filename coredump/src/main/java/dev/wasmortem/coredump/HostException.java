package dev.wasmortem.coredump;

/**
 * An exception of the host that ended the program, or the cause of one.
 *
 * @param className its class, as the host names it
 * @param message what it says, verbatim; may be empty
 */
public record HostException(String className, String message) {}
