package dev.wasmortem.coredump;

/** What a dump says of the bytes of a range of memory. */
public enum MemoryState {
  /** The bytes are in the dump. */
  CAPTURED,

  /** The bytes were zero; they are not in the dump because of that. */
  KNOWN_ZERO,

  /** The bytes were left out, whatever they were. Zeros are given. */
  NOT_CAPTURED,

  /**
   * The bytes were replaced after they had been captured, because they were not to be shown. What
   * they were replaced with is given.
   */
  REDACTED,

  /**
   * The dump does not say: no segment covers the range. Most producers leave out zeros only, so
   * zeros are given.
   */
  UNSPECIFIED,

  /** The bytes may have stood in the part of the file that is cut off. Zeros are given. */
  TRUNCATED,

  /** The memory ends before. Zeros are given. */
  OUT_OF_BOUNDS
}
