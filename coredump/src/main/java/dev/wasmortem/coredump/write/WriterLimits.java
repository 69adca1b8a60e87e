package dev.wasmortem.coredump.write;

/** What other readers refuse (wasm-tools, Wizer), and what the format cannot hold. */
public final class WriterLimits {
  /** Memories that others take. */
  public static final int MEMORIES = 100;

  /** Globals that others take. */
  static final int GLOBALS = 1_000_000;

  /** Bytes of a section: its size is a {@code u32}. */
  public static final long SECTION_BYTES = 0xffff_ffffL;

  /** Bytes of a module's file: engines take no larger ones. */
  public static final long MODULE_BYTES = 1L << 30;

  private WriterLimits() {}
}
