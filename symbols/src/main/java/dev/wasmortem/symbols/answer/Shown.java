package dev.wasmortem.symbols.answer;

import dev.wasmortem.dwarf.Address;
import dev.wasmortem.dwarf.DwarfFrame;
import dev.wasmortem.symbols.SourceFrame;
import dev.wasmortem.symbols.SourcePosition;
import dev.wasmortem.symbols.answer.AnswerOptions.Feature;
import dev.wasmortem.symbols.answer.AnswerOptions.Functions;
import dev.wasmortem.symbols.answer.AnswerOptions.Style;
import dev.wasmortem.wasm.code.CodeOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A frame as it is printed.
 *
 * @param named the frame that it takes its name from
 * @param placed the frame that it takes its place from
 * @param dwarf how DWARF knows the latter
 * @param start how DWARF knows the function whose beginning is told
 */
record Shown(
    SourceFrame named, SourceFrame placed, @Nullable DwarfFrame dwarf, @Nullable DwarfFrame start) {

  /** Returns one of the frames at an address. */
  static Shown frame(List<SourceFrame> frames, List<DwarfFrame> dwarf, int depth) {
    DwarfFrame same = depth < dwarf.size() ? dwarf.get(depth) : null;
    return new Shown(frames.get(depth), frames.get(depth), same, same);
  }

  /**
   * Returns the one frame that is printed where inlined ones are not: the innermost place, and in
   * LLVM's styles, where linkage names are wanted, the function whose symbol the linker knows.
   */
  static Shown innermost(List<SourceFrame> frames, List<DwarfFrame> dwarf, AnswerOptions options) {
    Shown inner = frame(frames, dwarf, 0);
    if (options.style() == Style.GNU || options.functions() != Functions.LINKAGE) {
      return inner;
    }
    Shown outer = frame(frames, dwarf, frames.size() - 1);
    return new Shown(outer.named, inner.placed, inner.dwarf, outer.start);
  }

  /** Returns how many of the frames are printed. */
  static int count(List<SourceFrame> frames, AnswerOptions options) {
    return options.has(Feature.INLINES) ? frames.size() : Math.min(1, frames.size());
  }

  static Shown of(
      List<SourceFrame> frames, List<DwarfFrame> dwarf, int depth, AnswerOptions options) {
    return options.has(Feature.INLINES)
        ? frame(frames, dwarf, depth)
        : innermost(frames, dwarf, options);
  }

  /** Returns where the function is declared. */
  Optional<SourcePosition> declaration() {
    return dwarf == null
        ? Optional.empty()
        : dwarf.declaration().map(at -> new SourcePosition(at.file(), at.line(), 0, 0));
  }

  /** Returns where the function's code begins. */
  Optional<CodeOffset> startAddress() {
    return start == null
        ? Optional.empty()
        : start.lowPc().map(Address::value).map(CodeOffset::new);
  }
}
