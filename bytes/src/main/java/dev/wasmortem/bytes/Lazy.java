package dev.wasmortem.bytes;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A value that is made on first use and kept; thread-safe. An error of the maker is not kept: the
 * next use tries again, so that each caller gets an exception of its own.
 */
public final class Lazy<T> {
  private final Supplier<T> maker;
  private volatile @Nullable T value;

  /** Makes a value that {@code maker} will make. It must not ask for this value itself. */
  public Lazy(Supplier<T> maker) {
    this.maker = maker;
  }

  /** Returns the value. */
  public T get() {
    T made = value;
    return made != null ? made : make();
  }

  private synchronized T make() {
    T made = value;
    if (made == null) {
      made = maker.get();
      value = made;
    }
    return made;
  }
}
