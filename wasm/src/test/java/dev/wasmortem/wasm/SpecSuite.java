package dev.wasmortem.wasm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.testkit.Shared;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The official test suite, read straight from its zips. */
final class SpecSuite {
  private static final List<String> ZIPS = List.of("spec-json.zip", "spec-json-2.zip");
  private static final ObjectMapper JSON = new ObjectMapper();

  private SpecSuite() {}

  /** A binary module of the suite, and what is said of it. */
  record Binary(String script, String file, String text, ByteSource source) {
    /** Returns what an exceptions list calls it: the script and what it is a test of. */
    String topic() {
      return script + ": " + text;
    }

    @Override
    public String toString() {
      return file + " (" + text + ")";
    }
  }

  /** Gives the binaries of commands of some types to {@code test}; returns how many there were. */
  static int forEach(Set<String> commandTypes, Consumer<Binary> test) {
    int count = 0;
    for (String zip : ZIPS) {
      try (ZipFile file = new ZipFile(Shared.specSuite(zip).toFile())) {
        for (ZipEntry entry : Collections.list(file.entries())) {
          if (entry.getName().endsWith(".json")) {
            count += script(file, entry, commandTypes, test);
          }
        }
      } catch (IOException e) {
        throw new AssertionError(zip, e);
      }
    }
    return count;
  }

  private static int script(
      ZipFile zip, ZipEntry script, Set<String> commandTypes, Consumer<Binary> test)
      throws IOException {
    String folder = script.getName().substring(0, script.getName().lastIndexOf('/') + 1);
    String name = script.getName().substring(folder.length()).replace(".json", "");
    int count = 0;
    JsonNode commands = JSON.readTree(bytes(zip, script)).get("commands");
    for (JsonNode command : commands) {
      String file = command.path("filename").asText("");
      if (!commandTypes.contains(command.get("type").asText()) || !file.endsWith(".wasm")) {
        continue;
      }
      ZipEntry module = zip.getEntry(folder + file);
      if (module == null) {
        throw new AssertionError(file + " is missing in " + zip.getName());
      }
      ByteSource source = ByteSource.of(file, bytes(zip, module));
      test.accept(new Binary(name, file, command.path("text").asText(""), source));
      count++;
    }
    return count;
  }

  private static byte[] bytes(ZipFile zip, ZipEntry entry) throws IOException {
    try (InputStream in = zip.getInputStream(entry)) {
      return in.readAllBytes();
    }
  }
}
