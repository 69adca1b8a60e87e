package dev.wasmortem.cli;

import java.io.IOException;
import picocli.CommandLine.Model.CommandSpec;

/**
 * A verb of the command. Options are described to picocli by calls rather than annotations: reading
 * annotations takes longer than all else that {@code bt} does.
 */
interface Verb {
  /** Returns the verb's name, options and help. Called once. */
  CommandSpec spec();

  /**
   * Does what the options say, which have their values by now.
   *
   * @return the exit status
   */
  int run(Console console) throws IOException, InterruptedException;
}
