package dev.wasmortem.dwarf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.ByteWriter;
import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.bytes.FormatException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Directories and files of headers of every version, in every form. */
class LineHeaderTest {
  private static final int PATH = 1;
  private static final int DIRECTORY = 2;
  private static final int MD5 = 5;

  private static final ByteSource NONE = ByteSource.of("absent", new byte[0]);

  private static Strings strings(ByteSource strings, ByteSource lines, ByteSource offsets) {
    return new Strings(strings, lines, offsets, new Budget("test", 1 << 20));
  }

  private static List<String> files(LineBytes bytes) {
    return files(bytes, strings(NONE, NONE, NONE), "/proj");
  }

  private static List<String> files(LineBytes bytes, Strings strings, String directory) {
    LineProgram program = new LineProgram(bytes.header());
    LineHeader header = bytes.header();
    program.run();
    return new LineTable(
            program.rows(),
            header.files(),
            new LineTable.PathContext(directory, -1),
            strings,
            Diagnostic.Sink.IGNORE)
        .files();
  }

  private static ByteSource text(String... strings) {
    ByteWriter writer = new ByteWriter();
    for (String string : strings) {
      writer.bytes(string.getBytes(StandardCharsets.UTF_8)).u8(0);
    }
    return ByteSource.of("strings", writer.toByteArray());
  }

  private static LineBytes listed(LineBytes bytes) {
    return bytes
        .list("/usr/include")
        .list("src")
        .list(0)
        .list("a.c")
        .list(0, 0x80, 0x01, 0x05) // directory 0, time, size
        .list("stdio.h")
        .list(1, 0, 0)
        .list("b.c")
        .list(2, 0, 0)
        .list("/abs/c.c")
        .list(2, 0, 0)
        .list("lost.c")
        .list(9, 0, 0)
        .list(0);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4})
  void listsUpToVersion4(int version) {
    List<String> expected =
        List.of("/proj/a.c", "/usr/include/stdio.h", "/proj/src/b.c", "/abs/c.c", "/proj/lost.c");
    assertEquals(expected, files(listed(LineBytes.version(version))));
    assertEquals(expected, files(listed(LineBytes.version64(version))));
  }

  @Test
  void rowsNumberFilesFromOneUpToVersion4AndFromZeroInVersion5() {
    LineBytes four = LineBytes.version(4).oneFile();
    LineBytes five =
        LineBytes.version(5)
            .list(1, PATH, 0x08, 1)
            .list("/proj")
            .list(1, PATH, 0x08, 2)
            .list("a.c")
            .list("b.c");
    Strings strings = strings(NONE, NONE, NONE);
    assertNull(four.header().files().path(0, "/proj", strings, -1));
    assertEquals("/proj/a.c", four.header().files().path(1, "/proj", strings, -1));
    assertNull(four.header().files().path(2, "/proj", strings, -1));
    assertEquals("/proj/a.c", five.header().files().path(0, "/elsewhere", strings, -1));
    assertEquals("/proj/b.c", five.header().files().path(1, "/elsewhere", strings, -1));
    assertNull(five.header().files().path(2, "/elsewhere", strings, -1));
  }

  @Test
  void version5WithStringsInPlace() {
    LineBytes table =
        LineBytes.version(5)
            .list(1, PATH, 0x08, 3)
            .list("/proj")
            .list("src")
            .list("/usr/include")
            .list(2, PATH, 0x08, DIRECTORY, 0x0b, 5) // string, data1
            .list("a.c")
            .list(0)
            .list("b.c")
            .list(1)
            .list("stdio.h")
            .list(2)
            .list("/abs/c.c")
            .list(1)
            .list("lost.c")
            .list(9);
    assertEquals(
        List.of("/proj/a.c", "/proj/src/b.c", "/usr/include/stdio.h", "/abs/c.c", "/proj/lost.c"),
        files(table));
  }

  @Test
  void aRelativeUnitDirectoryOfVersion5StandsAlone() {
    LineBytes table =
        LineBytes.version(5)
            .list(1, PATH, 0x08, 2)
            .list("build")
            .list("src/")
            .list(2, PATH, 0x08, DIRECTORY, 0x0b, 2)
            .list("a.c")
            .list(0)
            .list("b.c")
            .list(1);
    assertEquals(
        List.of("build/a.c", "build/src/b.c"), files(table, strings(NONE, NONE, NONE), "build"));
  }

  @Test
  void version5WithLineStringsAndDigests() {
    Strings strings = strings(NONE, text("/proj", "a.c"), NONE);
    for (LineBytes start : List.of(LineBytes.version(5), LineBytes.version64(5))) {
      LineBytes table =
          start
              .list(1, PATH, 0x1f, 1)
              .listOffset(0)
              .list(3, PATH, 0x1f, DIRECTORY, 0x0f, MD5, 0x1e, 2) // line_strp, udata, data16
              .listOffset(6)
              .list(0x80, 0x00)
              .list(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 0xff)
              .listOffset(6)
              .list(0)
              .list(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1);
      assertEquals(List.of("/proj/a.c", "/proj/a.c"), files(table, strings, ""));
      assertEquals(
          Optional.of("000102030405060708090a0b0c0d0eff"), table.header().files().digest(0));
      assertEquals(
          Optional.of("01010101010101010101010101010101"), table.header().files().digest(1));
      assertEquals(Optional.empty(), table.header().files().digest(2));
    }
  }

  @Test
  void version5WithIndexedStrings() {
    ByteSource offsets =
        ByteSource.of(
            ".debug_str_offsets",
            new ByteWriter().i32le(12).i16le(5).i16le(0).i32le(6).i32le(0).toByteArray());
    Strings strings = strings(text("/proj", "a.c"), NONE, offsets);
    // strp for the directory, then strx, strx1, strx2, strx3 and strx4
    int[][] forms = {{0x1a, 1}, {0x25, 1}, {0x26, 2}, {0x27, 3}, {0x28, 4}};
    for (int[] form : forms) {
      LineBytes table =
          LineBytes.version(5)
              .list(1, PATH, 0x0e, 1)
              .listOffset(0)
              .list(1, PATH, form[0], 1)
              .list(new int[form[1]]); // index 0, at offset 6: a.c
      assertEquals(List.of("/proj/a.c"), files(table, strings, ""));
    }
  }

  @Test
  void contentsOfVendorsAreSkippedByTheirForms() {
    LineBytes table =
        LineBytes.version(5)
            .list(1, PATH, 0x08, 1)
            .list("/proj")
            // DW_LNCT_LLVM_source 0x2001 as string; timestamp as udata; size as block; 0x3fff data8
            .list(5, 0x81, 0x40, 0x08, 3, 0x0f, 4, 0x09, 0xff, 0x7f, 0x07, PATH, 0x08)
            .list(1)
            .list("int main;")
            .list(0x85, 0x01)
            .list(2, 0xaa, 0xbb)
            .list(1, 2, 3, 4, 5, 6, 7, 8)
            .list("a.c");
    assertEquals(List.of("/proj/a.c"), files(table));
  }

  @Test
  void filesThatTheProgramDefines() {
    LineBytes table =
        LineBytes.version(4)
            .list("src")
            .list(0)
            .list("a.c")
            .list(0, 0, 0, 0)
            .op(0, 8, 3, 'b', '.', 'c', 0, 1, 0, 0);
    LineHeader header = table.header();
    new LineProgram(header).run();
    Strings strings = strings(NONE, NONE, NONE);
    assertEquals(2, header.files().fileCount());
    assertEquals("/proj/a.c", header.files().path(1, "/proj", strings, -1));
    assertEquals("/proj/src/b.c", header.files().path(2, "/proj", strings, -1));
  }

  @Test
  void countsThatCannotFit() {
    // Entries of no fields, and so of no bytes: 2^35 of them in five.
    LineBytes nothing = LineBytes.version(5).list(0, 0xff, 0xff, 0xff, 0xff, 0x7f);
    assertThrows(FormatException.Malformed.class, nothing::header);
    // Entries of 16 bytes at least, one more than there are bytes for.
    LineBytes many = LineBytes.version(5).list(0, 0).list(1, MD5, 0x1e, 2).list(new int[31]);
    assertThrows(FormatException.Malformed.class, many::header);
    LineBytes implicit = LineBytes.version(5).list(1, PATH, 0x21, 0x7f);
    assertThrows(FormatException.Malformed.class, implicit::header);
    LineBytes unknown = LineBytes.version(5).list(1, PATH, 0x7e, 1, 0, 0, 0);
    assertThrows(FormatException.Unsupported.class, unknown::header);
  }

  @Test
  void listsEndWithTheirHeader() {
    byte[] bytes = LineBytes.version(4).list("a").op(0, 0, 0, 0).bytes();
    assertThrows(
        FormatException.Truncated.class,
        () ->
            LineHeader.read(
                ByteSource.of(".debug_line", bytes), 0, 4, new Budget("test", 1 << 20)));
  }

  @Test
  void lengthsThatRunOver() {
    byte[] bytes = LineBytes.version(4).oneFile().setAddress(1).op(1, 2, 4).end().bytes();
    byte[] longer = bytes.clone();
    longer[0] = (byte) (longer[0] + 9);
    // The unit is cut: it is read as far as it is there.
    LineProgram program =
        new LineProgram(
            LineHeader.read(
                ByteSource.of(".debug_line", longer), 0, 4, new Budget("test", 1 << 20)));
    program.run();
    assertEquals(1, program.rows().sequenceCount());
    byte[] headerLength = bytes.clone();
    headerLength[7] = 1;
    assertThrows(
        FormatException.Malformed.class,
        () ->
            LineHeader.read(
                ByteSource.of(".debug_line", headerLength), 0, 4, new Budget("test", 1 << 20)));
  }

  @Test
  void versionsThatDoNotExist() {
    for (int version : new int[] {0, 1, 6, 0xffff}) {
      LineBytes bytes = LineBytes.version(version).oneFile();
      assertThrows(FormatException.Unsupported.class, bytes::header);
    }
    byte[] reserved = {(byte) 0xf0, -1, -1, -1, 0, 0};
    assertThrows(
        FormatException.Unsupported.class,
        () ->
            LineHeader.read(
                ByteSource.of(".debug_line", reserved), 0, 4, new Budget("test", 1 << 20)));
  }

  @Test
  void pathsOfOtherSystems() {
    assertTrue(Paths.isAbsolute("C:\\a"));
    assertTrue(Paths.isAbsolute("c:/a"));
    assertTrue(Paths.isAbsolute("\\\\host\\share"));
    assertFalse(Paths.isAbsolute("C:a"));
    assertFalse(Paths.isAbsolute(""));
    assertEquals("a/b", Paths.join("a/", "//b"));
    assertEquals("a/b", Paths.join("a", "/b"));
    assertEquals("b", Paths.join("", "b"));
    assertEquals("./a", Paths.join(".", "a"));
  }
}
