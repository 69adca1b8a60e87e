package dev.wasmortem.dwarf.expression;

/**
 * The state of the frame that an expression is evaluated in. Each thing is asked for when an
 * operation needs it, and need not be there: what is not overridden is missing.
 */
public interface Machine {
  /** A machine of which nothing is known; it still tells where a value would be. */
  Machine UNKNOWN = new Machine() {};

  /**
   * Reads a local, global or operand.
   *
   * @param index 0 to 2³²−1, or more in a damaged file
   * @return its bytes in the size of its type
   */
  default Reading wasm(WasmSpace space, long index) {
    return Reading.missing(space + " " + Long.toUnsignedString(index) + " is not known");
  }

  /**
   * Reads memory, little-endian.
   *
   * @param addressSpace 0 but for {@code DW_OP_xderef}
   * @param address already cut to the size of an address
   * @param size 1 to 16
   */
  default Reading memory(long addressSpace, long address, int size) {
    return Reading.missing("the memory is not known");
  }

  /** Reads a register; WebAssembly has none. */
  default Reading register(long number) {
    return Reading.missing("there is no register " + Long.toUnsignedString(number));
  }

  /** Returns the canonical frame address, {@code DW_OP_call_frame_cfa}. */
  default Reading canonicalFrameAddress() {
    return Reading.missing("there is no canonical frame address");
  }

  /**
   * Returns the address of a thread-local object.
   *
   * @param offset as {@code DW_OP_form_tls_address} gets it. Linkers of programs without shared
   *     memory write the address itself.
   */
  default Reading threadLocal(long offset) {
    return Reading.missing("the base of thread-local storage is not known");
  }

  /** Returns the state in which the frame's function was entered, for entry values. */
  default Machine atEntry() {
    return UNKNOWN;
  }
}
