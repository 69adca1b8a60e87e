package dev.wasmortem.cli;

import picocli.CommandLine.Option;

/** How a verb prints. */
final class OutputOptions {
  /** When colours are used. */
  enum Colour {
    auto,
    always,
    never
  }

  @Option(names = "--json", description = "Print JSON (docs/report.schema.json) instead of text.")
  boolean json;

  @Option(
      names = "--color",
      paramLabel = "WHEN",
      description = "Colours: ${COMPLETION-CANDIDATES}. auto: on a terminal, unless NO_COLOR is set.",
      defaultValue = "auto")
  Colour colour = Colour.auto;

  Style style() {
    return switch (colour) {
      case always -> Style.COLOURED;
      case never -> Style.PLAIN;
      case auto ->
          Boolean.getBoolean("wasmortem.terminal") && System.getenv("NO_COLOR") == null
              ? Style.COLOURED
              : Style.PLAIN;
    };
  }
}
