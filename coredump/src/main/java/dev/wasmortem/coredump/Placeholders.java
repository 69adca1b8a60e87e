package dev.wasmortem.coredump;

import java.util.ArrayList;
import java.util.List;

/**
 * Numbers that a producer writes for values that it did not capture: xtuc's rewriter does not save
 * the parameters of callers and writes 669 for the first of them, 670 for the second, and so on.
 */
public final class Placeholders {
  private static final int FIRST = 669;

  private Placeholders() {}

  /** Returns how many of a frame's first locals are placeholders, 0 of the youngest frame's. */
  public static int count(Dialect dialect, Frame frame, int index) {
    if (dialect.producer() != Producer.XTUC_REWRITER || index == 0) {
      return 0;
    }
    int count = 0;
    while (count < frame.locals().size()
        && frame.locals().get(count) instanceof Value.I32 i32
        && i32.value() == FIRST + count) {
      count++;
    }
    return count;
  }

  /** Returns a frame whose first {@code count} locals are missing. */
  public static Frame removed(Frame frame, int count) {
    if (count == 0) {
      return frame;
    }
    List<Value> locals = new ArrayList<>(frame.locals());
    for (int i = 0; i < count; i++) {
      locals.set(i, Value.MISSING);
    }
    return new Frame(frame.instance(), frame.function(), frame.codeOffset(), locals, frame.stack());
  }
}
