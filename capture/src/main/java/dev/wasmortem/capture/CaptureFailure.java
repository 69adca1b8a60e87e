package dev.wasmortem.capture;

/**
 * A crash that left no dump.
 *
 * @param crash what happened
 * @param original the guest's exception, which goes its way unchanged
 * @param problem why there is no dump
 */
public record CaptureFailure(Crash crash, Throwable original, Throwable problem) {}
