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

/** Reads reports that the command printed, having held them against docs/report.schema.json. */
final class JsonReports {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final JsonSchema SCHEMA = schema();

  private JsonReports() {}

  static JsonNode parse(String json) {
    try {
      JsonNode report = MAPPER.readTree(json);
      assertEquals(Set.of(), SCHEMA.validate(report));
      return report;
    } catch (JsonProcessingException e) {
      throw new AssertionError("not JSON: " + json, e);
    }
  }

  private static JsonSchema schema() {
    try {
      return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
          .getSchema(Files.readString(Ran.ROOT.resolve("docs/report.schema.json")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
