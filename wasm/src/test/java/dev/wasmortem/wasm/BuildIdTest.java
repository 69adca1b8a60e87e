package dev.wasmortem.wasm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.ByteWriter;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BuildIdTest {
  private static Optional<String> of(String payload) {
    ByteWriter section = new ByteWriter().name("build_id").bytes(HexFormat.of().parseHex(payload));
    byte[] module = new ByteWriter().i32le(0x6d736100).i32le(1).u8(0).sized(section).toByteArray();
    return BuildId.of(WasmModule.read(ByteSource.of("t", module))).map(BuildId::hex);
  }

  @Test
  void bytesMayHaveTheirLengthBeforeThem() {
    assertEquals(Optional.of("0badcafe"), of("040badcafe"));
    assertEquals(Optional.of("0badcafe"), of("0badcafe"));
    assertEquals(Optional.of("ff"), of("ff"));
  }

  @Test
  void nothingAndTooMuchAreNoBuildId() {
    assertEquals(Optional.empty(), of(""));
    assertEquals(Optional.empty(), of("00"));
    assertEquals(Optional.empty(), of("41" + "ab".repeat(65)));
    assertEquals(Optional.empty(), of("ab".repeat(200)));
    byte[] none = new ByteWriter().i32le(0x6d736100).i32le(1).toByteArray();
    assertEquals(Optional.empty(), BuildId.of(WasmModule.read(ByteSource.of("t", none))));
  }
}
