package dev.wasmortem.cli;

import dev.wasmortem.capture.CapturedDump;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a guest program ended.
 *
 * @param status its exit status, when it did not trap
 * @param results what the invoked function returned, as text
 * @param trap what it died of; null if it did not trap
 * @param dump the dump that was written; null if none was
 * @param complaints why something that was wanted is missing, a line each
 */
record GuestOutcome(
    int status,
    List<String> results,
    @Nullable String trap,
    @Nullable CapturedDump dump,
    List<String> complaints) {

  static GuestOutcome exited(int status, List<String> results) {
    return new GuestOutcome(status, results, null, null, List.of());
  }
}
