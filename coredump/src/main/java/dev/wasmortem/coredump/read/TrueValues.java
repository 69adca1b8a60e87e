package dev.wasmortem.coredump.read;

import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.bytes.Location;
import dev.wasmortem.coredump.CoreGlobal;
import dev.wasmortem.coredump.Frame;
import dev.wasmortem.coredump.Value;
import dev.wasmortem.coredump.extension.ValuesSection;
import dev.wasmortem.coredump.extension.ValuesSection.Slot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What {@code wasmortem.values} says of frames and globals. Only what the convention has as missing
 * (in a frame), or as null or not at all (in a global), is replaced.
 */
final class TrueValues implements ValuesSection.Reader {
  private final Findings findings;
  private final Supplier<Location> location;
  private final Map<FrameKey, FrameSlots> frames = new HashMap<>();
  private final List<Slot> globals = new ArrayList<>();

  TrueValues(Findings findings, Supplier<Location> location) {
    this.findings = findings;
    this.location = location;
  }

  private record FrameKey(int thread, int frame) {}

  private record FrameSlots(List<Slot> locals, List<Slot> stack) {}

  @Override
  public void frame(int thread, int frame, List<Slot> locals, List<Slot> stack) {
    frames.put(new FrameKey(thread, frame), new FrameSlots(locals, stack));
  }

  @Override
  public void global(Slot slot) {
    globals.add(slot);
  }

  /** Returns the frames of a thread with their values. */
  List<Frame> inFrames(int thread, List<Frame> all) {
    if (frames.isEmpty()) {
      return all;
    }
    List<Frame> completed = new ArrayList<>(all);
    for (int i = 0; i < all.size(); i++) {
      FrameSlots slots = frames.get(new FrameKey(thread, i));
      if (slots != null) {
        Frame frame = all.get(i);
        completed.set(
            i,
            new Frame(
                frame.instance(),
                frame.function(),
                frame.codeOffset(),
                replaced(frame.locals(), slots.locals),
                replaced(frame.stack(), slots.stack)));
      }
    }
    return List.copyOf(completed);
  }

  private List<Value> replaced(List<Value> values, List<Slot> slots) {
    List<Value> replaced = new ArrayList<>(values);
    for (Slot slot : slots) {
      if (slot.index() < values.size() && values.get(slot.index()).kind() == Value.Kind.MISSING) {
        replaced.set(slot.index(), slot.value());
      } else {
        contradiction("slot " + slot.index() + " of a frame is no missing value");
      }
    }
    return replaced;
  }

  /** Returns the globals with their values. */
  List<CoreGlobal> inGlobals(List<CoreGlobal> all) {
    List<CoreGlobal> completed = new ArrayList<>(all);
    for (Slot slot : globals) {
      if (slot.index() < all.size() && isReplaceable(all.get(slot.index()), slot.value())) {
        completed.set(slot.index(), new CoreGlobal(all.get(slot.index()).type(), slot.value()));
      } else {
        contradiction("global " + slot.index() + " has a value of its own");
      }
    }
    return List.copyOf(completed);
  }

  /** A value that was missing was written as zero, whatever its type; a reference as null. */
  private static boolean isReplaceable(CoreGlobal global, Value value) {
    return value.kind() == Value.Kind.MISSING
        || (value instanceof Value.Reference
            && (global.value().kind() == Value.Kind.NULL_REF
                || global.value().kind() == Value.Kind.MISSING));
  }

  private void contradiction(String problem) {
    findings.report(new Diagnostic("extension-contradicts", location.get(), problem));
  }
}
