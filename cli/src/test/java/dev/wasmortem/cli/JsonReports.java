package dev.wasmortem.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Set;

/** Reads JSON that the command printed, having held it against its schema in docs. */
final class JsonReports {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final JsonSchema REPORT = schema("report.schema.json");
  private static final JsonSchema LINT = schema("lint.schema.json");
  private static final JsonSchema COPY = schema("copy.schema.json");
  private static final JsonSchema DIFF = schema("diff.schema.json");
  private static final JsonSchema DUMP = schema("dump.schema.json");
  private static final JsonSchema DISASSEMBLY = schema("disassembly.schema.json");
  private static final JsonSchema SPLIT = schema("split.schema.json");
  private static final JsonSchema SYMBOLIZE = schema("symbolize.schema.json");

  private JsonReports() {}

  static JsonNode parse(String json) {
    return parse(json, REPORT);
  }

  static JsonNode parseLint(String json) {
    return parse(json, LINT);
  }

  static JsonNode parseCopy(String json) {
    return parse(json, COPY);
  }

  static JsonNode parseDiff(String json) {
    return parse(json, DIFF);
  }

  static JsonNode parseDump(String json) {
    return parse(json, DUMP);
  }

  static JsonNode parseDisassembly(String json) {
    return parse(json, DISASSEMBLY);
  }

  static JsonNode parseSplit(String json) {
    return parse(json, SPLIT);
  }

  /** Reads one line of the output. */
  static JsonNode parseSymbolize(String json) {
    return parse(json, SYMBOLIZE);
  }

  private static JsonNode parse(String json, JsonSchema schema) {
    try {
      JsonNode parsed = MAPPER.readTree(json);
      assertEquals(Set.of(), schema.validate(parsed));
      return parsed;
    } catch (JsonProcessingException e) {
      throw new AssertionError("not JSON: " + json, e);
    }
  }

  private static JsonSchema schema(String name) {
    try {
      return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
          .getSchema(Files.readString(Ran.ROOT.resolve("docs").resolve(name)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
