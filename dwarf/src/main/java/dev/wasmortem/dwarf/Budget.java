package dev.wasmortem.dwarf;

import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.bytes.Location;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What may be spent on one kind of work, in all. Tables that DWARF refers to by offset may overlap,
 * and so cost more than their section's size: many units that each name the same list, or tables
 * that begin one byte apart. A budget of a small multiple of the section keeps that linear.
 */
final class Budget {
  private final String what;
  private final AtomicLong limit;
  private final AtomicLong spent = new AtomicLong();

  Budget(String what, long limit) {
    this.what = what;
    this.limit = new AtomicLong(limit);
  }

  /** Allows for more, as another file is read. */
  void grow(long amount) {
    limit.addAndGet(amount);
  }

  /** Does as {@link #spend} of nothing: throws if too much was spent already. */
  void check(Location where) {
    spend(0, where);
  }

  /**
   * Spends {@code amount}.
   *
   * @throws FormatException.LimitExceeded if that is more than is left
   */
  void spend(long amount, Location where) {
    if (spent.addAndGet(amount) > limit.get()) {
      throw new FormatException.LimitExceeded(
          what + " overlap: they take more than " + limit + " bytes to read", where);
    }
  }
}
