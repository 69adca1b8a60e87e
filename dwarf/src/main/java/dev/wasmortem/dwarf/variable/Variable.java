package dev.wasmortem.dwarf.variable;

import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.bytes.Printable;
import dev.wasmortem.dwarf.Entry;
import dev.wasmortem.dwarf.SourceLine;
import dev.wasmortem.dwarf.expression.Evaluator;
import dev.wasmortem.dwarf.expression.Expression;
import dev.wasmortem.dwarf.expression.Machine;
import dev.wasmortem.dwarf.expression.Opcode;
import dev.wasmortem.dwarf.expression.Operation;
import dev.wasmortem.dwarf.expression.Place;
import dev.wasmortem.dwarf.location.ListOffset;
import dev.wasmortem.dwarf.location.LocationEntry;
import dev.wasmortem.dwarf.type.Type;
import java.util.List;
import java.util.Optional;

/**
 * A variable or parameter, as it is seen from an address. Its location is looked up when it is
 * asked for. Immutable.
 */
public final class Variable {
  private final Described described;
  private final Context context;

  /** The kinds of variables. */
  public enum Kind {
    /** A parameter of a function. */
    ARGUMENT,
    /** A variable of a frame. */
    LOCAL,
    /** A variable of one place in memory that only its function, class or unit can see. */
    STATIC,
    /** A variable that all units can see. */
    GLOBAL
  }

  Variable(Described described, Context context) {
    this.described = described;
    this.context = context;
  }

  /** Returns the entry: of an inlined or optimised function, that of the instance. */
  public Entry entry() {
    return described.entry();
  }

  /** Returns the name, without scopes; empty if it has none. Not safe to print. */
  public String name() {
    return described.name();
  }

  /** Returns the type. */
  public Type type() {
    try {
      return described.type();
    } catch (FormatException e) {
      context.reporter().report(e);
      return context.types().unknown(e.problem());
    }
  }

  /** Returns what kind of variable it is. */
  public Kind kind() {
    if (described.isParameter()) {
      return Kind.ARGUMENT;
    }
    if (context.isFrame()) {
      return location().map(Variable::isFixed).orElse(false) ? Kind.STATIC : Kind.LOCAL;
    }
    return described.isExternal() ? Kind.GLOBAL : Kind.STATIC;
  }

  /** Returns whether an expression is about one place in memory, whatever the frame. */
  private static boolean isFixed(Expression expression) {
    try {
      return expression.operations().stream().map(Operation::opcode).anyMatch(Variable::isAddress);
    } catch (FormatException e) {
      return false;
    }
  }

  private static boolean isAddress(Opcode opcode) {
    return switch (opcode) {
      case ADDR, ADDRX, GNU_ADDR_INDEX, FORM_TLS_ADDRESS, GNU_PUSH_TLS_ADDRESS -> true;
      default -> false;
    };
  }

  /** Returns whether the source does not have it, as {@code this}. */
  public boolean isArtificial() {
    return described.isArtificial();
  }

  /** Returns where it is declared. */
  public Optional<SourceLine> declaration() {
    try {
      return described.declaration();
    } catch (FormatException e) {
      context.reporter().report(e);
      return Optional.empty();
    }
  }

  /**
   * Returns the expression that tells the place at this address; nothing when there is none, or the
   * value is a {@link #constant}.
   */
  public Optional<Expression> location() {
    try {
      return expression();
    } catch (FormatException e) {
      context.reporter().report(e);
      return Optional.empty();
    }
  }

  private Optional<Expression> expression() {
    Optional<ListOffset> list = described.list();
    return list.isPresent()
        ? described.lists().at(list.get(), context.address())
        : described.expression();
  }

  /** Returns where it is at which address, of one that has a location list; else nothing. */
  public List<LocationEntry> locationList() {
    try {
      return described.list().map(described.lists()::entries).orElse(List.of());
    } catch (FormatException e) {
      context.reporter().report(e);
      return List.of();
    }
  }

  /** Returns the value, of one that always has the same and is nowhere. */
  public Optional<Place> constant() {
    return described.constant();
  }

  /** Returns where the variable or its value is in the state of the frame. */
  public Place place(Machine machine) {
    Optional<Place> constant = described.constant();
    if (constant.isPresent()) {
      return constant.get();
    }
    Optional<Expression> expression;
    try {
      expression = expression();
    } catch (FormatException e) {
      context.reporter().report(e);
      return new Place.Unknown(
          Place.Reason.MALFORMED, "the location list is damaged: " + e.problem());
    }
    if (expression.isPresent()) {
      return evaluator(machine).evaluate(expression.get());
    }
    return context.isFrame()
        ? new Place.OptimisedOut()
        : new Place.Unknown(Place.Reason.NO_LOCATION, "nothing tells where the variable is");
  }

  private Evaluator evaluator(Machine machine) {
    Evaluator evaluator = Evaluator.of(machine);
    return context.frameBase().map(evaluator::withFrameBase).orElse(evaluator);
  }

  /** Returns the variable as {@code const char * name}. */
  @Override
  public String toString() {
    return Printable.escape(type().name() + " " + name());
  }
}
