package dev.wasmortem.symbols.index;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Things that were read, found by where they stand; one that is kept may take the place of another.
 * Room is taken for as many as the section may hold, up to a limit. Safe for use by several
 * threads.
 */
final class Kept<T extends Kept.Standing> {
  private static final int MOST = 1 << 17;

  private final AtomicReferenceArray<@Nullable T> slots;
  private final int bytesEach;

  /** Something that stands at an offset of a section. */
  interface Standing {
    int at();
  }

  /**
   * Makes room.
   *
   * @param bytes the length of the section
   * @param bytesEach how many bytes of it each has, about
   */
  Kept(int bytes, int bytesEach) {
    this.bytesEach = bytesEach;
    this.slots = new AtomicReferenceArray<>(Math.min(MOST, bytes / bytesEach + 1));
  }

  @Nullable T at(int offset) {
    T found = slots.getAcquire(slot(offset));
    return found != null && found.at() == offset ? found : null;
  }

  void keep(T value) {
    slots.setRelease(slot(value.at()), value);
  }

  private int slot(int offset) {
    return offset / bytesEach % slots.length();
  }
}
