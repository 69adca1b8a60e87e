package dev.wasmortem.symbols.index;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Numbers things that are equal alike, from 0 on, in the order in which they come. */
final class Numbering<T> {
  private final Map<T, Integer> numbers = new HashMap<>();
  private final List<T> all = new ArrayList<>();

  int of(T thing) {
    Integer next = all.size();
    Integer known = numbers.putIfAbsent(thing, next);
    if (known == null) {
      all.add(thing);
    }
    return Objects.requireNonNullElse(known, next);
  }

  /** Returns everything by its number. */
  List<T> all() {
    return all;
  }
}
