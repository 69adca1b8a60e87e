package dev.wasmortem.dwarf.expression;

import dev.wasmortem.dwarf.expression.Place.Reason;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The stack of an evaluation, and what goes between it and the machine. */
final class Operands {
  private final Machine machine;
  private final int addressSize;
  private final List<StackEntry> entries = new ArrayList<>();

  Operands(Machine machine, int addressSize) {
    this.machine = machine;
    this.addressSize = addressSize;
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  void clear() {
    entries.clear();
  }

  void push(StackEntry entry) {
    if (entries.size() >= Evaluator.STACK) {
      throw new Stop(Reason.LIMIT, "more than " + Evaluator.STACK + " entries on the stack");
    }
    entries.add(entry);
  }

  void push(long value) {
    push(BigInteger.valueOf(value));
  }

  /** Pushes a number of the generic type, or where that is too small for it, of eight bytes. */
  void push(BigInteger value) {
    boolean fits =
        StackEntry.signed(value, addressSize).equals(value)
            || StackEntry.unsigned(value, addressSize).equals(value);
    push(StackEntry.generic(value, fits ? addressSize : 8));
  }

  /** Returns what was read as an entry of the generic type, of its own size where that is more. */
  StackEntry entry(Bits bits) {
    int size = Math.max(addressSize, Math.min(bits.size(), StackEntry.LARGEST));
    return StackEntry.generic(StackEntry.of(bits), size);
  }

  void pushSum(Reading base, long offset) {
    push(StackEntry.generic(known(base).add(BigInteger.valueOf(offset)), addressSize));
  }

  /** Returns the top entry, which is removed; a place of the Wasm machine is read. */
  StackEntry pop() {
    StackEntry top = popUnread();
    Place.Wasm wasm = top.wasm();
    return wasm == null ? top : entry(bits(machine.wasm(wasm.space(), wasm.index())));
  }

  private StackEntry popUnread() {
    if (entries.isEmpty()) {
      throw new Stop(Reason.MALFORMED, "an operation finds too little on the stack");
    }
    return entries.remove(entries.size() - 1);
  }

  /** Returns the top entry, which is removed, as an address. */
  long address() {
    StackEntry top = pop();
    if (top.isFloat()) {
      throw new Stop(Reason.MALFORMED, "an address that is a floating-point number");
    }
    return StackEntry.unsigned(top.value(), addressSize).longValue();
  }

  /** Returns the top entry, which is removed, as the value that is described. */
  Place value() {
    StackEntry top = popUnread();
    Place.Wasm wasm = top.wasm();
    return wasm == null ? new Place.Value(top.bits()) : wasm;
  }

  /** Does an operation that only moves entries. */
  void move(Opcode opcode, int index) {
    switch (opcode) {
      case DUP -> push(get(0));
      case OVER -> push(get(1));
      case PICK -> push(get(index));
      case DROP -> popUnread();
      case SWAP -> push(remove(1));
      default -> {
        // The top goes below the two under it.
        get(2);
        StackEntry top = popUnread();
        entries.add(entries.size() - 2, top);
      }
    }
  }

  private StackEntry get(int fromTop) {
    if (fromTop >= entries.size()) {
      throw new Stop(Reason.MALFORMED, "an operation finds too little on the stack");
    }
    return entries.get(entries.size() - 1 - fromTop);
  }

  private StackEntry remove(int fromTop) {
    get(fromTop);
    return entries.remove(entries.size() - 1 - fromTop);
  }

  /**
   * Replaces an address by what is there.
   *
   * @param size the operand of those that have one
   * @param type the type of what is there, or null for the generic type
   */
  void dereference(Opcode opcode, long size, @Nullable ScalarType type) {
    boolean sized =
        switch (opcode) {
          case DEREF, XDEREF -> false;
          default -> true;
        };
    boolean spaced =
        switch (opcode) {
          case XDEREF, XDEREF_SIZE, XDEREF_TYPE -> true;
          default -> false;
        };
    long bytes = sized ? size : addressSize;
    if (bytes < 1 || bytes > (type == null ? 8 : StackEntry.LARGEST)) {
      throw new Stop(Reason.MALFORMED, "a value of " + bytes + " bytes is read from memory");
    }
    if (type != null && type.size() != bytes) {
      throw new Stop(
          Reason.MALFORMED, bytes + " bytes are read as a type of " + type.size() + " bytes");
    }
    long address = address();
    long space = spaced ? pop().asUnsigned().longValue() : 0;
    Bits read = bits(machine.memory(space, address, (int) bytes));
    push(
        type == null
            ? StackEntry.generic(
                StackEntry.unsigned(StackEntry.of(read), (int) bytes),
                Math.max(addressSize, (int) bytes))
            : StackEntry.typed(StackEntry.of(read), type));
  }

  BigInteger known(Reading reading) {
    return StackEntry.of(bits(reading));
  }

  private static Bits bits(Reading reading) {
    if (reading instanceof Reading.Known known) {
      return known.bits();
    }
    throw new Stop(Reason.NOT_CAPTURED, ((Reading.Missing) reading).words());
  }
}
