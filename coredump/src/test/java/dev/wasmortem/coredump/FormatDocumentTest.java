package dev.wasmortem.coredump;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.coredump.extension.SegmentsSection;
import dev.wasmortem.testkit.DumpBytes;
import dev.wasmortem.testkit.WasmBytes;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/FORMAT.md shows what is written. */
final class FormatDocumentTest {
  private static final Path DOCUMENT =
      Path.of(System.getProperty("wasmortem.root", ".."), "docs", "FORMAT.md");

  /** Returns the bytes of the dumps in hexadecimal whose offsets have so many digits. */
  private static List<WasmBytes> examples(int digits) throws IOException {
    Matcher lines =
        Pattern.compile(
                "^([0-9a-f]{" + digits + "})  ((?:[0-9a-f]{2} ?)+)(?: *\\||$)", Pattern.MULTILINE)
            .matcher(Files.readString(DOCUMENT));
    List<WasmBytes> examples = new ArrayList<>();
    while (lines.find()) {
      int offset = Integer.parseInt(lines.group(1), 16);
      if (offset == 0) {
        examples.add(WasmBytes.empty());
      }
      WasmBytes example = examples.get(examples.size() - 1);
      assertEquals(example.size(), offset);
      example.add(WasmBytes.hex(lines.group(2)));
    }
    return examples;
  }

  @Test
  void theExampleIsTheDumpThatTheTestsUse() throws IOException {
    List<WasmBytes> examples = examples(3);
    assertEquals(1, examples.size());
    assertArrayEquals(EverySection.bytes().toByteArray(), examples.get(0).toByteArray());
  }

  @Test
  void theIndexOfItsSegmentsIsWhatWeWrite() throws IOException {
    byte[] shown = examples(2).get(0).toByteArray();
    SegmentsSection.Encoder encoder = new SegmentsSection.Encoder();
    encoder.add(0, 16, 6, 11);
    encoder.add(1, 0, 23, 6);
    encoder.add(2, 65530, 37, 11);
    assertArrayEquals(encoder.finish(48).toByteArray(), shown);
    List<String> read = new ArrayList<>();
    SegmentsSection.read(
        ByteSource.of("segments", shown).cursor(1),
        48,
        3,
        (memory, address, offset, length) ->
            read.add(memory + ":" + address + "+" + length + "@" + offset));
    assertEquals(List.of("0:16+11@6", "1:0+6@23", "2:65530+11@37"), read);
  }

  @Test
  void theSectionOfMoreDataIsWhatWeRead() throws IOException {
    byte[] dump =
        WasmBytes.module()
            .add(DumpBytes.core("more"))
            .memories(WasmBytes.memory(1))
            .data(WasmBytes.segment(0, new byte[] {1}))
            .custom("wasmortem.data", examples(2).get(1))
            .toByteArray();
    byte[] read = new byte[17];
    Dumps.read(dump).memories().get(0).read(new MemoryAddress(0), read, 0, 17);
    assertEquals(1, read[0]);
    assertEquals(42, read[16]);
  }

  @Test
  void everySectionAndNoteIsListed() throws IOException, IllegalAccessException {
    String text = Files.readString(DOCUMENT);
    for (String section : EverySection.sections()) {
      assertTrue(text.contains("\n### `wasmortem." + section + "`\n"), section);
      assertTrue(text.contains("\n| `wasmortem." + section + "` | "), section);
    }
    for (Field constant : Note.class.getFields()) {
      assertTrue(text.contains("\n| `" + constant.get(null) + "` | "), constant::getName);
    }
  }

  /** A code that is no constant of {@link Note} would not be found by the test above. */
  @Test
  void everyNoteIsMadeWithAListedCode() throws IOException {
    Path root = Path.of(System.getProperty("wasmortem.root", ".."));
    Pattern made = Pattern.compile("new Note\\(\\s*([^,\\s]+),");
    Pattern listed = Pattern.compile("(Note\\.)?[A-Z_]+");
    int notes = 0;
    for (String room : List.of("coredump", "capture", "capture-endive")) {
      try (Stream<Path> sources = Files.walk(root.resolve(room).resolve("src/main/java"))) {
        for (Path source : sources.filter(file -> file.toString().endsWith(".java")).toList()) {
          String text = Files.readString(source);
          Matcher note = made.matcher(text);
          while (note.find()) {
            notes++;
            String code = note.group(1);
            boolean own = text.contains("String " + code + " = ");
            boolean copied = code.equals("code") || code.contains("note.code()");
            assertTrue(copied || (listed.matcher(code).matches() && !own), source + ": " + code);
          }
        }
      }
    }
    assertTrue(notes > 5, "they are found");
  }

  @Test
  void everyKindOfTrapIsListed() throws IOException {
    String text = Files.readString(DOCUMENT);
    for (TrapKind kind : TrapKind.values()) {
      assertTrue(text.contains("| `" + kind.id() + "` | "), kind::id);
    }
  }
}
