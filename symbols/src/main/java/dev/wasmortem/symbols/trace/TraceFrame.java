package dev.wasmortem.symbols.trace;

import dev.wasmortem.bytes.FileOffset;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A frame of a stack trace, as engines print it:
 *
 * <pre>
 *     at die (wasm://wasm/0008dfca:wasm-function[11]:0x55c)      V8
 * die@http://host/app.wasm:wasm-function[11]:0x55c              SpiderMonkey
 * wasm-function[11]@[wasm code]                                 JavaScriptCore
 *     0:    0x55c - app!die                                     Wasmtime
 *     at die (app[11]:0x55c)                                    Wasmer
 * </pre>
 *
 * @param function the function's index, where it is told
 * @param offset the place in the module's file, where it is told
 */
public record TraceFrame(OptionalInt function, Optional<FileOffset> offset) {
  private static final Pattern INDEXED =
      Pattern.compile("\\[(\\d{1,9})\\]:0x(\\p{XDigit}{1,15})(?!\\p{XDigit})");
  private static final Pattern UNPLACED = Pattern.compile("wasm-function\\[(\\d{1,9})\\]@");
  private static final Pattern WASMTIME =
      Pattern.compile("^\\s*\\d{1,9}:\\s+0x(\\p{XDigit}{1,15}) - [^!]*!");

  /** Returns the frame that a line of text holds, if it holds one. */
  public static Optional<TraceFrame> find(String line) {
    if (line.indexOf("0x") < 0 && line.indexOf('[') < 0) {
      return Optional.empty();
    }
    Matcher indexed = INDEXED.matcher(line);
    if (indexed.find()) {
      return Optional.of(
          new TraceFrame(
              OptionalInt.of(Integer.parseInt(indexed.group(1))), offset(indexed.group(2))));
    }
    Matcher wasmtime = WASMTIME.matcher(line);
    if (wasmtime.find()) {
      return Optional.of(new TraceFrame(OptionalInt.empty(), offset(wasmtime.group(1))));
    }
    Matcher unplaced = UNPLACED.matcher(line);
    if (unplaced.find()) {
      return Optional.of(
          new TraceFrame(OptionalInt.of(Integer.parseInt(unplaced.group(1))), Optional.empty()));
    }
    return Optional.empty();
  }

  private static Optional<FileOffset> offset(String digits) {
    return Optional.of(new FileOffset(Long.parseLong(digits, 16)));
  }
}
