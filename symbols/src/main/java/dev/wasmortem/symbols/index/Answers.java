package dev.wasmortem.symbols.index;

import dev.wasmortem.symbols.SourceFrame;
import dev.wasmortem.symbols.SourcePosition;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a symbolizer answered for one stretch of code after the other, in flat arrays, with names
 * and chains of calls kept once. A stretch that has the answer of the one before is none. Not
 * thread-safe.
 */
final class Answers {
  /** The number of no chain and of no file. */
  static final int NONE = -1;

  private final Numbering<FunctionNames> functions = new Numbering<>();
  private final Numbering<Link> chains = new Numbering<>();
  private final Numbering<String> files = new Numbering<>();

  private int[] starts = new int[64];
  private int[] chainOf = new int[64];
  private int[] fileOf = new int[64];
  private int[] lines = new int[64];
  private int[] columns = new int[64];
  private int[] discriminators = new int[64];
  private int count;

  /**
   * The chain that was added last, from its outermost function on, which the next likely shares.
   */
  private final int[] recent = new int[IndexHeader.DEPTH];

  private int recentDepth;

  /**
   * A function that is inlined into another, at a place.
   *
   * @param caller the number of that other's chain, or {@link #NONE}
   * @param function the number of its names
   * @param place where in the other it is called
   */
  record Link(int caller, int function, Optional<SourcePosition> place) {}

  /**
   * Adds an answer.
   *
   * @param start where the stretch begins: behind those before
   * @param frames at most {@link IndexHeader#DEPTH} of them
   */
  void add(int start, List<SourceFrame> frames) {
    int chain = NONE;
    boolean same = true;
    Optional<SourcePosition> place = Optional.empty();
    for (int depth = 0; depth < frames.size(); depth++) {
      SourceFrame frame = frames.get(frames.size() - 1 - depth);
      same = same && depth < recentDepth && is(recent[depth], frame, place);
      chain =
          same
              ? recent[depth]
              : chains.of(new Link(chain, functions.of(FunctionNames.of(frame)), place));
      recent[depth] = chain;
      place = frame.position();
    }
    recentDepth = frames.size();
    if (place.isEmpty()) {
      append(start, chain, NONE, 0, 0, 0);
    } else {
      SourcePosition at = place.get();
      int file = files.of(at.file());
      append(start, chain, file, at.line(), at.column(), at.discriminator());
    }
  }

  private boolean is(int chain, SourceFrame frame, Optional<SourcePosition> place) {
    Link link = chains.all().get(chain);
    return functions.all().get(link.function).areOf(frame) && link.place.equals(place);
  }

  /** Adds all answers of another, whose stretches are behind those here. */
  void addAll(Answers part) {
    int[] functionNumbers = numbers(part.functions, functions);
    int[] fileNumbers = numbers(part.files, files);
    int[] chainNumbers = new int[part.chains.all().size()];
    for (int i = 0; i < chainNumbers.length; i++) {
      Link link = part.chains.all().get(i);
      int caller = link.caller == NONE ? NONE : chainNumbers[link.caller];
      chainNumbers[i] = chains.of(new Link(caller, functionNumbers[link.function], link.place));
    }
    for (int i = 0; i < part.count; i++) {
      append(
          part.starts[i],
          part.chainOf[i] == NONE ? NONE : chainNumbers[part.chainOf[i]],
          part.fileOf[i] == NONE ? NONE : fileNumbers[part.fileOf[i]],
          part.lines[i],
          part.columns[i],
          part.discriminators[i]);
    }
  }

  private static <T> int[] numbers(Numbering<T> from, Numbering<T> to) {
    return from.all().stream().mapToInt(to::of).toArray();
  }

  private void append(int start, int chain, int file, int line, int column, int discriminator) {
    int last = count - 1;
    if (last >= 0
        && chainOf[last] == chain
        && fileOf[last] == file
        && lines[last] == line
        && columns[last] == column
        && discriminators[last] == discriminator) {
      return;
    }
    if (count == starts.length) {
      starts = Arrays.copyOf(starts, count * 2);
      chainOf = Arrays.copyOf(chainOf, count * 2);
      fileOf = Arrays.copyOf(fileOf, count * 2);
      lines = Arrays.copyOf(lines, count * 2);
      columns = Arrays.copyOf(columns, count * 2);
      discriminators = Arrays.copyOf(discriminators, count * 2);
    }
    starts[count] = start;
    chainOf[count] = chain;
    fileOf[count] = file;
    lines[count] = line;
    columns[count] = column;
    discriminators[count++] = discriminator;
  }

  /** Returns the names of functions by their numbers. */
  List<FunctionNames> functions() {
    return functions.all();
  }

  /** Returns the chains by their numbers; callers come first. */
  List<Link> chains() {
    return chains.all();
  }

  /** Returns the files by their numbers. */
  List<String> files() {
    return files.all();
  }

  /** Returns how many stretches there are. */
  int count() {
    return count;
  }

  /** Returns the code offset where a stretch begins, as a number without sign. */
  int start(int stretch) {
    return starts[stretch];
  }

  int chain(int stretch) {
    return chainOf[stretch];
  }

  int file(int stretch) {
    return fileOf[stretch];
  }

  int line(int stretch) {
    return lines[stretch];
  }

  int column(int stretch) {
    return columns[stretch];
  }

  int discriminator(int stretch) {
    return discriminators[stretch];
  }
}
