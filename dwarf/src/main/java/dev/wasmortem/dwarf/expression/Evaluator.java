package dev.wasmortem.dwarf.expression;

import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates expressions in the state of one frame. Immutable; as thread-safe as its machine.
 *
 * <p>Nothing that an expression holds makes it throw: what is malformed, not supported, not known
 * or goes on for too long yields a {@link Place.Unknown} that says so. Steps, stack and calls are
 * bounded by {@link #STEPS}, {@link #STACK} and {@link #CALLS}.
 *
 * <p>Values that come from {@code DW_OP_WASM_location} have the size of the local's type, and
 * constants that do not fit the size of an address have eight bytes: compilers describe 64-bit
 * variables of 32-bit programs so, against §2.5.1, which would cut them.
 */
public final class Evaluator {
  /** Operations that one evaluation may take. */
  public static final int STEPS = 20_000;

  /** Entries that the stack may have. */
  public static final int STACK = 1_000;

  /** How deep {@code DW_OP_call2} and its kin, and entry values, may lie in each other. */
  public static final int CALLS = 16;

  private final Machine machine;
  private final @Nullable Expression frameBase;
  private final OptionalLong object;

  private Evaluator(Machine machine, @Nullable Expression frameBase, OptionalLong object) {
    this.machine = machine;
    this.frameBase = frameBase;
    this.object = object;
  }

  /** Returns an evaluator in the state of {@code machine}. */
  public static Evaluator of(Machine machine) {
    return new Evaluator(machine, null, OptionalLong.empty());
  }

  /**
   * Returns an evaluator that knows the frame base of the function, {@code DW_AT_frame_base}; it is
   * evaluated when it is needed.
   */
  public Evaluator withFrameBase(Expression expression) {
    return new Evaluator(machine, expression, object);
  }

  /** Returns an evaluator that knows the object of {@code DW_OP_push_object_address}. */
  public Evaluator withObject(long address) {
    return new Evaluator(machine, frameBase, OptionalLong.of(address));
  }

  /** Returns what the expression yields. */
  public Place evaluate(Expression expression) {
    return new Evaluation(this, expression.encoding()).evaluate(expression);
  }

  /**
   * Returns what the expression yields when it begins with something on the stack, as those of
   * {@code DW_AT_data_member_location} and {@code DW_AT_vtable_elem_location} do.
   *
   * @param initial the address that is on the stack
   */
  public Place evaluate(Expression expression, long initial) {
    Evaluation evaluation = new Evaluation(this, expression.encoding());
    evaluation.push(initial);
    return evaluation.evaluate(expression);
  }

  /**
   * Returns what the expression yields as a number, as bounds and sizes are: the top of the stack,
   * whether it would be an address or a value.
   */
  public Reading number(Expression expression) {
    return number(evaluate(expression));
  }

  /** Returns the number that a place is, or the reason why there is none. */
  Reading number(Place place) {
    return switch (place.kind()) {
      case MEMORY -> Reading.of(((Place.Memory) place).address(), 8);
      case VALUE -> new Reading.Known(((Place.Value) place).bits());
      case WASM -> {
        Place.Wasm wasm = (Place.Wasm) place;
        yield machine.wasm(wasm.space(), wasm.index());
      }
      case REGISTER -> machine.register(((Place.Register) place).number());
      default -> Reading.missing(place.toString());
    };
  }

  Machine machine() {
    return machine;
  }

  Optional<Expression> frameBase() {
    return Optional.ofNullable(frameBase);
  }

  OptionalLong object() {
    return object;
  }

  /** Returns the evaluator of a frame base, which has none itself. */
  Evaluator withoutFrameBase() {
    return new Evaluator(machine, null, object);
  }

  /** Returns the evaluator of what held when the function was entered. */
  Evaluator atEntry() {
    return new Evaluator(machine.atEntry(), null, object);
  }
}
