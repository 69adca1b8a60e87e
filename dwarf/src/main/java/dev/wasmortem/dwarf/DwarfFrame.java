package dev.wasmortem.dwarf;

import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.bytes.Printable;
import java.util.Optional;

/**
 * A function at an address, or a call that the compiler inlined there, and the place in it. What it
 * is called and where it stands is looked up when asked for. Immutable.
 */
public final class DwarfFrame {
  private final FunctionTable functions;
  private final int function;

  /** The call inlined into this one that the address is in, or {@link FunctionTable#NONE}. */
  private final int callee;

  private final long address;

  DwarfFrame(FunctionTable functions, int function, int callee, long address) {
    this.functions = functions;
    this.function = function;
    this.callee = callee;
    this.address = address;
  }

  /** Returns whether this is a call inlined into the function of the frame that comes next. */
  public boolean inlined() {
    return functions.caller(function) != FunctionTable.NONE;
  }

  /**
   * Returns the name, without scopes and parameters; nothing where the function has none. Not safe
   * to print.
   */
  public Optional<String> name() {
    return some(functions.names(function).name());
  }

  /** Returns the name that the linker knew, where it is given. Not safe to print. */
  public Optional<String> linkageName() {
    return some(functions.names(function).linkageName());
  }

  private static Optional<String> some(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }

  /**
   * Returns the place: of the innermost frame that of the address in the line table, of the others
   * that of the call that was inlined. Nothing where the file is not known.
   */
  public Optional<SourceLine> line() {
    LineTable lines = functions.lines();
    if (lines == null) {
      return Optional.empty();
    }
    return callee == FunctionTable.NONE
        ? lines.lineAt(address)
        : lines.line(
            functions.callFile(callee),
            functions.callLine(callee),
            functions.callColumn(callee),
            functions.discriminator(callee));
  }

  /**
   * Returns the file and the line that the function is declared at; nothing where the file is not
   * known.
   */
  public Optional<SourceLine> declaration() {
    try {
      return Origins.declaration(entry());
    } catch (FormatException e) {
      unit().file().report("dwarf-declaration-damaged", e);
      return Optional.empty();
    }
  }

  /** Returns {@code DW_AT_low_pc}: where the code begins, if it is in one piece. */
  public Optional<Address> lowPc() {
    try {
      return entry().read().address(Attribute.LOW_PC);
    } catch (FormatException e) {
      unit().file().report("dwarf-unit-damaged", e);
      return Optional.empty();
    }
  }

  /** Returns the unit that the function is compiled in. */
  public Unit unit() {
    return functions.unit();
  }

  /** Returns the entry: a {@code DW_TAG_subprogram}, or a {@code DW_TAG_inlined_subroutine}. */
  public Entry entry() {
    return functions.entry(function);
  }

  /** Returns {@code name at file:line:column}, safe to print. */
  @Override
  public String toString() {
    return Printable.escape(name().orElse("??"))
        + line().map(place -> " at " + place).orElse("")
        + (inlined() ? " (inlined)" : "");
  }
}
