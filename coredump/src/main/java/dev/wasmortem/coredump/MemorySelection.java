package dev.wasmortem.coredump;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What of a memory goes into a dump, and what the dump says of the rest. What lies beyond the
 * memory is not looked at; ranges may overlap and come in any order.
 */
public final class MemorySelection {
  private static final MemorySelection ALL = new MemorySelection(null, "", List.of(), List.of());

  private final @Nullable List<AddressRange> ranges;
  private final String reason;
  private final List<AddressRange> first;
  private final List<MemoryRange> states;

  private MemorySelection(
      @Nullable List<AddressRange> ranges,
      String reason,
      List<AddressRange> first,
      List<MemoryRange> states) {
    this.ranges = ranges;
    this.reason = reason;
    this.first = first;
    this.states = states;
  }

  /** Returns the selection of everything. */
  public static MemorySelection all() {
    return ALL;
  }

  /**
   * Returns the selection of nothing.
   *
   * @param reason why, in words that go on after {@code … are not in the dump:}
   */
  public static MemorySelection nothing(String reason) {
    return ranges(List.of(), reason);
  }

  /**
   * Returns the selection of some ranges. Where they are more than a dump may have segments, those
   * that the shortest gaps part share one, with zeros between them.
   *
   * @param reason why not more, in words that go on after {@code … are not in the dump:}
   */
  public static MemorySelection ranges(List<AddressRange> ranges, String reason) {
    return new MemorySelection(List.copyOf(ranges), requireNonNull(reason), List.of(), List.of());
  }

  /** Returns this selection with ranges that are left out last when a dump gets too large. */
  public MemorySelection first(List<AddressRange> kept) {
    return new MemorySelection(ranges, reason, List.copyOf(kept), states);
  }

  /**
   * Returns this selection with what is known of ranges before: that they were redacted, that an
   * earlier dump had not captured them. Only what is captured, redacted or zero is written.
   */
  public MemorySelection states(List<MemoryRange> known) {
    return new MemorySelection(ranges, reason, first, List.copyOf(known));
  }

  /** Returns the ranges that are selected, null if everything is. */
  @Nullable List<AddressRange> selected() {
    return ranges;
  }

  String reason() {
    return reason;
  }

  List<AddressRange> first() {
    return first;
  }

  List<MemoryRange> states() {
    return states;
  }
}
