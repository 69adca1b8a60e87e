package dev.wasmortem.coredump;

import dev.wasmortem.bytes.ByteWriter;
import dev.wasmortem.coredump.extension.Extension;
import java.util.List;

/**
 * The payloads of a dump's custom sections, as the convention has them: what {@link HeaderReader}
 * and {@link StackReader} read, in the shortest form.
 */
final class SectionEncoder {
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
      Extension.writeIndex(out, instance.module());
      indices(out, instance.memories());
      indices(out, instance.globals());
    }
    return out;
  }

  private static void indices(ByteWriter out, List<Integer> indices) {
    out.unsigned(indices.size());
    indices.forEach(index -> Extension.writeIndex(out, index));
  }

  static ByteWriter corestack(CoreThread thread) {
    ByteWriter out = new ByteWriter().u8(0x00).name(thread.name());
    out.unsigned(thread.frames().size());
    for (Frame frame : thread.frames()) {
      out.u8(0x00);
      Extension.writeIndex(out, frame.instance());
      Extension.writeIndex(out, frame.function());
      Extension.writeIndex(out, frame.codeOffset().value());
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
}
