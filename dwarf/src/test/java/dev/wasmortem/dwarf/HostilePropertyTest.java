package dev.wasmortem.dwarf;

import dev.wasmortem.bytes.Diagnostic;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

class HostilePropertyTest {
  @Property(tries = 500)
  void anyBytes(
      @ForAll @Size(max = 200) byte[] info,
      @ForAll @Size(max = 50) byte[] abbreviations,
      @ForAll @Size(max = 100) byte[] line) {
    DwarfBytes any = new DwarfBytes();
    any.add(".debug_info", info).add(".debug_abbrev", abbreviations).add(".debug_line", line);
    Samples.walk(Dwarf.of(any.sections(), Diagnostic.Sink.IGNORE));
  }
}
