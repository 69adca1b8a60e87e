package dev.wasmortem.wasm.code;

/**
 * In how many bytes LEB128 numbers are written. Linkers pad those that they may have to change
 * later, so a file's are often not the shortest.
 */
public enum Widths {
  /** In as few bytes as hold the number. */
  MINIMAL,
  /** In as many as the number had that it replaces, or more where it needs more. */
  KEPT
}
