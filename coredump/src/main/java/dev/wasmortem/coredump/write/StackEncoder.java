package dev.wasmortem.coredump.write;

import dev.wasmortem.bytes.ByteWriter;
import dev.wasmortem.coredump.Dialect.InstanceIndex;
import dev.wasmortem.coredump.Dialect.Integers;
import dev.wasmortem.coredump.Dialect.Layout;
import dev.wasmortem.coredump.Frame;
import dev.wasmortem.coredump.Value;
import dev.wasmortem.coredump.WriterOptions;
import dev.wasmortem.coredump.extension.Extension;
import java.util.List;

/**
 * The payload of a section {@code corestack} in the dialect that the options name: what {@code
 * StackReader} reads, in the shortest form. Values that frames cannot hold are written as missing.
 */
final class StackEncoder {
  private final WriterOptions options;

  StackEncoder(WriterOptions options) {
    this.options = options;
  }

  ByteWriter encode(String thread, List<Frame> frames) {
    ByteWriter out = new ByteWriter().u8(0x00).name(thread);
    out.unsigned(frames.size());
    for (Frame frame : frames) {
      out.u8(0x00);
      if (options.instanceIndex() == InstanceIndex.PRESENT) {
        Extension.writeIndex(out, frame.instance());
      }
      Extension.writeIndex(out, frame.function());
      Extension.writeIndex(out, frame.codeOffset().value());
      out.unsigned(frame.locals().size());
      if (options.layout() == Layout.COUNTS_FIRST) {
        out.unsigned(frame.stack().size());
        values(out, frame.locals());
      } else {
        values(out, frame.locals());
        out.unsigned(frame.stack().size());
      }
      values(out, frame.stack());
    }
    return out;
  }

  private void values(ByteWriter out, List<Value> values) {
    values.forEach(value -> value(out, value));
  }

  private void value(ByteWriter out, Value value) {
    boolean leb = options.integers() == Integers.LEB;
    if (value instanceof Value.I32 i32) {
      out.u8(0x7f);
      out = leb ? out.signed(i32.value()) : out.i32le(i32.value());
    } else if (value instanceof Value.I64 i64) {
      out.u8(0x7e);
      out = leb ? out.signed(i64.value()) : out.i64le(i64.value());
    } else if (value instanceof Value.F32 f32) {
      out.u8(0x7d).i32le(f32.bits());
    } else if (value instanceof Value.F64 f64) {
      out.u8(0x7c).i64le(f64.bits());
    } else {
      out.u8(0x01);
    }
  }
}
