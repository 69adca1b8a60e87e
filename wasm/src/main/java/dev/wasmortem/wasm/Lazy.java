package dev.wasmortem.wasm;

import dev.wasmortem.bytes.FormatException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A value made on first use, once. An error of the format is kept as well and thrown again, so that
 * asking a damaged file twice does not cost twice.
 */
final class Lazy<T> {
  private final Supplier<T> maker;
  private volatile @Nullable T value;
  private @Nullable FormatException error;

  Lazy(Supplier<T> maker) {
    this.maker = maker;
  }

  T get() {
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
