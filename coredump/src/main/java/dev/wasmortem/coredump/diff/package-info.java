/**
 * What differs between two dumps: the trap, modules, instances, frames and their values, globals,
 * tables, and ranges of memory.
 *
 * <pre>{@code
 * DiffResult result = DumpDiff.of(before, after);
 * if (!result.isSame()) {
 *   result.differences().forEach(d -> System.out.println(d.path()));
 * }
 * }</pre>
 *
 * <p>How a dump is written makes no difference, nor does whether zeros stand in it or are known.
 * Memories are read in chunks, side by side; what is listed is bounded, what differs is counted.
 */
package dev.wasmortem.coredump.diff;
