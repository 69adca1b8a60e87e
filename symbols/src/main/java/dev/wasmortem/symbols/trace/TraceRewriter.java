package dev.wasmortem.symbols.trace;

import dev.wasmortem.bytes.FileOffset;
import dev.wasmortem.symbols.FrameLookup;
import dev.wasmortem.symbols.SourceFrame;
import dev.wasmortem.symbols.Symbolizer;
import dev.wasmortem.wasm.FunctionBody;
import dev.wasmortem.wasm.WasmModule;
import dev.wasmortem.wasm.code.BodyOffset;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Puts source lines into stack traces: after each line that holds a frame of the module come lines
 * with the function and the place, first those of inlined calls. All other text stays as it is, and
 * so do frames that cannot be of this module, because their function is elsewhere.
 */
public final class TraceRewriter {
  /** A longer line is passed on without a look at it. */
  private static final int LONGEST_LINE = 1 << 16;

  /** How many bytes are read at a time, at most. */
  private static final int BLOCK = 1 << 16;

  private final Symbolizer symbols;
  private final FrameLookup placed;

  /** How many frames were found, and what of. */
  public enum Found {
    /** At least one frame of the module. */
    SOMETHING,
    /** No frame of the module. */
    NOTHING
  }

  private TraceRewriter(Symbolizer symbols, FrameLookup placed) {
    this.symbols = symbols;
    this.placed = placed;
  }

  /** Returns a rewriter of traces of one module. */
  public static TraceRewriter of(Symbolizer symbols) {
    return of(symbols, symbols);
  }

  /**
   * Returns a rewriter of traces of one module.
   *
   * @param symbols who knows the module and the names of its functions
   * @param placed who answers for frames whose place is told, as an index of that module
   */
  public static TraceRewriter of(Symbolizer symbols, FrameLookup placed) {
    return new TraceRewriter(symbols, placed);
  }

  /** Returns whether a piece of text holds a line with a frame of some module. */
  public static boolean isTrace(String text) {
    return text.lines().anyMatch(line -> TraceFrame.find(line).isPresent());
  }

  /** Returns the functions that a frame is in, as {@link Symbolizer#sources} does. */
  public List<SourceFrame> sources(TraceFrame frame) {
    WasmModule module = symbols.module();
    if (frame.offset().isEmpty()) {
      int function = frame.function().orElse(-1);
      boolean known = function >= 0 && function < module.functionCount();
      return known ? symbols.sources(function, new BodyOffset(0)) : List.of();
    }
    FileOffset offset = frame.offset().get();
    Optional<FunctionBody> body = module.bodyAt(offset);
    boolean same =
        body.isPresent()
            && (frame.function().isEmpty()
                || frame.function().getAsInt() == body.get().functionIndex());
    return same ? placed.sources(module.codeOffset(offset)) : List.of();
  }

  /**
   * Copies text and adds what is known of its frames. What is there is written before more is
   * waited for.
   */
  public Found rewrite(InputStream in, OutputStream out) throws IOException {
    Found found = Found.NOTHING;
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    byte[] block = new byte[BLOCK];
    for (int read = in.read(block); read >= 0; read = in.read(block)) {
      for (int from = 0; from < read; ) {
        int most = Math.min(read, from + LONGEST_LINE - line.size());
        int to = endOfLine(block, from, most);
        line.write(block, from, to - from);
        from = to;
        if (block[to - 1] == '\n' || line.size() == LONGEST_LINE) {
          found = rewrite(line, out) == Found.SOMETHING ? Found.SOMETHING : found;
          line.reset();
        }
      }
      if (in.available() == 0) {
        out.flush();
      }
    }
    found = rewrite(line, out) == Found.SOMETHING ? Found.SOMETHING : found;
    out.flush();
    return found;
  }

  /**
   * Returns what is behind the first line end from {@code from} on, {@code to} if there is none.
   */
  private static int endOfLine(byte[] block, int from, int to) {
    int at = from;
    while (at < to && block[at] != '\n') {
      at++;
    }
    return Math.min(at + 1, to);
  }

  private Found rewrite(ByteArrayOutputStream line, OutputStream out) throws IOException {
    line.writeTo(out);
    // Bytes as characters: what is no text must not be changed, and what is looked for is ASCII.
    String text = line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    List<SourceFrame> sources = TraceFrame.find(text).map(this::sources).orElse(List.of());
    boolean told = sources.size() == 1 && isTold(sources.get(0), text);
    if (!sources.isEmpty() && !told) {
      StringBuilder added = new StringBuilder(text.length() == line.size() ? "\n" : "");
      for (SourceFrame source : sources) {
        added.append(text, 0, indent(text)).append("    ").append(source);
        added.append(source.inlined() ? " (inlined)\n" : "\n");
      }
      out.write(added.toString().getBytes(StandardCharsets.UTF_8));
    }
    return sources.isEmpty() ? Found.NOTHING : Found.SOMETHING;
  }

  /** Returns whether a line says of a frame all that is known. */
  private static boolean isTold(SourceFrame source, String line) {
    return source.position().isEmpty() && line.contains(source.name());
  }

  private static int indent(String line) {
    int at = 0;
    while (at < line.length() && (line.charAt(at) == ' ' || line.charAt(at) == '\t')) {
      at++;
    }
    return at;
  }
}
