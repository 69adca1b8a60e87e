package dev.wasmortem.symbols.index;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.bytes.Location;
import dev.wasmortem.symbols.SourceFrame;
import dev.wasmortem.symbols.Symbolizer;
import dev.wasmortem.wasm.code.CodeOffset;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Makes symbol indexes. It knows nothing of where lines come from: it asks a {@link Symbolizer}
 * once for each stretch of code that has one answer, several threads at a time, and keeps each
 * answer once. What it makes does not depend on the number of threads.
 */
public final class IndexBuilder {
  /** How many stretches of code a module may have. */
  private static final int MOST_EDGES = 1 << 26;

  /** How many of them one thread asks for at a time. */
  private static final int PART = 1 << 14;

  /** How many frames stretches have on average at most, so that deep nests do not multiply work. */
  private static final int FRAMES_EACH = 64;

  /** How many characters their names have, for the same reason. */
  private static final int CHARACTERS_EACH = 1 << 18;

  private static final long LAST_OFFSET = 0xffff_ffffL;

  private final Symbolizer symbols;
  private final int threads;

  /** The offsets at which answers change: as many as {@link #count} says. */
  private long[] edges = new long[1024];

  private int count;

  private IndexBuilder(Symbolizer symbols, int threads) {
    this.symbols = symbols;
    this.threads = threads;
  }

  /**
   * Returns an index of all that {@code symbols} knows; in its strings a surrogate without the
   * other half of its pair becomes a question mark.
   *
   * @param module the fingerprint of the files that {@code symbols} knows it from
   * @param name what the index is called in errors
   * @param threads how many units of debug information are read at a time
   * @throws FormatException.LimitExceeded if there is more of anything than an index holds
   */
  public static ByteSource build(Symbolizer symbols, Fingerprint module, String name, int threads) {
    return IndexWriter.write(new IndexBuilder(symbols, threads).answers(), module, name);
  }

  private Answers answers() {
    symbols.readAll(threads);
    symbols.edges(this::add);
    sort();
    Answers all = new Answers();
    IntStream.range(0, (count + PART - 1) / PART)
        .parallel()
        .mapToObj(part -> answers(part * PART, Math.min(count, (part + 1) * PART)))
        .forEachOrdered(all::addAll);
    return all;
  }

  private void add(CodeOffset edge) {
    if (edge.value() < 0 || edge.value() > LAST_OFFSET) {
      return;
    }
    if (count == edges.length) {
      if (count >= MOST_EDGES) {
        throw new FormatException.LimitExceeded(
            "more than " + MOST_EDGES + " stretches of code", here());
      }
      edges = Arrays.copyOf(edges, count * 2);
    }
    edges[count++] = edge.value();
  }

  /** Sorts the edges and drops all but one of those that are the same. */
  private void sort() {
    Arrays.sort(edges, 0, count);
    int kept = 0;
    for (int i = 0; i < count; i++) {
      if (kept == 0 || edges[i] != edges[kept - 1]) {
        edges[kept++] = edges[i];
      }
    }
    count = kept;
  }

  private Answers answers(int from, int to) {
    Answers answers = new Answers();
    long left = (long) PART * FRAMES_EACH;
    long characters = (long) PART * CHARACTERS_EACH;
    for (int i = from; i < to; i++) {
      List<SourceFrame> frames = symbols.sources(new CodeOffset(edges[i]));
      left -= frames.size();
      if (left < 0) {
        throw new FormatException.LimitExceeded(
            "more than " + FRAMES_EACH + " inlined calls on average", here());
      }
      characters -= frames.stream().mapToLong(IndexBuilder::characters).sum();
      if (characters < 0) {
        throw new FormatException.LimitExceeded(
            "names of more than " + CHARACTERS_EACH + " characters on average", here());
      }
      if (frames.size() > IndexHeader.DEPTH) {
        throw new FormatException.LimitExceeded(
            "calls inlined more than " + IndexHeader.DEPTH + " deep", here());
      }
      answers.add((int) edges[i], frames);
    }
    return answers;
  }

  private static long characters(SourceFrame frame) {
    return (long) frame.name().length()
        + frame.shortName().map(String::length).orElse(0)
        + frame.linkageName().map(String::length).orElse(0);
  }

  private Location here() {
    return symbols.module().source().at(0, "symbol-index");
  }
}
