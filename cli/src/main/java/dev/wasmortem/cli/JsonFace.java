package dev.wasmortem.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.wasmortem.debug.Report;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * Prints the records of room debug as JSON: a record is an object, a null component an absent
 * field.
 */
final class JsonFace {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder(SafeCharacters.factory())
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
          .addMixIn(Report.Frame.class, FrameFields.class)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(SerializationFeature.WRITE_ENUMS_USING_TO_STRING)
          .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
          .build();

  private JsonFace() {}

  /** An offset that is unknown is told apart from one that was left out. */
  interface FrameFields {
    @JsonInclude(JsonInclude.Include.ALWAYS)
    @Nullable Long codeOffset();
  }

  static void print(Object report, PrintStream out) {
    try {
      MAPPER.writeValue(out, report);
      out.println();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
