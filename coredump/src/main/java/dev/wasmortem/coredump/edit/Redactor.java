package dev.wasmortem.coredump.edit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.ByteWriter;
import dev.wasmortem.coredump.AddressRange;
import dev.wasmortem.coredump.CoreGlobal;
import dev.wasmortem.coredump.CoreMemory;
import dev.wasmortem.coredump.CoreModule;
import dev.wasmortem.coredump.CoreThread;
import dev.wasmortem.coredump.Coredump;
import dev.wasmortem.coredump.CoredumpWriter;
import dev.wasmortem.coredump.DumpEdit;
import dev.wasmortem.coredump.Frame;
import dev.wasmortem.coredump.HostException;
import dev.wasmortem.coredump.HostFrame;
import dev.wasmortem.coredump.MemoryAddress;
import dev.wasmortem.coredump.MemoryDraft;
import dev.wasmortem.coredump.MemoryRange;
import dev.wasmortem.coredump.MemorySelection;
import dev.wasmortem.coredump.MemorySource;
import dev.wasmortem.coredump.MemoryState;
import dev.wasmortem.coredump.ModuleIdentity;
import dev.wasmortem.coredump.Note;
import dev.wasmortem.coredump.ProcessInfo;
import dev.wasmortem.coredump.Region;
import dev.wasmortem.coredump.Trap;
import dev.wasmortem.coredump.Value;
import dev.wasmortem.coredump.write.RangeSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/** Takes out of a dump's parts what is to be redacted; see {@link Redaction}. */
final class Redactor implements DumpEdit {
  private final Coredump dump;
  private final List<BytePattern> patterns;
  private final CutEnds cutEnds;
  private final byte filling;
  private final Map<Integer, List<AddressRange>> ranges;
  private final @Nullable Map<Integer, List<AddressRange>> kept;
  private long places;
  private long bytes;
  private long values;
  private long texts;
  private int moduleFiles;
  private int sections;

  /**
   * @param ranges what is taken out of each memory, whatever it is
   * @param kept what is kept of each memory, null for all of all
   */
  Redactor(
      Coredump dump,
      List<BytePattern> patterns,
      Map<Integer, List<AddressRange>> ranges,
      @Nullable Map<Integer, List<AddressRange>> kept) {
    this.dump = dump;
    this.patterns = patterns;
    this.cutEnds = new CutEnds(patterns);
    this.filling = Filling.of(patterns).value();
    this.ranges = ranges;
    this.kept = kept;
  }

  // -- Texts

  private String text(String text) {
    Optional<String> redacted = overwritten(text);
    texts += redacted.isPresent() ? 1 : 0;
    return redacted.orElse(text);
  }

  /** Returns a text without what is found in it, empty if nothing is. */
  private Optional<String> overwritten(String text) {
    byte[] utf8 = text.getBytes(UTF_8);
    byte[] redacted = utf8.clone();
    String searched = new String(utf8, ISO_8859_1);
    boolean found = false;
    for (BytePattern pattern : patterns) {
      Matcher matcher = pattern.matcher(searched);
      while (matcher.find()) {
        Arrays.fill(redacted, matcher.start(), matcher.end(), filling);
        found |= matcher.end() > matcher.start();
      }
    }
    int cut = cutAtEnd(ByteSource.of("", utf8));
    Arrays.fill(redacted, redacted.length - cut, redacted.length, filling);
    found |= cut > 0;
    return found ? Optional.of(new String(redacted, UTF_8)) : Optional.empty();
  }

  /** Returns how many bytes at the end are the beginning of what is looked for, in a cut dump. */
  private int cutAtEnd(ByteSource bytes) {
    return dump.isTruncated()
        ? cutEnds.length(
            (at, target, length) -> bytes.copyTo(at, target, 0, length), 0, bytes.size())
        : 0;
  }

  private List<String> texts(List<String> all) {
    return all.stream().map(this::text).toList();
  }

  @Override
  public String executableName(String name) {
    return text(name);
  }

  @Override
  public List<CoreModule> modules(List<CoreModule> modules) {
    return modules.stream()
        .map(m -> new CoreModule(text(m.name()), identity(m.identity())))
        .toList();
  }

  private ModuleIdentity identity(ModuleIdentity identity) {
    ModuleIdentity.Builder builder = ModuleIdentity.builder();
    identity.sha256().ifPresent(builder::sha256);
    identity.buildId().ifPresent(builder::buildId);
    identity.debugInfoUrl().map(this::text).ifPresent(builder::debugInfoUrl);
    identity.fileSize().ifPresent(builder::fileSize);
    return builder.build();
  }

  @Override
  public List<Region> regions(List<Region> regions) {
    return regions.stream()
        .map(r -> new Region(r.memory(), r.start(), r.length(), r.kind(), text(r.label())))
        .toList();
  }

  @Override
  public @Nullable ProcessInfo process(@Nullable ProcessInfo process) {
    if (process == null) {
      return null;
    }
    ProcessInfo.Builder builder = ProcessInfo.builder();
    process.arguments().map(this::texts).ifPresent(builder::arguments);
    process.environment().map(this::texts).ifPresent(builder::environment);
    process.runtime().map(this::text).ifPresent(builder::runtime);
    process.runtimeVersion().map(this::text).ifPresent(builder::runtimeVersion);
    process.host().map(this::text).ifPresent(builder::host);
    process.time().ifPresent(builder::time);
    process.pid().ifPresent(builder::pid);
    return builder.build();
  }

  @Override
  public @Nullable Trap trap(@Nullable Trap trap) {
    if (trap == null) {
      return null;
    }
    List<HostException> exceptions =
        trap.exceptions().stream()
            .map(e -> new HostException(text(e.className()), text(e.message())))
            .toList();
    return new Trap(
        trap.kind(),
        text(trap.message()),
        trap.thread(),
        trap.frame(),
        trap.fault(),
        values(trap.operands()),
        exceptions);
  }

  // -- Values

  private Value value(Value value) {
    ByteWriter bytes = new ByteWriter();
    if (value instanceof Value.I32 i32) {
      bytes.i32le(i32.value());
    } else if (value instanceof Value.I64 i64) {
      bytes.i64le(i64.value());
    } else if (value instanceof Value.F32 f32) {
      bytes.i32le(f32.bits());
    } else if (value instanceof Value.F64 f64) {
      bytes.i64le(f64.bits());
    } else if (value instanceof Value.V128 v128) {
      bytes.i64le(v128.low()).i64le(v128.high());
    } else {
      return value;
    }
    String searched = new String(bytes.toByteArray(), ISO_8859_1);
    if (patterns.stream().noneMatch(pattern -> pattern.isIn(searched))) {
      return value;
    }
    values++;
    return Value.MISSING;
  }

  private List<Value> values(List<Value> all) {
    return all.stream().map(this::value).toList();
  }

  @Override
  public List<CoreThread> threads(List<CoreThread> threads) {
    return threads.stream().map(this::thread).toList();
  }

  private CoreThread thread(CoreThread thread) {
    List<Frame> frames =
        thread.frames().stream()
            .map(
                f ->
                    new Frame(
                        f.instance(),
                        f.function(),
                        f.codeOffset(),
                        values(f.locals()),
                        values(f.stack())))
            .toList();
    List<HostFrame> hostFrames =
        thread.hostFrames().stream()
            .map(f -> new HostFrame(f.position(), text(f.description())))
            .toList();
    return new CoreThread(text(thread.name()), frames, hostFrames);
  }

  @Override
  public List<CoreGlobal> globals(List<CoreGlobal> globals) {
    return globals.stream().map(g -> new CoreGlobal(g.type(), value(g.value()))).toList();
  }

  // -- Memories

  @Override
  public List<MemoryDraft> memories(List<MemoryDraft> memories) {
    List<MemoryDraft> redacted = new ArrayList<>();
    for (int i = 0; i < memories.size(); i++) {
      redacted.add(memory(i, memories.get(i)));
    }
    return redacted;
  }

  private MemoryDraft memory(int index, MemoryDraft draft) {
    CoreMemory memory = dump.memories().get(index);
    List<AddressRange> taken = new ArrayList<>(inside(memory, ranges.get(index)));
    if (!patterns.isEmpty()) {
      taken.addAll(
          new MemorySearch(patterns)
              .find(
                  (at, target, length) -> memory.read(new MemoryAddress(at), target, 0, length),
                  memory.size(),
                  memory.stored()));
      taken.addAll(cutEnds.find(memory));
    }
    List<AddressRange> redacted = MemorySearch.joined(taken);
    places += redacted.size();
    bytes += redacted.stream().mapToLong(AddressRange::length).sum();
    MemorySelection selection = MemorySelection.all();
    if (kept != null) {
      List<AddressRange> some = inside(memory, kept.get(index));
      selection = MemorySelection.ranges(some, "the dump was reduced to what was to be kept");
    }
    return new MemoryDraft(
        draft.type(),
        new Overwritten(draft.source(), redacted, filling),
        selection.states(states(memory, redacted)));
  }

  private static List<AddressRange> inside(CoreMemory memory, @Nullable List<AddressRange> ranges) {
    List<AddressRange> inside = new ArrayList<>();
    for (AddressRange range : ranges == null ? List.<AddressRange>of() : ranges) {
      long start = range.start().value();
      if (start >= 0 && start < memory.size()) {
        inside.add(
            new AddressRange(range.start(), Math.min(range.length(), memory.size() - start)));
      }
    }
    return inside;
  }

  /** Returns what is to be said of the memory: where there were no bytes, none were redacted. */
  private static List<MemoryRange> states(CoreMemory memory, List<AddressRange> redacted) {
    List<MemoryRange> states = new ArrayList<>();
    int next = 0;
    for (MemoryRange range : memory.ranges()) {
      boolean hasBytes =
          range.state() == MemoryState.CAPTURED || range.state() == MemoryState.KNOWN_ZERO;
      if (!hasBytes) {
        states.add(range);
        continue;
      }
      long start = range.start().value();
      long end = start + range.length();
      while (next < redacted.size() && MemorySearch.end(redacted.get(next)) <= start) {
        next++;
      }
      for (int i = next; i < redacted.size() && redacted.get(i).start().value() < end; i++) {
        long from = Math.max(start, redacted.get(i).start().value());
        long to = Math.min(end, MemorySearch.end(redacted.get(i)));
        states.add(new MemoryRange(new MemoryAddress(from), to - from, MemoryState.REDACTED));
      }
    }
    return states;
  }

  /**
   * A memory some of whose bytes are overwritten. Longer stretches of zeros that the dump does not
   * hold stay out of the copy, too: that they were redacted, its states tell.
   */
  private record Overwritten(MemorySource source, List<AddressRange> ranges, byte filling)
      implements MemorySource {
    private static final long MOST_ZEROS = 1 << 20;

    @Override
    public long size() {
      return source.size();
    }

    @Override
    public List<AddressRange> parts() {
      List<AddressRange> stored = source.parts();
      List<AddressRange> parts = new ArrayList<>(stored);
      int next = 0;
      for (AddressRange range : ranges) {
        long at = range.start().value();
        long end = MemorySearch.end(range);
        while (next < stored.size() && MemorySearch.end(stored.get(next)) <= at) {
          next++;
        }
        for (int i = next; i < stored.size() && stored.get(i).start().value() < end; i++) {
          addZeros(parts, at, stored.get(i).start().value());
          at = MemorySearch.end(stored.get(i));
        }
        addZeros(parts, at, end);
      }
      return MemorySearch.joined(parts);
    }

    private static void addZeros(List<AddressRange> parts, long from, long to) {
      if (to > from && to - from <= MOST_ZEROS) {
        parts.add(new AddressRange(new MemoryAddress(from), to - from));
      }
    }

    @Override
    public void read(MemoryAddress address, byte[] target, int offset, int length) {
      source.read(address, target, offset, length);
      long start = address.value();
      long end = start + length;
      for (int i = RangeSet.firstEndingAfter(ranges, start);
          i < ranges.size() && ranges.get(i).start().value() < end;
          i++) {
        int from = (int) (Math.max(start, ranges.get(i).start().value()) - start);
        int to = (int) (Math.min(end, MemorySearch.end(ranges.get(i))) - start);
        Arrays.fill(target, offset + from, offset + to, filling);
      }
    }
  }

  // -- The rest

  @Override
  public Optional<ByteSource> moduleBytes(int module, ByteSource file) {
    if (holdsNothing(file)) {
      return Optional.of(file);
    }
    moduleFiles++;
    return Optional.empty();
  }

  @Override
  public Optional<ByteSource> foreignSection(String name, ByteSource payload) {
    if (overwritten(name).isEmpty() && holdsNothing(payload)) {
      return Optional.of(payload);
    }
    sections++;
    return Optional.empty();
  }

  private boolean holdsNothing(ByteSource file) {
    return patterns.isEmpty()
        || (cutAtEnd(file) == 0
            && new MemorySearch(patterns)
                .find((at, target, length) -> file.copyTo(at, target, 0, length), file.size())
                .isEmpty());
  }

  /** Returns the copy with how much was taken from it; asked after all parts. */
  Redacted result(CoredumpWriter copy) {
    return new Redacted(copy, places, bytes, values, texts, moduleFiles, sections);
  }

  /** Asked after all parts but files, of which is told only that some may be missing. */
  @Override
  public List<Note> notes(List<Note> notes) {
    List<Note> all = new ArrayList<>();
    for (Note note : notes) {
      all.add(new Note(note.code(), text(note.message())));
    }
    all.add(
        new Note(
            Note.REDACTED,
            bytes
                + " bytes of memories, "
                + values
                + " values and "
                + texts
                + " texts were redacted; files in which a pattern was found were left out"));
    return all;
  }
}
