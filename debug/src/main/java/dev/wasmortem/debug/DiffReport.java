package dev.wasmortem.debug;

import dev.wasmortem.coredump.Frame;
import dev.wasmortem.coredump.MemoryState;
import dev.wasmortem.coredump.diff.DiffResult;
import dev.wasmortem.coredump.diff.Difference;
import dev.wasmortem.coredump.diff.DumpDiff;
import dev.wasmortem.coredump.diff.MemoryDifference;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What differs between two dumps, as plain records; {@code docs/diff.schema.json} is the schema.
 * Text from files stands here verbatim.
 *
 * @param schema {@link #SCHEMA}
 * @param left the first dump's path as given
 * @param right the second dump's path as given
 * @param same whether nothing differs
 * @param differences all but the bytes of memories
 * @param more how many there are beyond those listed, null if none
 * @param memories the memories whose bytes or states differ
 */
public record DiffReport(
    String schema,
    String left,
    String right,
    boolean same,
    List<Item> differences,
    @Nullable Long more,
    List<Memory> memories) {
  /** The model's name and version. */
  public static final String SCHEMA = "wasmortem-diff-1";

  /** How many frames of a difference are listed. */
  public static final int FRAMES = 20;

  /**
   * Something that is not the same.
   *
   * @param part what kind of thing, as {@code frames}
   * @param path which, as {@code threads[0].frames[3].locals[1]}
   * @param left what it is in the first dump, null if it is not there
   * @param right what it is in the second dump, null if it is not there
   * @param leftFrames the frame of the first dump that it is in; of stacks that differ in depth the
   *     youngest frames, which the second dump has not, at most {@link #FRAMES} of them; null where
   *     it is in no frame, or no module tells a name
   * @param rightFrames likewise the second dump's
   * @param moreFrames how many there are beyond those listed, null if none
   */
  public record Item(
      String part,
      String path,
      @Nullable String left,
      @Nullable String right,
      @Nullable List<NamedFrame> leftFrames,
      @Nullable List<NamedFrame> rightFrames,
      @Nullable Integer moreFrames) {}

  /**
   * A memory.
   *
   * @param index its index
   * @param bytes how many bytes differ
   * @param stateBytes of how many bytes the states differ
   * @param ranges where
   * @param more how many ranges there are beyond those listed, null if none
   */
  public record Memory(
      int index, long bytes, long stateBytes, List<Range> ranges, @Nullable Long more) {}

  /**
   * A range of a memory.
   *
   * @param kind {@code bytes} or {@code states}
   * @param start the first byte's address
   * @param length in bytes
   * @param bytes how many of them differ
   * @param left the state in the first dump, as {@code not-captured}
   * @param right the state in the second dump
   */
  public record Range(
      String kind, String start, long length, long bytes, String left, String right) {}

  /** Compares two dumps; the modules of each tell the names of its functions. */
  public static DiffReport of(PostMortem left, PostMortem right) {
    DiffResult result = DumpDiff.of(left.dump(), right.dump());
    return new DiffReport(
        SCHEMA,
        left.dump().source().name(),
        right.dump().source().name(),
        result.isSame(),
        result.differences().stream().map(found -> item(found, left, right)).toList(),
        result.more() == 0 ? null : (Long) result.more(),
        result.memories().stream().map(DiffReport::memory).toList());
  }

  private static Item item(Difference difference, PostMortem left, PostMortem right) {
    List<NamedFrame> leftFrames = named(difference.leftFrames(), left);
    List<NamedFrame> rightFrames = named(difference.rightFrames(), right);
    boolean known =
        Stream.concat(leftFrames.stream(), rightFrames.stream())
            .anyMatch(frame -> frame.name() != null);
    int more =
        difference.leftFrames().frames().size()
            - leftFrames.size()
            + difference.rightFrames().frames().size()
            - rightFrames.size();
    return new Item(
        difference.part().name().toLowerCase(Locale.ROOT),
        difference.path(),
        difference.left(),
        difference.right(),
        known ? leftFrames : null,
        known ? rightFrames : null,
        known && more > 0 ? (Integer) more : null);
  }

  private static List<NamedFrame> named(Difference.Frames found, PostMortem session) {
    List<NamedFrame> named = new ArrayList<>();
    for (Frame frame : found.frames().subList(0, Math.min(FRAMES, found.frames().size()))) {
      named.add(session.named(found.index() + named.size(), frame));
    }
    return named;
  }

  private static Memory memory(MemoryDifference memory) {
    return new Memory(
        memory.memory(),
        memory.bytes(),
        memory.stateBytes(),
        memory.ranges().stream().map(DiffReport::range).toList(),
        memory.more() == 0 ? null : (Long) memory.more());
  }

  private static Range range(MemoryDifference.Range range) {
    return new Range(
        range.kind().name().toLowerCase(Locale.ROOT),
        range.start().toString(),
        range.length(),
        range.bytes(),
        state(range.left()),
        state(range.right()));
  }

  /** Returns a state's name in JSON, as {@code not-captured}. */
  static String state(MemoryState state) {
    return state.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
