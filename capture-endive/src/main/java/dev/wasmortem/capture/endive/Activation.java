package dev.wasmortem.capture.endive;

import org.jspecify.annotations.Nullable;

/**
 * An entry from the host, or from another instance, into a machine.
 *
 * @param machine which
 * @param depth how many frames its deque held before
 * @param outer the activation before on the same thread
 */
record Activation(CapturingMachine machine, int depth, @Nullable Activation outer) {}
