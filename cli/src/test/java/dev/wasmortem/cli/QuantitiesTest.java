package dev.wasmortem.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class QuantitiesTest {
  @ParameterizedTest
  @CsvSource({"500ms, 500", "10s, 10000", "1.5s, 1500", "2m, 120000", "3, 3000"})
  void readsTimes(String text, long milliseconds) {
    assertEquals(Duration.ofMillis(milliseconds), Quantities.duration(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "s", "-1s", "0", "1h", "1e30s", "NaN"})
  void refusesWhatIsNoTime(String text) {
    assertThrows(TypeConversionException.class, () -> Quantities.duration(text));
  }

  @ParameterizedTest
  @CsvSource({"65536, 65536", "512k, 524288", "64M, 67108864", "1g, 1073741824"})
  void readsSizes(String text, long bytes) {
    assertEquals(bytes, Quantities.stackSize(text));
  }

  @ParameterizedTest
  @CsvSource({"0, 0 frames", "1, 1 frame", "2, 2 frames", "1000, '1,000 frames'"})
  void countsThings(long count, String text) {
    assertEquals(text, Quantities.counted(count, "frame"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "k", "1k", "17g", "-1m", "9999999999999g"})
  void refusesWhatIsNoStackSize(String text) {
    assertThrows(TypeConversionException.class, () -> Quantities.stackSize(text));
  }
}
