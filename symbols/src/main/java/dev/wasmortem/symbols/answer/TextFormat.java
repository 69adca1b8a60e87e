package dev.wasmortem.symbols.answer;

import dev.wasmortem.bytes.Printable;
import dev.wasmortem.dwarf.DwarfFrame;
import dev.wasmortem.symbols.SourceFrame;
import dev.wasmortem.symbols.SourcePosition;
import dev.wasmortem.symbols.answer.AnswerOptions.Feature;
import dev.wasmortem.symbols.answer.AnswerOptions.Functions;
import dev.wasmortem.symbols.answer.AnswerOptions.Style;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Answers as lines of text, in the way of llvm-symbolizer or of addr2line. */
final class TextFormat implements AnswerFormat {
  private static final byte[] UNKNOWN = ascii("??");
  private static final byte[] AT = ascii(" at ");
  private static final byte[] INLINED_BY = ascii(" (inlined by) ");

  private final AnswerOptions options;
  private final AddressSpace space;
  private final FrameNames names;
  private final SourceContext context;
  private final boolean gnu;
  private final boolean pretty;
  private final boolean verbose;
  private final boolean addresses;
  private final boolean functions;

  TextFormat(AnswerOptions options, AddressSpace space, SourceContext context) {
    this.options = options;
    this.space = space;
    this.context = context;
    UnaryOperator<String> form =
        options.has(Feature.ESCAPE) ? Printable::escape : UnaryOperator.identity();
    this.names = new FrameNames(options, form);
    this.gnu = options.style() == Style.GNU;
    this.pretty = options.has(Feature.PRETTY);
    this.verbose = options.has(Feature.VERBOSE);
    this.addresses = options.has(Feature.ADDRESSES);
    this.functions = options.functions() != Functions.NONE;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public void code(Query query, List<SourceFrame> frames, List<DwarfFrame> dwarf, AnswerText out) {
    header(query, out);
    int count = Shown.count(frames, options);
    for (int i = 0; i < count; i++) {
      if (functions && pretty && i > 0) {
        out.utf8(INLINED_BY);
      }
      frame(Shown.of(frames, dwarf, i, options), out);
    }
    if (count == 0) {
      unknown(out);
    }
    footer(out);
  }

  @Override
  public void nothing(Query query, AnswerText out) {
    header(query, out);
    switch (query.kind()) {
      case DATA -> out.utf8("??\n0 0\n??:?\n");
      case FRAME -> out.utf8("??\n");
      default -> unknown(out);
    }
    footer(out);
  }

  private void header(Query query, AnswerText out) {
    if (addresses && query.kind() != Query.Kind.NONE) {
      out.hex(query.address());
      if (pretty) {
        out.ascii(':').ascii(' ');
      } else {
        out.ascii('\n');
      }
    }
  }

  private void footer(AnswerText out) {
    if (!gnu) {
      out.ascii('\n');
    }
  }

  private void unknown(AnswerText out) {
    if (functions) {
      function(UNKNOWN, out);
    }
    if (verbose) {
      out.utf8("  Filename: ??\n  Line: 0\n  Column: 0\n");
    } else {
      out.utf8(UNKNOWN);
      place(0, 0, 0, out);
    }
  }

  private void function(byte[] name, AnswerText out) {
    out.utf8(name);
    if (pretty) {
      out.utf8(AT);
    } else {
      out.ascii('\n');
    }
  }

  private void frame(Shown frame, AnswerText out) {
    if (functions) {
      function(names.function(frame.named()), out);
    }
    Optional<SourcePosition> position = frame.placed().position();
    byte[] file = position.isEmpty() ? UNKNOWN : names.file(position.get().file(), frame.dwarf());
    int line = position.isEmpty() ? 0 : position.get().line();
    int column = position.isEmpty() ? 0 : position.get().column();
    int discriminator = position.isEmpty() ? 0 : position.get().discriminator();
    if (verbose) {
      details(frame, file, out);
      out.utf8("  Line: ").decimal(line).utf8("\n  Column: ").decimal(column).ascii('\n');
      if (discriminator != 0) {
        out.utf8("  Discriminator: ").decimal(discriminator).ascii('\n');
      }
    } else {
      out.utf8(file);
      place(line, column, discriminator, out);
      if (context.isWanted() && position.isPresent()) {
        out.utf8(context.around(position.get()));
      }
    }
  }

  private void place(int line, int column, int discriminator, AnswerText out) {
    out.ascii(':').decimal(line);
    if (!gnu) {
      out.ascii(':').decimal(column);
    } else if (discriminator != 0) {
      out.utf8(" (discriminator ").decimal(discriminator).ascii(')');
    }
    out.ascii('\n');
  }

  private void details(Shown frame, byte[] file, AnswerText out) {
    out.utf8("  Filename: ").utf8(file).ascii('\n');
    Optional<SourcePosition> declared = frame.declaration();
    if (declared.isPresent() && declared.get().line() != 0) {
      out.utf8("  Function start filename: ")
          .utf8(names.file(declared.get().file(), frame.dwarf()))
          .utf8("\n  Function start line: ")
          .decimal(declared.get().line())
          .ascii('\n');
    }
    if (!gnu && frame.startAddress().isPresent()) {
      out.utf8("  Function start address: ")
          .hex(space.address(frame.startAddress().get()))
          .ascii('\n');
    }
  }
}
