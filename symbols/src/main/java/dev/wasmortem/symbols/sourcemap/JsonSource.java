package dev.wasmortem.symbols.sourcemap;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.bytes.Printable;
import java.io.IOException;
import java.io.InputStream;

/** JSON in UTF-8 that is parsed from any offset on, and errors that say where. */
final class JsonSource {
  /** The deepest nesting of what is passed over; costs no stack. */
  private static final int MAX_NESTING = 1000;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.CHARSET_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_NESTING)
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private JsonSource() {}

  /** Returns a parser whose byte offsets count from {@code start}. */
  static JsonParser parser(ByteSource json, long start) throws IOException {
    return FACTORY.createParser(new Bytes(json, start));
  }

  /** Returns what an exception of a parser says, as one of ours. */
  static FormatException error(ByteSource json, long start, IOException cause) {
    return cause instanceof JsonProcessingException problem
        ? error(json, start, problem)
        : new FormatException.Malformed("no JSON in UTF-8", json.at(start, "json"));
  }

  private static FormatException error(ByteSource json, long start, JsonProcessingException cause) {
    if (cause instanceof JsonEOFException) {
      return new FormatException.Truncated("the JSON ends early", json.at(json.size(), "json"));
    }
    long offset = cause.getLocation() == null ? -1 : cause.getLocation().getByteOffset();
    long at = Math.max(start, Math.min(json.size(), start + offset));
    String problem = firstLine(String.valueOf(cause.getOriginalMessage()));
    return cause instanceof StreamConstraintsException
        ? new FormatException.LimitExceeded(problem, json.at(at, "json"))
        : new FormatException.Malformed("no JSON: " + problem, json.at(at, "json"));
  }

  private static String firstLine(String message) {
    int end = message.indexOf('\n');
    String line = end < 0 ? message : message.substring(0, end);
    return Printable.escape(line.length() > 200 ? line.substring(0, 200) : line);
  }

  /** A source's bytes from an offset on. */
  private static final class Bytes extends InputStream {
    private final ByteSource source;
    private long position;

    Bytes(ByteSource source, long position) {
      this.source = source;
      this.position = position;
    }

    @Override
    public int read() {
      return position < source.size() ? source.u8(position++) : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      if (length > 0 && position >= source.size()) {
        return -1;
      }
      int count = (int) Math.min(length, source.size() - position);
      source.copyTo(position, target, offset, count);
      position += count;
      return count;
    }
  }
}
