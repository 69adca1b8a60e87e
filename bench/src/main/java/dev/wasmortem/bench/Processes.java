package dev.wasmortem.bench;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.Arrays;
import java.util.List;

/** Times whole processes, start to end. */
final class Processes {
  private Processes() {}

  /**
   * Runs two commands in turn, so that whatever else the machine does falls on both.
   *
   * @return their median times in milliseconds
   */
  static double[] medians(int rounds, List<String> first, List<String> second)
      throws IOException, InterruptedException {
    double[][] times = new double[2][rounds];
    for (int round = -2; round < rounds; round++) {
      for (int which = 0; which < 2; which++) {
        double time = time(which == 0 ? first : second);
        if (round >= 0) {
          times[which][round] = time;
        }
      }
    }
    return new double[] {median(times[0]), median(times[1])};
  }

  private static double time(List<String> command) throws IOException, InterruptedException {
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(Redirect.DISCARD)
            .redirectErrorStream(true)
            .start();
    int status = process.waitFor();
    double milliseconds = (System.nanoTime() - start) / 1e6;
    if (status != 0) {
      throw new IllegalStateException(command + " ended with " + status);
    }
    return milliseconds;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
