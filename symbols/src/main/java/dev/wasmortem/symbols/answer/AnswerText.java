package dev.wasmortem.symbols.answer;

import dev.wasmortem.bytes.ByteWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;

/** Text that answers are written into, as bytes of UTF-8. */
final class AnswerText {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private final ByteWriter bytes = new ByteWriter(1 << 12);
  private final byte[] digits = new byte[20];

  AnswerText ascii(char character) {
    bytes.u8(character);
    return this;
  }

  void raw(byte part) {
    bytes.u8(part);
  }

  byte[] toByteArray() {
    return bytes.toByteArray();
  }

  AnswerText utf8(byte[] text) {
    bytes.bytes(text);
    return this;
  }

  AnswerText utf8(String text) {
    return utf8(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Appends a number of 0 or more. */
  AnswerText decimal(long number) {
    int at = digits.length;
    long rest = number;
    do {
      digits[--at] = (byte) ('0' + rest % 10);
      rest /= 10;
    } while (rest > 0);
    bytes.bytes(digits, at, digits.length - at);
    return this;
  }

  /** Appends {@code 0x} and a number in hexadecimal, without a sign. */
  AnswerText hex(long number) {
    int at = digits.length;
    long rest = number;
    do {
      digits[--at] = HEX[(int) rest & 15];
      rest >>>= 4;
    } while (rest != 0);
    ascii('0').ascii('x');
    bytes.bytes(digits, at, digits.length - at);
    return this;
  }

  void writeTo(OutputStream out) throws IOException {
    bytes.writeTo(Channels.newChannel(out));
    bytes.clear();
  }
}
