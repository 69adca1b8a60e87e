package dev.wasmortem.coredump;

/** What other readers refuse (wasm-tools, Wizer), and what the format cannot hold. */
final class WriterLimits {
  static final int MEMORIES = 100;
  static final int GLOBALS = 1_000_000;

  /** Bytes of a section: its size is a {@code u32}. */
  static final long SECTION_BYTES = 0xffff_ffffL;

  /** Bytes of a module's file: engines take no larger ones. */
  static final long MODULE_BYTES = 1L << 30;

  private WriterLimits() {}
}
