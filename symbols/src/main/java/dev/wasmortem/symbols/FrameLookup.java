package dev.wasmortem.symbols;

import dev.wasmortem.dwarf.DwarfFrame;
import dev.wasmortem.dwarf.Entry;
import dev.wasmortem.wasm.code.CodeOffset;
import java.util.List;
import java.util.Optional;

/**
 * Answers where code came from: a {@link Symbolizer}, or what gives the same answers from an index.
 * Safe for use by several threads.
 */
@FunctionalInterface
public interface FrameLookup {
  /**
   * Returns the functions that the code at an offset came from: first the innermost that was
   * inlined there, last the function itself; empty when the offset is in no function's body.
   */
  List<SourceFrame> sources(CodeOffset at);

  /**
   * Returns the same frames as DWARF has them, for what their names and places do not tell. Empty
   * where DWARF does not know the function, or the lookup does not keep DWARF.
   */
  default List<DwarfFrame> dwarfFrames(CodeOffset at) {
    return List.of();
  }

  /**
   * Returns the innermost entry of DWARF that the code at an offset is in: a block of the first of
   * {@link #dwarfFrames}, or that function or call itself. Nothing where there are none.
   */
  default Optional<Entry> innermostEntry(CodeOffset at) {
    return dwarfFrames(at).stream().findFirst().map(DwarfFrame::entry);
  }

  /**
   * Returns what the name section calls the function at an offset: for what has no linkage name in
   * DWARF, as {@code main} of C, that is what the linker knew. Not safe to print.
   */
  default Optional<String> symbol(CodeOffset at) {
    return Optional.empty();
  }
}
