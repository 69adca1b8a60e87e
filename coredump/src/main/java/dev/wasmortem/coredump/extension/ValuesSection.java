package dev.wasmortem.coredump.extension;

import dev.wasmortem.bytes.ByteWriter;
import dev.wasmortem.bytes.Cursor;
import dev.wasmortem.coredump.CoreGlobal;
import dev.wasmortem.coredump.CoreThread;
import dev.wasmortem.coredump.Frame;
import dev.wasmortem.coredump.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Values that the convention has no encoding for: vectors and references in frames, which {@code
 * corestack} has as missing, and references that are not null, or missing values, of globals.
 *
 * <pre>
 * wasmortem.values ::= 0x00 frames:vec(frame) globals:vec(slot)
 * frame            ::= thread:u32 frame:u32 locals:vec(slot) stack:vec(slot)
 * slot             ::= index:u32 value
 * </pre>
 *
 * {@code thread} is the position of the thread's {@code corestack} among all of them, {@code frame}
 * the position of the frame in it.
 */
public final class ValuesSection {
  /** The section's name. */
  public static final String NAME = "wasmortem.values";

  private ValuesSection() {}

  /** A value and the local, operand or global that it is of. */
  public record Slot(int index, Value value) {}

  /** Takes what is read. */
  public interface Reader {
    /** Takes what a frame's section has as missing. */
    void frame(int thread, int frame, List<Slot> locals, List<Slot> stack);

    /** Takes what a global really held. */
    void global(Slot slot);
  }

  /** Returns whether the convention has an encoding for the value in a frame. */
  public static boolean standsInFrame(Value value) {
    return switch (value.kind()) {
      case I32, I64, F32, F64, MISSING -> true;
      case V128, NULL_REF, FUNC_REF, OPAQUE_REF -> false;
    };
  }

  private static boolean standsInGlobal(Value value) {
    return switch (value.kind()) {
      case I32, I64, F32, F64, V128, NULL_REF -> true;
      case FUNC_REF, OPAQUE_REF, MISSING -> false;
    };
  }

  /** Returns the payload, empty if the convention has an encoding for all values. */
  public static Optional<ByteWriter> write(List<CoreThread> threads, List<CoreGlobal> globals) {
    ByteWriter frames = new ByteWriter();
    int count = 0;
    for (int thread = 0; thread < threads.size(); thread++) {
      List<Frame> stack = threads.get(thread).frames();
      for (int i = 0; i < stack.size(); i++) {
        List<Slot> locals = withoutEncoding(stack.get(i).locals());
        List<Slot> operands = withoutEncoding(stack.get(i).stack());
        if (!locals.isEmpty() || !operands.isEmpty()) {
          frames.unsigned(thread).unsigned(i);
          slots(frames, locals);
          slots(frames, operands);
          count++;
        }
      }
    }
    List<Slot> others = new ArrayList<>();
    for (int i = 0; i < globals.size(); i++) {
      if (!standsInGlobal(globals.get(i).value())) {
        others.add(new Slot(i, globals.get(i).value()));
      }
    }
    if (count == 0 && others.isEmpty()) {
      return Optional.empty();
    }
    ByteWriter out = Extension.payload().unsigned(count).bytes(frames);
    slots(out, others);
    return Optional.of(out);
  }

  private static List<Slot> withoutEncoding(List<Value> values) {
    List<Slot> slots = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      if (!standsInFrame(values.get(i))) {
        slots.add(new Slot(i, values.get(i)));
      }
    }
    return slots;
  }

  private static void slots(ByteWriter out, List<Slot> slots) {
    out.unsigned(slots.size());
    slots.forEach(slot -> TypedValue.write(out.unsigned(slot.index()), slot.value()));
  }

  /** Reads what follows the version. */
  public static void read(Cursor cursor, Reader reader) {
    long frames = cursor.in("values").u32();
    for (long i = 0; i < frames; i++) {
      int thread = cursor.in("values.thread").index();
      int frame = cursor.in("values.frame").index();
      List<Slot> locals = slots(cursor.in("values.locals"));
      reader.frame(thread, frame, locals, slots(cursor.in("values.stack")));
    }
    slots(cursor.in("values.globals")).forEach(reader::global);
  }

  private static List<Slot> slots(Cursor cursor) {
    long count = cursor.u32();
    List<Slot> slots = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      int index = cursor.index();
      slots.add(new Slot(index, TypedValue.read(cursor)));
    }
    return slots;
  }
}
