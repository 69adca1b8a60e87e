package dev.wasmortem.dwarf.expression;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.wasmortem.bytes.ByteSource;
import java.util.List;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes, taken as an expression: it yields a place or a reason, and prints. */
class ExpressionFuzzTest {
  static List<byte[]> seeds() {
    return List.of(
        new byte[] {(byte) 0xed, 0, 1, 0x23, 12, 6, (byte) 0x9f, (byte) 0x93, 4},
        new byte[] {0x31, 0x28, 1, 0, 0x12, 0x2f, (byte) 0xfc, (byte) 0xff},
        new byte[] {(byte) 0xa3, 3, (byte) 0xed, 0, 1, (byte) 0xa8, 0x12, (byte) 0xa8, 0x14, 0x1b},
        new byte[] {(byte) 0xa4, 0x16, 4, 0, 0, 0x20, 0x40, 0x12, 0x22, (byte) 0x98, 0x44, 0});
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "10s")
  void places(byte[] bytes) {
    ByteSource source = ByteSource.of("fuzz", bytes);
    ExpressionBytes unit = new ExpressionBytes(ExpressionBytes.WASM32);
    unit.callee(0x144, 0x12, 0x98, 0x44, 0);
    Expression expression = unit.of(source);
    String printed = expression.toString();
    assert !printed.isEmpty();
    Evaluator evaluator =
        Evaluator.of(ExpressionBytes.machine()).withFrameBase(unit.of(0xed, 0, 1, 0x9f));
    for (Place place :
        List.of(
            evaluator.evaluate(expression),
            evaluator.evaluate(expression, 0x100),
            evaluator.withFrameBase(expression).withObject(7).evaluate(expression),
            Evaluator.of(Machine.UNKNOWN).evaluate(expression))) {
      String text = place.toString();
      assert !text.isEmpty();
    }
  }
}
