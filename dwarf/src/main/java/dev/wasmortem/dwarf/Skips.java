package dev.wasmortem.dwarf;

import dev.wasmortem.bytes.Cursor;
import java.util.Arrays;

/**
 * How to pass over the attributes of the entries of one abbreviation table, in units of one
 * encoding: what has a size that is known stands together as one step, so that most entries are
 * passed in one. Immutable.
 */
final class Skips {
  /** A number with as many bytes as it takes. */
  private static final int LEB = -1;

  /** A count of bytes, and those. */
  private static final int BLOCK = -2;

  /** Below this, the steps that go by {@code OTHER - form}, whether or not there is such a form. */
  private static final int OTHER = -3;

  private final Encoding encoding;

  /** Steps; 0 and more is a number of bytes. Those of entry i begin at {@code first[i]}. */
  private int[] steps = new int[64];

  private final int[] first;
  private int count;

  private Skips(Abbreviations table, Encoding encoding) {
    this.encoding = encoding;
    this.first = new int[table.entryCount() + 1];
    for (int entry = 0; entry < table.entryCount(); entry++) {
      int fixed = 0;
      for (int i = table.firstAttribute(entry); i < table.endAttribute(entry); i++) {
        int step = step(table.form(i), encoding);
        // Sums stay below the number of attributes times 16.
        if (step >= 0 && fixed < 1 << 24) {
          fixed += step;
        } else {
          flush(fixed);
          fixed = Math.max(step, 0);
          if (step < 0) {
            add(step);
          }
        }
      }
      flush(fixed);
      first[entry + 1] = count;
    }
    steps = Arrays.copyOf(steps, count);
  }

  static Skips of(Abbreviations table, Encoding encoding) {
    return new Skips(table, encoding);
  }

  private static int step(int code, Encoding encoding) {
    Form form = Form.find(code);
    if (form == null || form == Form.INDIRECT) {
      return OTHER - code;
    }
    int size = form.fixedSize(encoding);
    if (size >= 0) {
      return size;
    }
    return switch (form.layout()) {
      case ULEB, SLEB -> LEB;
      case BLOCK_ULEB -> BLOCK;
      default -> OTHER - code;
    };
  }

  private void flush(int fixed) {
    if (fixed > 0) {
      add(fixed);
    }
  }

  private void add(int step) {
    if (count == steps.length) {
      steps = Arrays.copyOf(steps, count * 2);
    }
    steps[count++] = step;
  }

  /** Moves past the attributes of an entry of abbreviation {@code entry}. */
  void skip(int entry, Cursor cursor) {
    int end = first[entry + 1];
    for (int i = first[entry]; i < end; i++) {
      int step = steps[i];
      if (step >= 0) {
        cursor.skip(step);
      } else if (step == LEB) {
        Form.skipLeb(cursor);
      } else if (step == BLOCK) {
        cursor.skip(cursor.uleb128());
      } else {
        Form.of(OTHER - step, cursor).skip(cursor, encoding);
      }
    }
  }
}
