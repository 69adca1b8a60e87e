package dev.wasmortem.dwarf;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A value made once, when it is first asked for. Safe for use by several threads. */
final class Lazy<T> {
  private final Supplier<? extends T> supplier;
  private volatile @Nullable T value;

  Lazy(Supplier<? extends T> supplier) {
    this.supplier = supplier;
  }

  T get() {
    T known = value;
    if (known != null) {
      return known;
    }
    synchronized (this) {
      known = value;
      if (known == null) {
        known = supplier.get();
        value = known;
      }
      return known;
    }
  }
}
