package dev.wasmortem.cli;

/**
 * What text is printed in; plain off a terminal. The colours are those gdb gives the same parts.
 */
enum Style {
  /** No colours at all. */
  PLAIN,
  /** ANSI colours. */
  COLOURED;

  String function(String text) {
    return sgr("33", text);
  }

  String file(String text) {
    return sgr("32", text);
  }

  String address(String text) {
    return sgr("34", text);
  }

  String variable(String text) {
    return sgr("36", text);
  }

  String heading(String text) {
    return sgr("1", text);
  }

  String alarm(String text) {
    return sgr("1;31", text);
  }

  String warning(String text) {
    return sgr("1;35", text);
  }

  String faint(String text) {
    return sgr("2", text);
  }

  private String sgr(String code, String text) {
    return this == PLAIN || text.isEmpty() ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
  }
}
