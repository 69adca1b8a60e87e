package dev.wasmortem.dwarf;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.bytes.FormatException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes, taken as sections: nothing may come through the door but answers and diagnostics. */
class DwarfFuzzTest {
  static List<byte[]> seeds() {
    List<byte[]> seeds = new ArrayList<>(Samples.all());
    seeds.add(new NamesBytes().build().toFile());
    return seeds;
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "10s")
  void everyAnswer(byte[] file) {
    DwarfSections sections;
    try {
      sections = DwarfBytes.ofFile(ByteSource.of("fuzz", file));
    } catch (FormatException e) {
      return; // the frame around the sections, which is this test's own
    }
    Samples.walk(Dwarf.of(sections, Diagnostic.Sink.IGNORE));
  }
}
