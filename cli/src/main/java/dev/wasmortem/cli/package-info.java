/**
 * The command {@code wasmortem}. {@link dev.wasmortem.cli.Main} is the entry point; each verb is a
 * class named after it, that turns options into calls of the rooms below and their answers into
 * text ({@code BacktraceText}, {@code InfoText}) or JSON ({@code JsonFace}). Nothing here that a
 * second face would need.
 *
 * <pre>{@code
 * int status = Main.execute(System.out, System.err, "bt", "inventory.core", "-m", "inventory.wasm");
 * }</pre>
 *
 * <p>Exit status: 0 done, 1 nothing found, 2 wrong usage, 3 unreadable input; {@code run} gives the
 * guest's own, 134 after a trap.
 */
package dev.wasmortem.cli;
