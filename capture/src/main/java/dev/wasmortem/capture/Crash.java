package dev.wasmortem.capture;

import dev.wasmortem.coredump.Trap;
import java.time.Instant;

/**
 * What is known of a crash before its dump is written.
 *
 * @param executable what ran, as the dump names it: a file's name or a module's; not safe to print
 * @param trap why it died
 * @param time when
 */
public record Crash(String executable, Trap trap, Instant time) {}
