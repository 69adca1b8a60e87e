package dev.wasmortem.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** How a verb prints. */
final class OutputOptions {
  /** When colours are used; the names are the option's values. */
  enum Colour {
    auto,
    always,
    never
  }

  private final OptionSpec json;

  private final OptionSpec colour;

  /** Options of a verb that prints a report. */
  OutputOptions() {
    this("docs/report.schema.json");
  }

  /** Options of a verb whose JSON follows a schema of its own. */
  OutputOptions(String schema) {
    this(schema, "Colours: auto, always or never. auto: on a terminal, unless NO_COLOR is set.");
  }

  private OutputOptions(String schema, String colours) {
    this.json = Options.flag("--json", "Print JSON (" + schema + ") instead of text.");
    this.colour =
        Options.value(Colour.class, "WHEN", "--color")
            .description(colours)
            .defaultValue("auto")
            .build();
  }

  /** Options of a verb whose text has no colours, and which takes what all others take. */
  static OutputOptions plain(String schema) {
    return new OutputOptions(
        schema, "Taken as by every verb (auto, always or never); the text here has no colours.");
  }

  void addTo(CommandSpec spec) {
    spec.addOption(json).addOption(colour);
  }

  boolean json() {
    return Options.isSet(json);
  }

  /** Returns the style for text that goes to {@code stream}. */
  Style style(Console.Stream stream) {
    Colour when = Options.get(Colour.class, colour);
    return switch (when) {
      case always -> Style.COLOURED;
      case never -> Style.PLAIN;
      case auto -> stream.isTerminal() && !isOff() ? Style.COLOURED : Style.PLAIN;
    };
  }

  /** Whether the user wants no colours anywhere (no-color.org). */
  private static boolean isOff() {
    String noColor = System.getenv("NO_COLOR");
    return noColor != null && !noColor.isEmpty();
  }
}
