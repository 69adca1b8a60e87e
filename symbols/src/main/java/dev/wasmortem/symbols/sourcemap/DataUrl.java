package dev.wasmortem.symbols.sourcemap;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.FormatException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/** A {@code data:} URL (RFC 2397), which holds what others lead to. */
public final class DataUrl {
  private static final String SCHEME = "data:";
  private static final String BASE64 = ";base64";

  /** The longest media type with its parameters, in bytes. */
  private static final int MAX_TYPE = 1024;

  private DataUrl() {}

  /** Returns whether a URL is one, well-formed or not. */
  public static boolean isOne(ByteSource url) {
    byte[] head = new byte[(int) Math.min(url.size(), SCHEME.length())];
    url.copyTo(0, head, 0, head.length);
    return SCHEME.equalsIgnoreCase(new String(head, StandardCharsets.ISO_8859_1));
  }

  /**
   * Returns the bytes that a URL holds, decoded; empty if it is no {@code data:} URL. Their offsets
   * count from the first of them.
   *
   * @throws FormatException if they cannot be decoded, or the URL is longer than {@link
   *     SourceMap#MAX_BYTES}
   */
  public static Optional<ByteSource> decode(ByteSource url) {
    if (!isOne(url)) {
      return Optional.empty();
    }
    byte[] head = new byte[(int) Math.min(url.size(), SCHEME.length() + MAX_TYPE)];
    url.copyTo(0, head, 0, head.length);
    String text = new String(head, StandardCharsets.ISO_8859_1);
    int comma = text.indexOf(',');
    if (comma < 0) {
      throw new FormatException.Malformed("no comma in a data URL", url.at(0, "data"));
    }
    if (url.size() > SourceMap.MAX_BYTES) {
      throw new FormatException.LimitExceeded(
          "a URL of " + url.size() + " bytes; the limit is " + SourceMap.MAX_BYTES,
          url.at(0, "data"));
    }
    byte[] data = unescaped(url, comma + 1);
    boolean isBase64 = text.substring(0, comma).toLowerCase(Locale.ROOT).endsWith(BASE64);
    String name = url.name() + " (data URL)";
    return Optional.of(ByteSource.of(name, isBase64 ? decoded(url, comma + 1, data) : data));
  }

  private static byte[] decoded(ByteSource url, long start, byte[] base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new FormatException.Malformed("a data URL that is no Base64", url.at(start, "data"));
    }
  }

  private static byte[] unescaped(ByteSource url, int start) {
    byte[] data = new byte[(int) url.size() - start];
    url.copyTo(start, data, 0, data.length);
    int first = 0;
    while (first < data.length && data[first] != '%') {
      first++;
    }
    if (first == data.length) {
      return data;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(Arrays.copyOf(data, first));
    for (int i = first; i < data.length; i++) {
      int high = i + 2 < data.length ? Character.digit(data[i + 1], 16) : -1;
      int low = i + 2 < data.length ? Character.digit(data[i + 2], 16) : -1;
      if (data[i] == '%' && high >= 0 && low >= 0) {
        out.write(high << 4 | low);
        i += 2;
      } else {
        out.write(data[i]);
      }
    }
    return out.toByteArray();
  }
}
