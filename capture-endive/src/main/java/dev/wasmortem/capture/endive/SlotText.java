package dev.wasmortem.capture.endive;

import java.util.Arrays;
import run.endive.runtime.StackFrame;

/**
 * A frame of Endive's, read from what its {@code toString} says: {@code name[function]\n\tpc=next
 * locals=[slot, slot]}. It has no other public face. The name may hold anything; a slot is the 64
 * bits of a local as a signed number.
 */
final class SlotText {
  private static final String PC = "\n\tpc=";
  private static final String LOCALS = " locals=[";
  private static final long[] NONE = {};

  private final String text;
  private final int pcAt;
  private final int localsAt;

  private SlotText(String text) {
    this.text = text;
    this.pcAt = text.lastIndexOf(PC);
    this.localsAt = text.indexOf(LOCALS, Math.max(pcAt, 0));
    if (pcAt < 1 || localsAt < 0 || text.charAt(pcAt - 1) != ']') {
      throw new IllegalStateException("a frame of an unknown version of Endive: " + text);
    }
  }

  static SlotText of(StackFrame frame) {
    return new SlotText(frame.toString());
  }

  static SlotText parse(String text) {
    return new SlotText(text);
  }

  /** Returns the function's index, imported functions first. */
  int function() {
    return Integer.parseInt(text, text.lastIndexOf('[', pcAt) + 1, pcAt - 1, 10);
  }

  /** Returns the number of the instruction after the one that is executed; 0 before the first. */
  int pc() {
    return Integer.parseInt(text, pcAt + PC.length(), localsAt, 10);
  }

  /** Returns the slots of the parameters and locals. */
  long[] locals() {
    int at = localsAt + LOCALS.length();
    int end = text.length() - 1;
    if (at >= end) {
      return NONE;
    }
    long[] slots = new long[(end - at + 2) / 3];
    int count = 0;
    while (at < end) {
      int comma = text.indexOf(", ", at);
      int next = comma < 0 ? end : comma;
      slots[count++] = Long.parseLong(text, at, next, 10);
      at = next + 2;
    }
    return count == slots.length ? slots : Arrays.copyOf(slots, count);
  }
}
