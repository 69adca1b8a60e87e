package dev.wasmortem.cli;

import java.io.PrintStream;

/**
 * Where a verb prints.
 *
 * @param out answers
 * @param err complaints and progress
 */
record Console(PrintStream out, PrintStream err) {}
