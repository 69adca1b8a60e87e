package dev.wasmortem.bytes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ByteWriterTest {
  @Test
  void writesTheShortestForm() {
    assertArrayEquals(
        CursorTest.hex("00 7f 80 01 ff ff ff ff 0f ff ff ff ff ff ff ff ff ff 01"),
        new ByteWriter(0)
            .unsigned(0)
            .unsigned(127)
            .unsigned(128)
            .unsigned(0xffffffffL)
            .unsigned(-1)
            .toByteArray());
    assertArrayEquals(
        CursorTest.hex("3f c0 00 40 bf 7f 80 7f ff 00"),
        new ByteWriter()
            .signed(63)
            .signed(64)
            .signed(-64)
            .signed(-65)
            .signed(-128)
            .signed(127)
            .toByteArray());
    assertArrayEquals(
        CursorTest.hex("02 68 69 34 12 78 56 34 12 01 00 00 00 00 00 00 80"),
        new ByteWriter()
            .name("hi")
            .i16le(0x1234)
            .i32le(0x12345678)
            .i64le(0x8000000000000001L)
            .toByteArray());
  }

  @Test
  void writesSizedParts() throws IOException {
    ByteWriter inner = new ByteWriter().u8(1).u8(2);
    ByteWriter outer = new ByteWriter().u8(9).sized(inner);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    outer.writeTo(Channels.newChannel(out));
    assertArrayEquals(new byte[] {9, 2, 1, 2}, out.toByteArray());
    assertEquals(0, outer.clear().size());
  }

  @Property
  void readingUndoesWriting(@ForAll long value) {
    byte[] signed = new ByteWriter().signed(value).toByteArray();
    assertEquals(value, ByteSource.of("t", signed).cursor().s64());
    assertEquals(value, ByteSource.of("t", signed).cursor().sleb128());
    assertEquals(signed.length, ByteWriter.signedSize(value));
    byte[] unsigned = new ByteWriter().unsigned(value).toByteArray();
    assertEquals(value, ByteSource.of("t", unsigned).cursor().u64());
    assertEquals(value, ByteSource.of("t", unsigned).cursor().uleb128());
    assertEquals(unsigned.length, ByteWriter.unsignedSize(value));
  }

  @Property
  void readingUndoesWritingInt(@ForAll int value) {
    byte[] signed = new ByteWriter().signed(value).toByteArray();
    assertEquals(value, ByteSource.of("t", signed).cursor().s32());
    assertEquals(value, ByteSource.of("t", signed).cursor().s33());
    byte[] unsigned = new ByteWriter().unsigned(value & 0xffffffffL).toByteArray();
    assertEquals(value & 0xffffffffL, ByteSource.of("t", unsigned).cursor().u32());
  }
}
