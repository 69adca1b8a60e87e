package dev.wasmortem.coredump;

/** What a dump says of the bytes of a range of memory. */
public enum MemoryState {
  /** The bytes are in the dump. */
  CAPTURED,

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
