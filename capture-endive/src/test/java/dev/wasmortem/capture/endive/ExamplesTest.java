package dev.wasmortem.capture.endive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wasmortem.capture.CaptureListener;
import dev.wasmortem.capture.CaptureOptions;
import dev.wasmortem.capture.CapturedDump;
import dev.wasmortem.capture.CorePattern;
import dev.wasmortem.capture.DumpSink;
import dev.wasmortem.coredump.TrapKind;
import dev.wasmortem.coredump.WriterOptions.ModuleBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import run.endive.runtime.ImportValues;
import run.endive.runtime.Instance;

/** The examples of the package descriptions, between two comments each. */
class ExamplesTest {
  private static final String BEGINS = "    // example begins: ";
  private static final String ENDS = "    // example ends";
  private static final String DESCRIPTION = "package-info.java";

  private static final Map<String, Path> DESCRIPTIONS =
      Map.of(
          "capture",
          Path.of("../capture/src/main/java/dev/wasmortem/capture", DESCRIPTION),
          "capture-endive",
          Path.of("src/main/java/dev/wasmortem/capture/endive", DESCRIPTION));

  @TempDir Path folder;

  @Test
  void aProgramThatGoesOn() throws Exception {
    EndiveCapture capture =
        EndiveCapture.create(CaptureOptions.toFiles(folder.resolve("%u.core").toString()));
    ImportValues imports = ImportValues.empty();
    Instance instance =
        capture.builder(Session.fixture("requests/requests")).withImportValues(imports).build();
    instance.exports();
    // example begins: capture-endive
    Thread guest = capture.newThread(() -> instance.export("spin").apply(), "guest", 0);
    guest.start();
    CapturedDump dump = capture.requestDump(instance, "what is it doing").join();
    // example ends
    instance.memory().writeI32(0, 1);
    guest.join();
    assertEquals(TrapKind.REQUESTED, dump.crash().trap().kind());
  }

  @Test
  void options() {
    // example begins: capture
    CaptureOptions options =
        CaptureOptions.builder()
            .sink(DumpSink.files(CorePattern.parse("/var/crash/%e.%p.%u.core")))
            .maxBytes(64L << 20)
            .moduleBytes(ModuleBytes.EXTENSION)
            .listener(CaptureListener.onCaptured(dump -> System.err.println(dump.file())))
            .build();
    // example ends
    assertEquals(64L << 20, options.maxBytes());
  }

  @Test
  void theyAreInTheDescriptions() throws IOException {
    Path here = Path.of("src/test/java/dev/wasmortem/capture/endive/ExamplesTest.java");
    String room = "";
    StringBuilder example = new StringBuilder();
    int count = 0;
    for (String line : Files.readAllLines(here)) {
      if (line.startsWith(BEGINS)) {
        room = line.substring(BEGINS.length());
      } else if (line.equals(ENDS)) {
        String description = Files.readString(DESCRIPTIONS.get(room));
        String expected = example.toString().replace("\"spin\"", "\"_start\"");
        assertTrue(description.contains(expected), expected);
        example.setLength(0);
        room = "";
        count++;
      } else if (!room.isEmpty()) {
        example.append(line.replaceFirst(" {4}", " * ")).append('\n');
      }
    }
    assertEquals(2, count);
  }
}
