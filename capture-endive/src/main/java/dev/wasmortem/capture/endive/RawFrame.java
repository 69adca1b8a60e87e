package dev.wasmortem.capture.endive;

import org.jspecify.annotations.Nullable;

/** A frame as it was found: numbers without types. */
final class RawFrame {
  final CapturingMachine machine;
  final int function;

  /** The number of the instruction in the function, -1 if none was begun. */
  final int instruction;

  final long[] locals;
  final Operands operands;

  RawFrame(
      CapturingMachine machine, int function, int instruction, long[] locals, Operands operands) {
    this.machine = machine;
    this.function = function;
    this.instruction = instruction;
    this.locals = locals;
    this.operands = operands;
  }

  /** When a frame was looked at, relative to its instruction; what has been popped by then. */
  enum Moment {
    /** The instruction had not begun: nothing is popped. */
    BEFORE,
    /** The instruction failed: its operands were popped, and are still in their slots. */
    DURING,
    /** The instruction is a call that has not returned: its operands are popped and gone. */
    CALLING
  }

  /** A frame's part of its machine's operand stack: where it ends, and where it may begin. */
  static final class Operands {
    final long[] slots;

    /** References to objects, at the places of their slots; null if there never was one. */
    final @Nullable Object @Nullable [] references;

    /** The size of the stack when the frame's function was entered from Java. */
    final int base;

    /** The slot after the frame's last one. */
    final int top;

    final Moment moment;

    Operands(
        long[] slots, @Nullable Object @Nullable [] references, int base, int top, Moment moment) {
      this.slots = slots;
      this.references = references;
      this.base = base;
      this.top = top;
      this.moment = moment;
    }
  }
}
