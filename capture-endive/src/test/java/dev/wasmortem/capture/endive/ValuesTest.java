package dev.wasmortem.capture.endive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wasmortem.coredump.Note;
import dev.wasmortem.coredump.Value;
import dev.wasmortem.testkit.ConventionReader.Activation;
import dev.wasmortem.testkit.ConventionReader.Dump;
import dev.wasmortem.testkit.ConventionReader.GlobalValue;
import dev.wasmortem.wasm.types.AbstractHeapType;
import java.util.List;
import org.junit.jupiter.api.Test;
import run.endive.runtime.Instance;

/** Locals, operands and globals of every type, as values.wat has them. */
class ValuesTest {
  private final Session session = new Session();
  private final Instance instance = session.instance("values/values");

  @Test
  void localsAndOperands() {
    Dump dump = session.dumpOf(() -> instance.export("caller").apply(0x80000001L));
    Activation callee =
        new Activation(
            0,
            0,
            99,
            List.of(
                "i32:-2147483647",
                "i64:-9223372036854775808",
                "f32:0x3e800000",
                "f64:0x7e37e43c8800759c",
                "i32:-2",
                "i64:-3",
                "f32:0x7fa00001",
                "f64:0x4002000000000000",
                "missing",
                "missing"),
            List.of(
                "i32:10",
                "i64:-11",
                "f32:0x3fc00000",
                "f64:0x8000000000000000",
                "missing",
                "missing",
                "i32:12"));
    Activation caller =
        new Activation(
            0, 1, 42, List.of("i32:-2147483647"), List.of("i64:9223372036854775807", "i32:77"));
    assertEquals(List.of(callee, caller), dump.threads().get(0).frames());
    // The convention has no vectors and references in frames: our section has.
    List<Value> locals = session.core().threads().get(0).frames().get(0).locals();
    assertEquals(new Value.V128(0xa, 0xb), locals.get(8));
    assertEquals(Value.MISSING, locals.get(9));
    List<Value> stack = session.core().threads().get(0).frames().get(0).stack();
    assertEquals(new Value.V128(0xc, 0xd), stack.get(4));
    assertEquals(new Value.NullRef(AbstractHeapType.EXTERN), stack.get(5));
    List<Note> notes = session.core().notes();
    assertTrue(
        notes.stream().anyMatch(note -> note.code().equals(Note.FRAME_VALUES_LEFT_OUT)),
        notes::toString);
  }

  @Test
  void globals() {
    Dump dump = session.dumpOf(() -> instance.export("caller").apply(1));
    assertEquals(
        List.of(
            "i32:-1",
            "i64:1311768467463790320",
            "f32:0xbf000000",
            "f64:0x7ff8000000000123",
            "v128:0x1111:0x2222",
            "null:0x6f",
            "null:0x70"),
        dump.globals().stream().map(GlobalValue::value).toList());
    assertEquals(
        List.of(0x7f, 0x7e, 0x7d, 0x7c, 0x7b, 0x6f, 0x70),
        dump.globals().stream().map(GlobalValue::type).toList());
    assertTrue(dump.globals().stream().allMatch(global -> global.mutability() == 0));
    assertEquals(
        new Value.FuncRef(AbstractHeapType.FUNC, 0, 0), session.core().globals().get(6).value());
    assertEquals(
        new Value.NullRef(AbstractHeapType.EXTERN), session.core().globals().get(5).value());
  }

  /** Whoever jumped away left two operands each below the frame that trapped. */
  @Test
  void tailCalls() {
    Dump dump = session.dumpOf(() -> instance.export("tail").apply());
    assertEquals(
        List.of(
            new Activation(
                0,
                2,
                13,
                List.of("i32:7", "i64:0"),
                List.of("i32:101", "i32:102", "i32:7", "i32:0")),
            new Activation(0, 5, 7, List.of(), List.of("i32:1", "i32:2"))),
        dump.threads().get(0).frames());
  }
}
