package dev.wasmortem.symbols.answer;

import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.bytes.Printable;
import dev.wasmortem.dwarf.AddressRange;
import dev.wasmortem.dwarf.Attribute;
import dev.wasmortem.dwarf.DwarfFrame;
import dev.wasmortem.dwarf.Entry;
import dev.wasmortem.dwarf.EntryReader;
import dev.wasmortem.dwarf.Tag;
import dev.wasmortem.symbols.FrameLookup;
import dev.wasmortem.symbols.SourceFrame;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Answers as the entries of DWARF that an address is in, from the unit to the innermost block, an
 * entry a line: its offset, tag, name, declaration and addresses. Then the places, as {@link
 * SourceFrame} has them. Safe to print.
 */
final class EntriesFormat implements AnswerFormat {
  /** Entries lie no deeper in each other in any program that a person wrote. */
  private static final int DEEPEST = 256;

  private final FrameLookup lookup;
  private final AddressSpace space;

  EntriesFormat(FrameLookup lookup, AddressSpace space) {
    this.lookup = lookup;
    this.space = space;
  }

  @Override
  public void code(Query query, List<SourceFrame> frames, List<DwarfFrame> dwarf, AnswerText out) {
    out.hex(query.address()).utf8(":\n");
    Map<Entry, DwarfFrame> known = new HashMap<>();
    dwarf.forEach(frame -> known.put(frame.entry(), frame));
    String indent = "";
    for (Entry entry : chain(query, dwarf)) {
      out.utf8(entry + ": " + indent + describe(entry, known.get(entry)) + "\n");
      indent += "  ";
    }
    for (SourceFrame frame : frames) {
      out.utf8(frame + (frame.inlined() ? " (inlined)\n" : "\n"));
    }
    out.utf8(frames.isEmpty() ? "??\n\n" : "\n");
  }

  @Override
  public void nothing(Query query, AnswerText out) {
    code(query, List.of(), List.of(), out);
  }

  /** Returns the innermost entry and those that it is in, the unit's first. */
  private Deque<Entry> chain(Query query, List<DwarfFrame> dwarf) {
    Deque<Entry> chain = new ArrayDeque<>();
    Optional<Entry> next =
        dwarf.isEmpty()
            ? Optional.empty()
            : lookup.innermostEntry(space.codeOffset(query.address()));
    while (next.isPresent() && chain.size() < DEEPEST) {
      chain.addFirst(next.get());
      next = next.get().parent();
    }
    return chain;
  }

  private static String describe(Entry entry, @Nullable DwarfFrame frame) {
    try {
      EntryReader reader = entry.read();
      StringBuilder text = new StringBuilder(Tag.name(reader.tagCode()));
      Optional<String> name =
          frame == null ? reader.text(Attribute.NAME) : frame.linkageName().or(frame::name);
      name.ifPresent(own -> text.append(" \"").append(Printable.escape(own)).append('"'));
      if (frame != null) {
        frame
            .declaration()
            .ifPresent(
                at ->
                    text.append(" declared at ")
                        .append(Printable.escape(at.file()))
                        .append(':')
                        .append(at.line()));
      }
      for (AddressRange range : reader.ranges()) {
        text.append(' ').append(range);
      }
      return text.toString();
    } catch (FormatException e) {
      return Printable.escape(e.problem());
    }
  }
}
