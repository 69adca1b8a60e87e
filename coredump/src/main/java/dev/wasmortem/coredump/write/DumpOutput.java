package dev.wasmortem.coredump.write;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.ByteWriter;
import dev.wasmortem.coredump.AddressRange;
import dev.wasmortem.coredump.MemoryState;
import dev.wasmortem.coredump.Note;
import dev.wasmortem.coredump.WriterOptions;
import dev.wasmortem.coredump.WriterOptions.ModuleBytes;
import dev.wasmortem.coredump.WriterOptions.Overflow;
import dev.wasmortem.coredump.extension.DataSection;
import dev.wasmortem.coredump.extension.MemorySection;
import dev.wasmortem.coredump.extension.MemoryStates;
import dev.wasmortem.coredump.extension.ModuleBytesSection;
import dev.wasmortem.coredump.extension.NotesSection;
import dev.wasmortem.coredump.extension.SegmentsSection;
import dev.wasmortem.coredump.write.Segments.Fitted;
import dev.wasmortem.coredump.write.WriterContent.Memory;
import dev.wasmortem.wasm.SectionId;
import dev.wasmortem.wasm.types.AddressType;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Writes a dump once: encodes all but the memories, scans these, finds out what there is room for,
 * and writes it all from the first byte to the last.
 */
public final class DumpOutput {
  private static final int MAGIC = 0x6d736100;
  private static final int VERSION = 1;
  private static final int PREAMBLE_BYTES = 8;

  /** From so many segments on an index is worth its bytes. */
  private static final int INDEXED_SEGMENTS = 65;

  /** What stands in a section before the bytes of a module or the segments: name and numbers. */
  private static final int HEAD_BYTES = 64;

  private static final int COUNT_BYTES = 5;

  /**
   * How often a dump of limited size is tried; each time its notes and states have settled more.
   */
  private static final int ATTEMPTS = 8;

  private final WriterContent content;
  private final WriterOptions options;
  private final long sectionBytes;
  private final Gaps gaps;
  private final HeadSections head;
  private final List<Memory> memories;
  private final List<MemoryCapture> captures;

  /**
   * @param sectionBytes how large a section may be; the format's limit but in tests
   */
  public DumpOutput(WriterContent content, WriterOptions options, long sectionBytes) {
    this.content = content;
    this.options = options;
    this.sectionBytes = sectionBytes;
    this.gaps = new Gaps(content.notes);
    this.head = new HeadSections(content, options, gaps);
    this.captures =
        captures(
            content.memories.subList(0, head.memoryCount()).stream()
                .map(MemoryCapture::new)
                .toList());
    this.memories = captures.stream().map(MemoryCapture::toWrite).toList();
  }

  /**
   * Returns captures with as many areas as there may be segments that never reach from one to
   * another: more than are wanted if nothing else is said, but no more than other readers take.
   */
  private List<MemoryCapture> captures(List<MemoryCapture> all) {
    long areas = all.stream().mapToLong(MemoryCapture::areaCount).sum();
    long most =
        options.maxSegments() < WriterOptions.DEFAULT_SEGMENTS
            ? options.maxSegments() / 2
            : WriterOptions.MOST_SEGMENTS - all.size() - divided(all);
    if (areas <= most) {
      return all;
    }
    return all.stream()
        .map(capture -> capture.joined((int) Math.max(1, most * capture.areaCount() / areas)))
        .toList();
  }

  /** Returns how many more segments there may be because ranges to keep divide them. */
  private int divided(List<MemoryCapture> all) {
    return options.maxBytes() < Long.MAX_VALUE
        ? all.stream().mapToInt(capture -> 2 * capture.first().size() + 1).sum()
        : 0;
  }

  /** What depends on how much of the memories is written. */
  private record MemoryPart(
      List<Note> said,
      List<OutputSection> notes,
      List<OutputSection> states,
      List<OutputSection> data) {
    long size() {
      return DumpOutput.size(notes) + DumpOutput.size(states) + DumpOutput.size(data);
    }
  }

  private static long size(List<OutputSection> sections) {
    return sections.stream().mapToLong(OutputSection::size).sum();
  }

  /** Writes the dump and returns its notes. */
  public List<Note> writeTo(WritableByteChannel channel) throws IOException {
    List<OutputSection> beforeNotes = head.beforeNotes();
    List<OutputSection> afterNotes = head.afterNotes();
    List<OutputSection> memoriesAndGlobals = head.memoriesAndGlobals();
    List<OutputSection> modules = moduleBytes();
    List<OutputSection> foreign = new ArrayList<>();
    for (WriterContent.ForeignSection section : content.foreignSections) {
      foreign.add(OutputSection.custom(section.name()).add(section.payload()));
    }
    long fixed =
        PREAMBLE_BYTES
            + size(beforeNotes)
            + size(afterNotes)
            + size(memoriesAndGlobals)
            + size(foreign);

    Segments segments = scan();
    List<List<AddressRange>> first = captures.stream().map(MemoryCapture::first).toList();
    long room =
        options.overflow() == Overflow.LEAVE_OUT ? capacity() - COUNT_BYTES : Long.MAX_VALUE;
    MemoryPart part = part(segments.fit(room, first));
    if (fixed + size(modules) + part.size() > options.maxBytes()) {
      if (fixed + size(modules) + segments.sizeOf(first) > options.maxBytes()) {
        gaps.ofModules(modules.size(), options.maxBytes());
        modules.clear();
      }
      long budget = options.maxBytes() - fixed - size(modules);
      part = limited(segments, first, Math.min(room, budget), budget);
    }

    List<OutputSection> all = new ArrayList<>(beforeNotes);
    all.addAll(part.notes);
    all.addAll(afterNotes);
    all.addAll(part.states);
    all.addAll(memoriesAndGlobals);
    all.addAll(part.data);
    all.addAll(modules);
    all.addAll(foreign);
    PairedOutput.write(out -> write(all, out), PREAMBLE_BYTES + size(all), channel);
    return part.said;
  }

  private static void write(List<OutputSection> sections, BufferedOutput out) throws IOException {
    new ByteWriter().i32le(MAGIC).i32le(VERSION).writeTo(out);
    for (OutputSection section : sections) {
      section.writeTo(out);
    }
  }

  /** Returns how many bytes a section has for segments. */
  private long capacity() {
    return sectionBytes - HEAD_BYTES;
  }

  private Segments scan() {
    List<AddressType> types = memories.stream().map(m -> m.type().addressType()).toList();
    int areas = captures.stream().mapToInt(MemoryCapture::areaCount).sum();
    int limit = Math.max(areas, options.maxSegments() - divided(captures));
    SegmentPlan plan = new SegmentPlan(Math.max(1, limit), new Areas(types));
    for (int i = 0; i < captures.size(); i++) {
      for (List<AddressRange> parts : captures.get(i).areas()) {
        plan.add(i, memories.get(i).source(), parts);
      }
    }
    return plan.finish();
  }

  /** Returns as much of the memories as there is room for. */
  private MemoryPart limited(
      Segments segments, List<List<AddressRange>> first, long room, long budget) {
    long left = room;
    for (int attempt = 0; attempt < ATTEMPTS && left > 0; attempt++) {
      MemoryPart part = part(segments.fit(left, first));
      if (part.size() <= budget) {
        return part;
      }
      left -= part.size() - budget;
    }
    return part(segments.fit(0, first));
  }

  private MemoryPart part(Fitted fitted) {
    List<Note> notes = new ArrayList<>(gaps.notes());
    List<MemoryStates> states = new ArrayList<>();
    for (int i = 0; i < captures.size(); i++) {
      MemoryCapture capture = captures.get(i);
      gaps.inMemory(i, capture, fitted.leftOutBytes().get(i), options).ifPresent(notes::add);
      states.add(new MemoryStates(MemoryState.KNOWN_ZERO, capture.states(fitted.leftOut().get(i))));
    }
    List<OutputSection> notesSection = new ArrayList<>();
    if (!notes.isEmpty()) {
      notesSection.add(OutputSection.custom(NotesSection.NAME).add(NotesSection.write(notes)));
    }
    List<OutputSection> statesSections = new ArrayList<>();
    if (!states.isEmpty()) {
      statesSections.add(OutputSection.custom(MemorySection.NAME).add(MemorySection.write(states)));
    }
    List<OutputSection> data = new ArrayList<>();
    List<Segments> portions = fitted.kept().portions(capacity());
    for (int i = 0; i < portions.size(); i++) {
      OutputSection section =
          i == 0
              ? OutputSection.standard(SectionId.DATA)
              : OutputSection.custom(DataSection.NAME).add(DataSection.head(i - 1));
      data.add(section.add(portions.get(i), memories));
    }
    if (!portions.isEmpty() && portions.get(0).count() >= INDEXED_SEGMENTS) {
      statesSections.add(
          OutputSection.custom(SegmentsSection.NAME)
              .add(index(portions.get(0), data.get(0).payloadSize())));
    }
    return new MemoryPart(List.copyOf(notes), notesSection, statesSections, data);
  }

  private static ByteWriter index(Segments segments, long payloadSize) {
    SegmentsSection.Encoder encoder = new SegmentsSection.Encoder();
    long offset = ByteWriter.unsignedSize(segments.count());
    for (int i = 0; i < segments.count(); i++) {
      offset += segments.headerSize(i);
      encoder.add(segments.memory(i), segments.start(i), offset, segments.length(i));
      offset += segments.length(i);
    }
    return encoder.finish(payloadSize);
  }

  private List<OutputSection> moduleBytes() {
    List<OutputSection> sections = new ArrayList<>();
    if (options.moduleBytes() != ModuleBytes.EXTENSION) {
      return sections;
    }
    long room = ModuleBytesSection.ALL_INFLATED;
    for (Map.Entry<Integer, ByteSource> module : content.moduleBytes.entrySet()) {
      ModuleBytesSection.Packed packed =
          ModuleBytesSection.pack(module.getKey(), module.getValue(), room);
      room -= packed.heapBytes();
      sections.add(
          OutputSection.custom(ModuleBytesSection.NAME)
              .add(ModuleBytesSection.head(packed))
              .add(packed.bytes()));
    }
    return sections;
  }
}
