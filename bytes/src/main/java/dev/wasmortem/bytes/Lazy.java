package dev.wasmortem.bytes;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A value that is made on first use and kept; thread-safe. A {@link FormatException} of the maker
 * is kept as well and thrown again, so that asking a damaged file twice does not cost twice; after
 * any other error the next use tries again.
 */
public final class Lazy<T> {
  private final Supplier<T> maker;
  private volatile @Nullable T value;
  private @Nullable FormatException error;

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
    if (error != null) {
      throw error;
    }
    T made = value;
    if (made == null) {
      try {
        made = maker.get();
      } catch (FormatException e) {
        error = e;
        throw e;
      }
      value = made;
    }
    return made;
  }
}
