package dev.wasmortem.symbols.answer;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.UnaryOperator;

/**
 * Names as they are printed. Each is put into its final form and encoded when it is first printed,
 * and kept. Safe for use by several threads.
 */
final class EncodedNames {
  /** How many names are kept. */
  private static final int KEPT = 1 << 18;

  /** A longer one costs more room than its encoding costs time. */
  private static final int LONGEST_KEPT = 4_096;

  private final UnaryOperator<String> form;
  private final ConcurrentMap<String, byte[]> known = new ConcurrentHashMap<>();

  /** Makes names whose final form is what {@code form} returns. */
  EncodedNames(UnaryOperator<String> form) {
    this.form = form;
  }

  byte[] get(String name) {
    byte[] bytes = known.get(name);
    if (bytes == null) {
      bytes = form.apply(name).getBytes(StandardCharsets.UTF_8);
      if (bytes.length <= LONGEST_KEPT) {
        if (known.size() >= KEPT) {
          known.clear();
        }
        known.put(name, bytes);
      }
    }
    return bytes;
  }
}
