package dev.wasmortem.capture.endive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import run.endive.runtime.Instance;
import run.endive.runtime.StackFrame;

class SlotTextTest {
  /** That Endive's frames still say what they said in the version that this was written for. */
  @Test
  void aFrameAsEndivePrintsIt() {
    Instance instance = new Session().instance("values/values");
    StackFrame frame = new StackFrame(instance, 0, new long[0]);
    assertEquals("callee[0]\n\tpc=0 locals=[]", frame.toString());
    SlotText text = SlotText.of(frame);
    assertEquals(0, text.function());
    assertEquals(0, text.pc());
    assertEquals(0, text.locals().length);
  }

  @Property
  void whateverTheFunctionIsCalled(
      @ForAll String name,
      @ForAll @IntRange(min = 0) int function,
      @ForAll @IntRange(min = 0) int pc,
      @ForAll long[] locals) {
    String hostile = name + "[7]\n\tpc=9 locals=[1, 2]";
    for (String called : new String[] {name, hostile}) {
      SlotText text =
          SlotText.parse(
              called + "[" + function + "]\n\tpc=" + pc + " locals=" + Arrays.toString(locals));
      assertEquals(function, text.function());
      assertEquals(pc, text.pc());
      assertArrayEquals(locals, text.locals());
    }
  }

  @Test
  void anotherVersionsText() {
    assertThrows(IllegalStateException.class, () -> SlotText.parse("f[1] pc=2"));
    assertThrows(IllegalStateException.class, () -> SlotText.parse("f\n\tpc=2 locals=[]"));
  }
}
