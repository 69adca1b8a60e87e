package dev.wasmortem.cli;

import dev.wasmortem.coredump.CoredumpWriter;
import dev.wasmortem.coredump.Note;
import dev.wasmortem.coredump.edit.OutputFile;
import dev.wasmortem.coredump.edit.OutputFile.Existing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Which file a verb writes. */
final class OutputFileOptions {
  private final OptionSpec out;

  private final OptionSpec force = Options.flag("--force", "Replace the file if it is there.");

  private OutputFileOptions(OptionSpec out) {
    this.out = out;
  }

  /** Returns the options of a verb that always writes. */
  static OutputFileOptions required() {
    return new OutputFileOptions(
        Options.value(Path.class, "OUT", "-o", "--output")
            .description("The file to write.")
            .required(true)
            .build());
  }

  /** Returns the options of a verb that writes if it is asked to. */
  static OutputFileOptions optional(String name, String description) {
    return new OutputFileOptions(
        Options.value(Path.class, "OUT", name).description(description).build());
  }

  void addTo(CommandSpec spec) {
    spec.addOption(out).addOption(force);
  }

  /** Returns the file, null if none was asked for. */
  @Nullable Path file() {
    return Options.getOrNull(Path.class, out);
  }

  /**
   * Writes the file, which is none of those that are read.
   *
   * @return the file, and what it says is missing from it
   */
  Written write(CoredumpWriter writer, List<Path> inputs) throws IOException {
    Path file = Options.get(Path.class, out);
    List<Note> notes = new ArrayList<>();
    OutputFile.write(
        file,
        Options.isSet(force) ? Existing.REPLACE : Existing.REFUSE,
        inputs,
        channel -> notes.addAll(writer.writeTo(channel)));
    return new Written(file, notes);
  }

  /**
   * A dump that was written.
   *
   * @param notes what it says is missing from it
   */
  record Written(Path file, List<Note> notes) {}
}
