package dev.wasmortem.coredump;

import dev.wasmortem.bytes.ByteWriter;
import java.util.List;

/**
 * The payloads of a dump's custom sections, as the convention has them: what {@link HeaderReader}
 * and {@link StackReader} read, in the shortest form.
 */
final class SectionEncoder {
  private static final int VERSION = 0x00;

  private SectionEncoder() {}

  static ByteWriter core(String executableName) {
    return new ByteWriter().u8(0x00).name(executableName);
  }

  static ByteWriter coremodules(List<CoreModule> modules) {
    ByteWriter out = new ByteWriter().unsigned(modules.size());
    modules.forEach(module -> out.u8(0x00).name(module.name()));
    return out;
  }

  static ByteWriter coreinstances(List<CoreInstance> instances) {
    ByteWriter out = new ByteWriter().unsigned(instances.size());
    for (CoreInstance instance : instances) {
      out.u8(0x00);
      index(out, instance.module());
      indices(out, instance.memories());
      indices(out, instance.globals());
    }
    return out;
  }

  private static void indices(ByteWriter out, List<Integer> indices) {
    out.unsigned(indices.size());
    indices.forEach(index -> index(out, index));
  }

  /** Writes an index; that of none, −1, as 2³²−1. */
  private static void index(ByteWriter out, int index) {
    out.unsigned(Integer.toUnsignedLong(index));
  }

  static ByteWriter corestack(CoreThread thread) {
    ByteWriter out = new ByteWriter().u8(0x00).name(thread.name());
    out.unsigned(thread.frames().size());
    for (Frame frame : thread.frames()) {
      out.u8(0x00);
      index(out, frame.instance());
      index(out, frame.function());
      index(out, frame.codeOffset().value());
      values(out, frame.locals());
      values(out, frame.stack());
    }
    return out;
  }

  private static void values(ByteWriter out, List<Value> values) {
    out.unsigned(values.size());
    values.forEach(value -> value(out, value));
  }

  private static void value(ByteWriter out, Value value) {
    if (value instanceof Value.I32 i32) {
      out.u8(0x7f).signed(i32.value());
    } else if (value instanceof Value.I64 i64) {
      out.u8(0x7e).signed(i64.value());
    } else if (value instanceof Value.F32 f32) {
      out.u8(0x7d).i32le(f32.bits());
    } else if (value instanceof Value.F64 f64) {
      out.u8(0x7c).i64le(f64.bits());
    } else {
      out.u8(0x01);
    }
  }

  /** Returns whether a frame can hold the value; if not, {@code missing} is written for it. */
  static boolean hasEncoding(Value value) {
    return switch (value.kind()) {
      case I32, I64, F32, F64, MISSING -> true;
      case V128, NULL_REF -> false;
    };
  }

  static ByteWriter trap(Trap trap) {
    ByteWriter out = new ByteWriter().u8(VERSION).name(trap.kind().id()).name(trap.message());
    index(out, trap.thread());
    return out;
  }

  static ByteWriter notes(List<Note> notes) {
    ByteWriter out = new ByteWriter().u8(VERSION).unsigned(notes.size());
    for (Note note : notes) {
      out.sized(new ByteWriter().name(note.code()).name(note.message()));
    }
    return out;
  }
}
