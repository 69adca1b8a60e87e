package dev.wasmortem.dwarf;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.bytes.FormatException;
import java.util.List;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes, taken as sections: types and variables are answers, whatever they hold. */
class MeaningFuzzTest {
  static List<byte[]> seeds() {
    return List.of(MeaningSamples.sample());
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "10s")
  void typesAndVariables(byte[] file) {
    DwarfSections sections;
    try {
      sections = DwarfBytes.ofFile(ByteSource.of("fuzz", file));
    } catch (FormatException e) {
      return; // the frame around the sections, which is this test's own
    }
    MeaningSamples.walk(Dwarf.of(sections, Diagnostic.Sink.IGNORE), Diagnostic.Sink.IGNORE);
  }
}
