package dev.wasmortem.coredump.lint;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Cursor;
import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.bytes.Location;
import dev.wasmortem.coredump.CoreMemory;
import dev.wasmortem.coredump.Coredump;
import dev.wasmortem.coredump.MemoryFault;
import dev.wasmortem.coredump.MemoryRange;
import dev.wasmortem.coredump.Trap;
import dev.wasmortem.coredump.extension.DataSection;
import dev.wasmortem.coredump.extension.Extension;
import dev.wasmortem.coredump.extension.HostFramesSection;
import dev.wasmortem.coredump.extension.MemorySection;
import dev.wasmortem.coredump.extension.MemoryStates;
import dev.wasmortem.coredump.extension.ModuleBytesSection;
import dev.wasmortem.coredump.extension.ModulesSection;
import dev.wasmortem.coredump.extension.NotesSection;
import dev.wasmortem.coredump.extension.ProcessSection;
import dev.wasmortem.coredump.extension.RegionsSection;
import dev.wasmortem.coredump.extension.SegmentsSection;
import dev.wasmortem.coredump.extension.TablesSection;
import dev.wasmortem.coredump.extension.TrapSection;
import dev.wasmortem.coredump.extension.ValuesSection;
import dev.wasmortem.wasm.ConstExpr;
import dev.wasmortem.wasm.ConstValue;
import dev.wasmortem.wasm.DataSegment;
import dev.wasmortem.wasm.DataSegments;
import dev.wasmortem.wasm.Section;
import dev.wasmortem.wasm.SectionId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The sections of ours: which there are, and whether they agree with the rest of the dump. */
final class ExtensionChecks {
  private static final Set<String> KNOWN =
      Set.of(
          DataSection.NAME,
          HostFramesSection.NAME,
          MemorySection.NAME,
          ModuleBytesSection.NAME,
          ModulesSection.NAME,
          NotesSection.NAME,
          ProcessSection.NAME,
          RegionsSection.NAME,
          SegmentsSection.NAME,
          TablesSection.NAME,
          TrapSection.NAME,
          ValuesSection.NAME);

  private final Coredump dump;
  private final Gathered gathered;

  ExtensionChecks(Coredump dump, Gathered gathered) {
    this.dump = dump;
    this.gathered = gathered;
  }

  void check() {
    for (Section section : dump.binary().sections()) {
      if (section.name().startsWith(Extension.PREFIX) && !KNOWN.contains(section.name())) {
        gathered.add(
            LintRule.EXTENSION_UNKNOWN,
            section.bytes().at(0, "section"),
            "the section " + section.name() + " is not known here");
      }
    }
    dump.trap().ifPresent(this::trap);
    ofVersion(MemorySection.NAME, this::memoryStates);
    ofVersion(SegmentsSection.NAME, this::segmentIndex);
  }

  /** Hands the first section of a name on, if its version is known. */
  private void ofVersion(String name, Consumer<Section> check) {
    dump.binary().customSections(name).stream()
        .findFirst()
        .filter(s -> s.payload().size() > 0 && s.payload().u8(0) == Extension.VERSION)
        .ifPresent(check);
  }

  private void trap(Trap trap) {
    int threads = dump.threads().size();
    if (trap.thread() >= threads) {
      outOfRange("the trap is of thread " + trap.thread() + " of " + threads);
    } else if (trap.thread() != Trap.NO_THREAD) {
      int frames = dump.threads().get(trap.thread()).frames().size();
      if (trap.frame() >= frames) {
        outOfRange("the trap is of frame " + trap.frame() + " of " + frames);
      }
    }
    int memory = trap.memoryFault().map(MemoryFault::memory).orElse(-1);
    if (memory >= dump.memories().size()) {
      outOfRange("the access was to memory " + memory + " of " + dump.memories().size());
    }
  }

  private void outOfRange(String problem) {
    Location at =
        dump.binary().customSections(TrapSection.NAME).get(0).payload().at(0, TrapSection.NAME);
    gathered.add(LintRule.TRAP_OUT_OF_RANGE, at, problem);
  }

  private void memoryStates(Section section) {
    Cursor cursor = section.payload().cursor(1);
    List<MemoryStates> states = new ArrayList<>();
    try {
      MemorySection.read(cursor, states::add);
    } catch (FormatException e) {
      if (!gathered.has(LintRule.EXTENSION_DAMAGED)) {
        gathered.add(LintRule.EXTENSION_DAMAGED, e);
      }
    }
    Location at = section.payload().at(0, MemorySection.NAME);
    List<CoreMemory> memories = dump.memories();
    if (states.size() > memories.size()) {
      gathered.add(
          LintRule.MEMORY_STATES_CONTRADICT,
          at,
          "it tells of " + states.size() + " memories where there are " + memories.size());
    }
    for (int i = 0; i < Math.min(states.size(), memories.size()); i++) {
      List<MemoryRange> ranges = states.get(i).ranges();
      if (!ranges.isEmpty()) {
        MemoryRange last = ranges.get(ranges.size() - 1);
        long end = last.start().value() + last.length();
        if (Long.compareUnsigned(end, memories.get(i).size()) > 0) {
          gathered.add(
              LintRule.MEMORY_STATES_CONTRADICT,
              at,
              "it tells of bytes up to "
                  + Long.toUnsignedString(end)
                  + " of memory "
                  + i
                  + ", which has "
                  + memories.get(i).size());
        }
      }
    }
  }

  /** Goes through the index and the Data section side by side: both are in the file's order. */
  private void segmentIndex(Section section) {
    Optional<Section> data = dump.binary().section(SectionId.DATA);
    ByteSource payload = data.map(Section::payload).orElseGet(() -> dump.source().slice(0, 0));
    Cursor cursor = section.payload().cursor(1);
    DataSegments segments = dump.binary().dataSegments();
    try {
      long count = payload.size() == 0 ? 0 : payload.cursor().u32();
      SegmentsSection.read(
          cursor,
          payload.size(),
          count,
          (memory, address, offset, length) -> {
            boolean same =
                segments.hasNext()
                    && isSame(
                        segments.next(),
                        memory,
                        address,
                        payload.origin().value() + offset,
                        length);
            if (!same) {
              throw cursor.malformed(
                  "the index has a segment of memory "
                      + memory
                      + " at 0x"
                      + Long.toHexString(address)
                      + ", the Data section has another there");
            }
          });
    } catch (FormatException e) {
      gathered.add(LintRule.SEGMENT_INDEX_MISMATCH, e);
      return;
    }
    // The reader may mind what is no mismatch.
    dump.diagnostics().stream()
        .filter(noticed -> noticed.code().equals("segment-index-ignored"))
        .forEach(noticed -> gathered.add(LintRule.SEGMENT_INDEX_MISMATCH, noticed));
  }

  private static boolean isSame(
      DataSegment segment, int memory, long address, long offset, long length) {
    ConstValue value = segment.offset().flatMap(ConstExpr::value).orElse(null);
    boolean there =
        value instanceof ConstValue.I32 i32
            ? Integer.toUnsignedLong(i32.value()) == address
            : value instanceof ConstValue.I64 i64 && i64.value() == address;
    return there
        && segment.memory() == memory
        && segment.bytes().origin().value() == offset
        && segment.bytes().size() == length;
  }
}
