package dev.wasmortem.bytes;

/**
 * The limits that every reader of ours keeps, so that no file decides how much memory or time it
 * costs.
 */
public final class Limits {
  /** Bytes of a name in a module or a dump; the limit of wasm-tools. */
  public static final int NAME_BYTES = 100_000;

  /** Bytes of a NUL-terminated string in debug information. */
  public static final int STRING_BYTES = 1 << 20;

  private Limits() {}
}
