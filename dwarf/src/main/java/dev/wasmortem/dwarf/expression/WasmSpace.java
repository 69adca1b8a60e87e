package dev.wasmortem.dwarf.expression;

/** What a {@code DW_OP_WASM_location} counts. */
public enum WasmSpace {
  /** The locals of the frame, its parameters first. */
  LOCAL("local"),
  /** The globals of the frame's instance. */
  GLOBAL("global"),
  /** The operand stack of the frame, 0 at the bottom. */
  OPERAND("operand");

  private final String word;

  WasmSpace(String word) {
    this.word = word;
  }

  /** Returns the word for one, as {@code local}. */
  @Override
  public String toString() {
    return word;
  }
}
