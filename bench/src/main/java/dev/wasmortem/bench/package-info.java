/**
 * What it costs, against a peer on the same input in the same run. Each class is a benchmark with a
 * {@code main}; {@code bench/run} builds and runs them.
 */
package dev.wasmortem.bench;
