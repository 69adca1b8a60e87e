package dev.wasmortem.bytes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
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

  @Test
  void padsToTheWidthAskedFor() {
    assertArrayEquals(
        CursorTest.hex("85 80 80 80 00 05 80 01 ac 82 00"),
        new ByteWriter()
            .unsigned(5, 5)
            .unsigned(5, 1)
            .unsigned(128, 1)
            .unsigned(300, 3)
            .toByteArray());
    assertArrayEquals(
        CursorTest.hex("85 80 80 80 00 fb ff 7f 40 bf 7f c0 80 00"),
        new ByteWriter()
            .signed(5, 5)
            .signed(-5, 3)
            .signed(-64, 1)
            .signed(-65, 1)
            .signed(64, 3)
            .toByteArray());
  }

  @Test
  void sourcesAreWritten() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteSource source = ByteSource.of("t", new byte[] {1, 2, 3, 4}).slice(1, 2);
    source.writeTo(Channels.newChannel(out));
    assertArrayEquals(new byte[] {2, 3}, out.toByteArray());
    assertArrayEquals(new byte[] {9, 2, 3}, new ByteWriter().u8(9).bytes(source).toByteArray());
  }

  @Property
  void readingUndoesPaddedWriting(
      @ForAll int value, @ForAll @IntRange(min = 1, max = 5) int width) {
    byte[] signed = new ByteWriter().signed(value, width).toByteArray();
    assertEquals(value, ByteSource.of("t", signed).cursor().s32());
    assertEquals(Math.max(width, ByteWriter.signedSize(value)), signed.length);
    byte[] unsigned = new ByteWriter().unsigned(value & 0xffffffffL, width).toByteArray();
    assertEquals(value & 0xffffffffL, ByteSource.of("t", unsigned).cursor().u32());
    assertEquals(Math.max(width, ByteWriter.unsignedSize(value & 0xffffffffL)), unsigned.length);
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
