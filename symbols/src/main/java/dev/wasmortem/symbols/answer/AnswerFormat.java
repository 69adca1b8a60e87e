package dev.wasmortem.symbols.answer;

import dev.wasmortem.dwarf.DwarfFrame;
import dev.wasmortem.symbols.SourceFrame;
import java.util.List;

/** Writes what was found, in one of the styles. Safe for use by several threads. */
interface AnswerFormat {
  /**
   * Writes what code is at an address.
   *
   * @param frames empty when nothing is known
   * @param dwarf the same frames as DWARF has them, or empty
   */
  void code(Query query, List<SourceFrame> frames, List<DwarfFrame> dwarf, AnswerText out);

  /** Writes that nothing is known of what else was asked for, or what could not be understood. */
  void nothing(Query query, AnswerText out);
}
