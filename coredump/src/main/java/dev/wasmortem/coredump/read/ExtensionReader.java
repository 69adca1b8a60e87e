package dev.wasmortem.coredump.read;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Cursor;
import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.bytes.Lazy;
import dev.wasmortem.bytes.Location;
import dev.wasmortem.coredump.CoreGlobal;
import dev.wasmortem.coredump.CoreInstance;
import dev.wasmortem.coredump.CoreModule;
import dev.wasmortem.coredump.CoreTable;
import dev.wasmortem.coredump.CoreThread;
import dev.wasmortem.coredump.HostFrame;
import dev.wasmortem.coredump.Note;
import dev.wasmortem.coredump.ProcessInfo;
import dev.wasmortem.coredump.Region;
import dev.wasmortem.coredump.Trap;
import dev.wasmortem.coredump.extension.Extension;
import dev.wasmortem.coredump.extension.HostFramesSection;
import dev.wasmortem.coredump.extension.MemorySection;
import dev.wasmortem.coredump.extension.MemoryStates;
import dev.wasmortem.coredump.extension.ModuleBytesSection;
import dev.wasmortem.coredump.extension.ModulesSection;
import dev.wasmortem.coredump.extension.NotesSection;
import dev.wasmortem.coredump.extension.ProcessSection;
import dev.wasmortem.coredump.extension.RegionsSection;
import dev.wasmortem.coredump.extension.TablesSection;
import dev.wasmortem.coredump.extension.TrapSection;
import dev.wasmortem.coredump.extension.ValuesSection;
import dev.wasmortem.wasm.Section;
import dev.wasmortem.wasm.WasmModule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads our own sections and merges what they say of the convention's parts into those. What is
 * wrong with one of them is damage, reported under {@code section-damaged}, and touches nothing
 * else; what contradicts the convention's part is reported and not believed. A version that is not
 * known is no fault of the dump: the section is skipped, and that is reported. Of a section that
 * stands more than once the first counts, but for those of which there is one per module.
 */
public final class ExtensionReader {
  private final WasmModule binary;
  private final Findings findings;
  private final Lazy<Tables> tables = new Lazy<>(this::readTables);
  private final Lazy<TrueValues> values = new Lazy<>(this::readValues);

  /** Makes a reader; nothing is read yet. */
  public ExtensionReader(WasmModule binary, Findings findings) {
    this.binary = binary;
    this.findings = findings;
  }

  private record Tables(List<CoreTable> tables, List<List<Integer>> instances) {}

  /** Returns why the program stopped. */
  public Optional<Trap> trap() {
    List<Trap> traps = new ArrayList<>();
    first(TrapSection.NAME, cursor -> traps.add(TrapSection.read(cursor)));
    return traps.stream().findFirst();
  }

  /** Returns what is missing from the dump. */
  public List<Note> notes() {
    List<Note> notes = new ArrayList<>();
    first(NotesSection.NAME, cursor -> NotesSection.read(cursor, notes::add));
    return List.copyOf(notes);
  }

  /** Returns the process that died. */
  public Optional<ProcessInfo> process() {
    ProcessInfo.Builder process = ProcessInfo.builder();
    boolean found = first(ProcessSection.NAME, cursor -> ProcessSection.read(cursor, process));
    return found ? Optional.of(process.build()) : Optional.empty();
  }

  /** Returns what parts of the memories are for. */
  public List<Region> regions() {
    List<Region> regions = new ArrayList<>();
    first(RegionsSection.NAME, cursor -> RegionsSection.read(cursor, regions::add));
    return List.copyOf(regions);
  }

  /** Returns what is said of the memories, in their order; empty if nothing is. */
  public List<MemoryStates> memoryStates() {
    List<MemoryStates> states = new ArrayList<>();
    first(MemorySection.NAME, cursor -> MemorySection.read(cursor, states::add));
    return List.copyOf(states);
  }

  /** Returns the tables. */
  public List<CoreTable> tables() {
    return tables.get().tables;
  }

  private Tables readTables() {
    List<CoreTable> found = new ArrayList<>();
    List<List<Integer>> instances = new ArrayList<>();
    first(TablesSection.NAME, cursor -> TablesSection.read(cursor, found::add, instances::add));
    return new Tables(List.copyOf(found), List.copyOf(instances));
  }

  private TrueValues readValues() {
    TrueValues found = new TrueValues(findings, () -> locationOf(ValuesSection.NAME));
    first(ValuesSection.NAME, cursor -> ValuesSection.read(cursor, found));
    return found;
  }

  /** Returns the modules with what else is known of them. */
  public List<CoreModule> identified(ModuleList list) {
    List<CoreModule> modules = list.modules();
    List<ModulesSection.Entry> entries = new ArrayList<>();
    first(ModulesSection.NAME, cursor -> ModulesSection.read(cursor, entries::add));
    if (entries.size() > modules.size()) {
      contradiction(
          ModulesSection.NAME, entries.size() + " modules where there are " + modules.size());
    }
    List<CoreModule> identified = new ArrayList<>(modules);
    for (int i = 0; i < Math.min(entries.size(), modules.size()); i++) {
      ModulesSection.Entry entry = entries.get(i);
      String own = modules.get(i).name();
      // Where the list of modules has a name, that counts.
      String name = list.inline().containsKey(i) ? entry.name().orElse(own) : own;
      identified.set(i, new CoreModule(name, entry.identity()));
    }
    return List.copyOf(identified);
  }

  /** Returns the instances with their tables. */
  public List<CoreInstance> withTables(List<CoreInstance> instances) {
    List<List<Integer>> lists = tables.get().instances;
    if (lists.size() > instances.size()) {
      contradiction(
          TablesSection.NAME, lists.size() + " instances where there are " + instances.size());
    }
    List<CoreInstance> with = new ArrayList<>(instances);
    for (int i = 0; i < Math.min(lists.size(), instances.size()); i++) {
      CoreInstance instance = instances.get(i);
      with.set(
          i,
          new CoreInstance(
              instance.module(), instance.memories(), instance.globals(), lists.get(i)));
    }
    return List.copyOf(with);
  }

  /** Returns the threads with the host's frames and the values that frames cannot hold. */
  public List<CoreThread> completed(List<CoreThread> threads) {
    Map<Integer, List<HostFrame>> hostFrames = new HashMap<>();
    first(
        HostFramesSection.NAME,
        cursor ->
            HostFramesSection.read(
                cursor,
                (thread, frame) ->
                    hostFrames.computeIfAbsent(thread, key -> new ArrayList<>()).add(frame)));
    List<CoreThread> completed = new ArrayList<>();
    for (int i = 0; i < threads.size(); i++) {
      CoreThread thread = threads.get(i);
      completed.add(
          new CoreThread(
              thread.name(),
              values.get().inFrames(i, thread.frames()),
              Optional.ofNullable(hostFrames.remove(i)).orElse(List.of())));
    }
    if (!hostFrames.isEmpty()) {
      contradiction(HostFramesSection.NAME, "host frames of threads that there are not");
    }
    return List.copyOf(completed);
  }

  /** Returns the globals with the values that initialisers cannot express. */
  public List<CoreGlobal> completedGlobals(List<CoreGlobal> globals) {
    return values.get().inGlobals(globals);
  }

  /**
   * Returns the modules' files as they stand in the dump, by module. Those that would make the sum
   * too large when they are unpacked are left out and reported.
   */
  public Map<Integer, ModuleBytesSection.Packed> moduleBytes() {
    Map<Integer, ModuleBytesSection.Packed> found = new HashMap<>();
    long[] room = {ModuleBytesSection.ALL_INFLATED};
    for (Section section : binary.customSections(ModuleBytesSection.NAME)) {
      body(
          section,
          cursor -> {
            ModuleBytesSection.Packed packed = ModuleBytesSection.read(cursor);
            // A module that is too large by itself is damage, found when it is asked for.
            if (packed.heapBytes() > room[0]
                && packed.heapBytes() <= ModuleBytesSection.LARGEST_INFLATED) {
              findings.report(leftPacked(packed));
            } else if (found.putIfAbsent(packed.module(), packed) == null
                && packed.heapBytes() <= room[0]) {
              room[0] -= Math.max(0, packed.heapBytes());
            }
          });
    }
    return Map.copyOf(found);
  }

  private static Diagnostic leftPacked(ModuleBytesSection.Packed packed) {
    return new Diagnostic(
        "module-bytes-ignored",
        packed.bytes().at(0, "module-bytes"),
        "the file of module "
            + packed.module()
            + " is taken for missing: with it the dump's modules expand to more than "
            + ModuleBytesSection.ALL_INFLATED
            + " bytes; name the file with -m");
  }

  /** Goes through a module's file without keeping it; reports damage. */
  public void verify(ModuleBytesSection.Packed packed) {
    try {
      packed.verify();
    } catch (FormatException e) {
      findings.damage("module-bytes-damaged", e);
    }
  }

  /** Unpacks a module's file; empty, with a report, if it is damaged. */
  public Optional<ByteSource> unpacked(ModuleBytesSection.Packed packed) {
    try {
      return Optional.of(packed.unpacked());
    } catch (FormatException e) {
      findings.damage("module-bytes-damaged", e);
      return Optional.empty();
    }
  }

  private boolean first(String name, Consumer<Cursor> reader) {
    List<Section> all = binary.customSections(name);
    if (all.size() > 1) {
      findings.report(
          new Diagnostic(
              "duplicate-section",
              all.get(1).bytes().at(0, name),
              all.size() + " sections " + name + "; the first counts"));
    }
    return !all.isEmpty() && body(all.get(0), reader);
  }

  /** Reads what follows the version; returns false if that is not known. */
  private boolean body(Section section, Consumer<Cursor> reader) {
    String name = section.name();
    ByteSource payload = section.payload();
    try {
      Cursor cursor = payload.cursor().in(name);
      int version = cursor.u8();
      if (version != Extension.VERSION) {
        findings.report(Extension.unknownVersion(section));
        return false;
      }
      reader.accept(cursor);
    } catch (FormatException e) {
      findings.damage("section-damaged", e);
    }
    return true;
  }

  private void contradiction(String section, String problem) {
    findings.report(new Diagnostic("extension-contradicts", locationOf(section), problem));
  }

  private Location locationOf(String section) {
    return binary.customSections(section).get(0).bytes().at(0, section);
  }
}
