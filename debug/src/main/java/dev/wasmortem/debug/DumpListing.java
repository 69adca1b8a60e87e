package dev.wasmortem.debug;

import dev.wasmortem.coredump.CoreMemory;
import dev.wasmortem.coredump.CoreThread;
import dev.wasmortem.coredump.Coredump;
import dev.wasmortem.coredump.MemoryAddress;
import dev.wasmortem.coredump.MemoryRange;
import dev.wasmortem.coredump.inspect.SectionRow;
import dev.wasmortem.coredump.inspect.SegmentRow;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What stands in a dump as an object dumper shows it, as plain records; {@code
 * docs/dump.schema.json} is the schema. What the parts mean is in the {@link Report}.
 *
 * @param schema {@link #SCHEMA}
 * @param core the dump's path as given
 * @param sections the sections in the order of the file
 * @param segments the data segments, at most {@link #SEGMENTS} of them; null where bytes of a
 *     memory were asked for
 * @param segmentCount how many there are
 * @param threads the frames with their functions' names; null where no module is known, or bytes of
 *     a memory were asked for
 * @param memory the bytes that were asked for, null if none were
 */
public record DumpListing(
    String schema,
    String core,
    List<SectionItem> sections,
    @Nullable List<Segment> segments,
    @Nullable Integer segmentCount,
    @Nullable List<ThreadItem> threads,
    @Nullable Bytes memory) {
  /** The model's name and version. */
  public static final String SCHEMA = "wasmortem-dump-1";

  /** How many segments are listed. */
  public static final int SEGMENTS = 10_000;

  /** How many frames of a thread are listed. */
  public static final int FRAMES = 10_000;

  /** How many bytes of a memory are listed at most. */
  public static final int MOST_BYTES = 1 << 20;

  /**
   * A section.
   *
   * @param index its place in the file
   * @param id the byte for its kind
   * @param name a custom section's name, else the kind
   * @param offset where it begins in the file
   * @param payload where its content begins
   * @param size the bytes of its content
   * @param missing how many more it announces, null if none
   */
  public record SectionItem(
      int index,
      int id,
      String name,
      long offset,
      long payload,
      long size,
      @Nullable Long missing) {}

  /**
   * A data segment.
   *
   * @param index its place
   * @param memory the index of its memory
   * @param address where its bytes lie in the memory; null if it does not tell
   * @param length in bytes
   * @param offset where they stand in the file
   */
  public record Segment(
      int index, int memory, @Nullable String address, long length, long offset) {}

  /**
   * A thread.
   *
   * @param name its name
   * @param frames from youngest to oldest, at most {@link #FRAMES} of them
   * @param frameCount how many there are
   */
  public record ThreadItem(String name, List<NamedFrame> frames, int frameCount) {}

  /**
   * Bytes of a memory.
   *
   * @param memory its index
   * @param start the first byte's address
   * @param ranges what the bytes are worth, without gaps
   */
  public record Bytes(int memory, String start, List<Range> ranges) {}

  /**
   * A range of bytes in one state.
   *
   * @param start the first byte's address
   * @param length in bytes
   * @param state as {@code captured}
   * @param bytes in hexadecimal, null where the dump has none
   */
  public record Range(String start, long length, String state, @Nullable String bytes) {}

  /** Lists sections, segments and, where a module is known, frames. */
  public static DumpListing of(PostMortem session) {
    Coredump dump = session.dump();
    List<Segment> segments = new ArrayList<>();
    int[] count = new int[1];
    SegmentRow.of(
        dump,
        row -> {
          if (count[0]++ < SEGMENTS) {
            MemoryAddress address = row.address();
            segments.add(
                new Segment(
                    row.index(),
                    row.memory(),
                    address == null ? null : address.toString(),
                    row.length(),
                    row.bytes().value()));
          }
        });
    return new DumpListing(
        SCHEMA,
        dump.source().name(),
        sections(dump),
        segments,
        count[0],
        session.modules().isEmpty() ? null : threads(session),
        null);
  }

  private static List<ThreadItem> threads(PostMortem session) {
    List<ThreadItem> threads = new ArrayList<>();
    for (CoreThread thread : session.dump().threads()) {
      List<NamedFrame> frames = new ArrayList<>();
      for (int i = 0; i < Math.min(FRAMES, thread.frames().size()); i++) {
        frames.add(session.named(i, thread.frames().get(i)));
      }
      threads.add(new ThreadItem(thread.name(), frames, thread.frames().size()));
    }
    return threads;
  }

  /**
   * Lists bytes of a memory.
   *
   * @param start the first byte's address
   * @param length how many, at most {@link #MOST_BYTES}
   */
  public static DumpListing of(Coredump dump, CoreMemory memory, MemoryAddress start, int length) {
    byte[] bytes = new byte[Math.min(length, MOST_BYTES)];
    List<Range> ranges = new ArrayList<>();
    for (MemoryRange range : memory.read(start, bytes, 0, bytes.length)) {
      int from = (int) (range.start().value() - start.value());
      String hex =
          switch (range.state()) {
            case CAPTURED, REDACTED ->
                HexFormat.of().formatHex(bytes, from, from + (int) range.length());
            case KNOWN_ZERO, NOT_CAPTURED, UNSPECIFIED, TRUNCATED, OUT_OF_BOUNDS -> null;
          };
      ranges.add(
          new Range(
              range.start().toString(), range.length(), DiffReport.state(range.state()), hex));
    }
    return new DumpListing(
        SCHEMA,
        dump.source().name(),
        sections(dump),
        null,
        null,
        null,
        new Bytes(memory.index(), start.toString(), ranges));
  }

  private static List<SectionItem> sections(Coredump dump) {
    return SectionRow.of(dump).stream()
        .map(
            row ->
                new SectionItem(
                    row.index(),
                    row.id().code(),
                    row.title(),
                    row.start().value(),
                    row.payload().value(),
                    row.size(),
                    row.missing() == 0 ? null : (Long) row.missing()))
        .toList();
  }
}
