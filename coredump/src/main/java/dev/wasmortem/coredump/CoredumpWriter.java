package dev.wasmortem.coredump;

import static java.util.Objects.requireNonNull;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.ByteWriter;
import dev.wasmortem.coredump.extension.HostFramesSection;
import dev.wasmortem.coredump.extension.ModuleBytesSection;
import dev.wasmortem.coredump.extension.ModulesSection;
import dev.wasmortem.coredump.extension.NotesSection;
import dev.wasmortem.coredump.extension.ProcessSection;
import dev.wasmortem.coredump.extension.RegionsSection;
import dev.wasmortem.coredump.extension.TablesSection;
import dev.wasmortem.coredump.extension.TrapSection;
import dev.wasmortem.coredump.extension.ValuesSection;
import dev.wasmortem.wasm.SectionId;
import dev.wasmortem.wasm.types.GlobalType;
import dev.wasmortem.wasm.types.MemoryType;
import dev.wasmortem.wasm.types.SizeLimits;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes a core dump as the convention has it: {@code i32} and {@code i64} as signed LEB128, a
 * frame's locals and operands each with their count, {@code core} first so that the first bytes
 * tell a dump. The stacks come before the memories, so that a dump which is cut off keeps them.
 *
 * <p>Memories are read twice, in chunks: once to find what is not zero, once to write it. What does
 * not fit (the convention has no more than 4 GiB of memory bytes; other readers refuse more than
 * 100 memories, 1,000,000 globals, names of more than 100,000 bytes) is left out or cut, and a
 * {@link Note} in the dump says so. Equal dumps give equal bytes.
 *
 * <pre>{@code
 * CoredumpWriter writer = new CoredumpWriter().executableName("app.wasm");
 * int module = writer.addModule(new CoreModule("app"));
 * int memory = writer.addMemory(type, source);
 * writer.addInstance(new CoreInstance(module, List.of(memory), List.of()));
 * writer.addThread(new CoreThread("main", frames));
 * writer.writeTo(channel);
 * }</pre>
 *
 * <p>Not thread-safe.
 */
public final class CoredumpWriter {
  private static final int MAGIC = 0x6d736100;
  private static final int VERSION = 1;

  private final List<CoreModule> modules = new ArrayList<>();
  private final List<CoreInstance> instances = new ArrayList<>();
  private final List<CoreThread> threads = new ArrayList<>();
  private final List<MemoryType> memoryTypes = new ArrayList<>();
  private final List<MemorySource> memories = new ArrayList<>();
  private final List<CoreGlobal> globals = new ArrayList<>();
  private final List<Note> notes = new ArrayList<>();
  private final List<CoreTable> tables = new ArrayList<>();
  private final List<Region> regions = new ArrayList<>();
  private final TreeMap<Integer, ByteSource> moduleBytes = new TreeMap<>();
  private String executableName = "";
  private @Nullable Trap trap;
  private @Nullable ProcessInfo process;

  /** Makes a writer of a dump with nothing in it. */
  public CoredumpWriter() {}

  /** Sets the name of the program, empty if never set. */
  public CoredumpWriter executableName(String name) {
    executableName = requireNonNull(name);
    return this;
  }

  /** Adds a module and returns its index. */
  public int addModule(CoreModule module) {
    modules.add(requireNonNull(module));
    return modules.size() - 1;
  }

  /** Adds an instance and returns its index. */
  public int addInstance(CoreInstance instance) {
    instances.add(requireNonNull(instance));
    return instances.size() - 1;
  }

  /**
   * Adds a memory and returns its index, which every instance that shares it is to name.
   *
   * @param type its type; the minimum is replaced by the size that {@code source} has when the dump
   *     is written
   */
  public int addMemory(MemoryType type, MemorySource source) {
    memoryTypes.add(requireNonNull(type));
    memories.add(requireNonNull(source));
    return memories.size() - 1;
  }

  /** Adds a table and returns its index, which every instance that shares it is to name. */
  public int addTable(CoreTable table) {
    tables.add(requireNonNull(table));
    return tables.size() - 1;
  }

  /** Says what a part of a memory is for. */
  public CoredumpWriter addRegion(Region region) {
    regions.add(requireNonNull(region));
    return this;
  }

  /** Gives a module's file, which the dump is to hold. It is read when the dump is written. */
  public CoredumpWriter moduleBytes(int module, ByteSource file) {
    moduleBytes.put(module, requireNonNull(file));
    return this;
  }

  /**
   * Adds a global and returns its index, which every instance that shares it is to name. The
   * convention's part is a constant, whatever its type: for a reference null of the most general
   * type of its kind; for a value that is missing zero, with a note. What it really was stands in
   * {@code wasmortem.values}.
   *
   * @throws IllegalArgumentException if the value is not of the type
   */
  public int addGlobal(GlobalType type, Value value) {
    globals.add(GlobalEncoder.checked(new CoreGlobal(type, value)));
    return globals.size() - 1;
  }

  /** Adds a thread and returns its index. */
  public int addThread(CoreThread thread) {
    threads.add(requireNonNull(thread));
    return threads.size() - 1;
  }

  /** Says why the program stopped. */
  public CoredumpWriter trap(Trap reason) {
    trap = requireNonNull(reason);
    return this;
  }

  /** Says what process died, and what ran it. */
  public CoredumpWriter process(ProcessInfo info) {
    process = requireNonNull(info);
    return this;
  }

  /** Says what is missing from the dump. */
  public CoredumpWriter note(Note note) {
    notes.add(requireNonNull(note));
    return this;
  }

  /**
   * Writes the dump. The channel is not closed.
   *
   * @throws IOException if the channel fails; what was written then is the beginning of the dump
   */
  public void writeTo(WritableByteChannel channel) throws IOException {
    writeTo(channel, WriterLimits.SECTION_BYTES);
  }

  /** Writes the dump with a Data section of at most {@code dataBytes}. */
  void writeTo(WritableByteChannel channel, long dataBytes) throws IOException {
    int memoryCount = Math.min(memories.size(), WriterLimits.MEMORIES);
    int globalCount = Math.min(globals.size(), WriterLimits.GLOBALS);
    SegmentPlan plan = new SegmentPlan(WriterLimits.SEGMENTS);
    for (int i = 0; i < memoryCount; i++) {
      plan.add(memoryTypes.get(i).addressType(), memories.get(i));
    }
    Gaps gaps = new Gaps(notes);
    gaps.inMemories(memories.size(), plan.finish(dataBytes));
    gaps.inGlobals(globals.size(), globals.subList(0, globalCount));
    List<CoreThread> shortened = threads.stream().map(t -> shortened(t, gaps)).toList();
    // Gathered before the first is written, for the notes say which names were shortened.
    Map<String, ByteWriter> head = new LinkedHashMap<>();
    List<CoreInstance> limited =
        instances.stream().map(i -> limited(i, memoryCount, globalCount)).toList();
    head.put(SectionNames.CORE, SectionEncoder.core(gaps.shortened(executableName)));
    head.put(
        SectionNames.COREMODULES,
        SectionEncoder.coremodules(
            modules.stream()
                .map(m -> new CoreModule(gaps.shortened(m.name()), m.identity()))
                .toList()));
    head.put(SectionNames.COREINSTANCES, SectionEncoder.coreinstances(limited));
    if (trap != null) {
      head.put(TrapSection.NAME, TrapSection.write(trap, gaps::shortened));
    }
    if (process != null) {
      head.put(ProcessSection.NAME, ProcessSection.write(process, gaps::shortened));
    }
    if (modules.stream().anyMatch(m -> !m.identity().equals(ModuleIdentity.UNKNOWN))) {
      head.put(ModulesSection.NAME, ModulesSection.write(modules, gaps::shortened));
    }
    head.put(NotesSection.NAME, new ByteWriter());
    ValuesSection.write(threads, globals.subList(0, globalCount))
        .ifPresent(payload -> head.put(ValuesSection.NAME, payload));
    if (threads.stream().anyMatch(thread -> !thread.hostFrames().isEmpty())) {
      head.put(HostFramesSection.NAME, HostFramesSection.write(threads, gaps::shortened));
    }
    if (!tables.isEmpty() || instances.stream().anyMatch(i -> !i.tables().isEmpty())) {
      head.put(TablesSection.NAME, TablesSection.write(tables, instances));
    }
    ByteWriter regionsPayload = RegionsSection.write(regions, gaps::shortened);
    if (gaps.notes().isEmpty()) {
      head.remove(NotesSection.NAME);
    } else {
      head.put(NotesSection.NAME, NotesSection.write(gaps.notes()));
    }

    BufferedOutput out = new BufferedOutput(channel);
    new ByteWriter().i32le(MAGIC).i32le(VERSION).writeTo(out);
    for (Map.Entry<String, ByteWriter> section : head.entrySet()) {
      custom(out, section.getKey(), section.getValue());
    }
    for (CoreThread thread : shortened) {
      custom(out, SectionNames.CORESTACK, SectionEncoder.corestack(thread));
    }
    if (!regions.isEmpty()) {
      custom(out, RegionsSection.NAME, regionsPayload);
    }
    writeMemories(out, memoryCount);
    writeGlobals(out, globalCount);
    writeData(out, plan);
    for (Map.Entry<Integer, ByteSource> module : moduleBytes.entrySet()) {
      writeModuleBytes(out, ModuleBytesSection.pack(module.getKey(), module.getValue()));
    }
    out.flush();
  }

  private static CoreThread shortened(CoreThread thread, Gaps gaps) {
    return new CoreThread(gaps.shortened(thread.name()), thread.frames());
  }

  private static CoreInstance limited(CoreInstance instance, int memoryCount, int globalCount) {
    return new CoreInstance(
        instance.module(),
        limited(instance.memories(), memoryCount),
        limited(instance.globals(), globalCount),
        instance.tables());
  }

  private static List<Integer> limited(List<Integer> indices, int count) {
    return indices.stream().map(i -> i < count ? i : CoreInstance.NOT_DUMPED).toList();
  }

  private void writeMemories(BufferedOutput out, int count) throws IOException {
    if (count > 0) {
      ByteWriter payload = new ByteWriter().unsigned(count);
      for (int i = 0; i < count; i++) {
        atCurrentSize(memoryTypes.get(i), memories.get(i).size()).writeTo(payload);
      }
      section(out, SectionId.MEMORY, payload);
    }
  }

  private static MemoryType atCurrentSize(MemoryType type, long size) {
    long pages = (size >>> type.pageSizeLog2()) + ((size & (type.pageSize() - 1)) == 0 ? 0 : 1);
    SizeLimits limits =
        type.limits().max().isPresent()
            ? SizeLimits.between(pages, type.limits().max().getAsLong())
            : SizeLimits.atLeast(pages);
    return new MemoryType(limits, type.addressType(), type.sharing(), type.pageSizeLog2());
  }

  private void writeGlobals(BufferedOutput out, int count) throws IOException {
    if (count > 0) {
      ByteWriter payload = new ByteWriter().unsigned(count);
      globals.subList(0, count).forEach(global -> GlobalEncoder.write(global, payload));
      section(out, SectionId.GLOBAL, payload);
    }
  }

  private void writeData(BufferedOutput out, SegmentPlan plan) throws IOException {
    if (plan.count() == 0) {
      return;
    }
    ByteWriter header = new ByteWriter();
    header.u8(SectionId.DATA.code()).unsigned(plan.payloadSize()).unsigned(plan.count());
    header.writeTo(out);
    for (int i = 0; i < plan.count(); i++) {
      header.clear();
      plan.writeHeader(i, header);
      header.writeTo(out);
      out.copy(memories.get(plan.memory(i)), plan.start(i), plan.length(i));
    }
  }

  private static void writeModuleBytes(BufferedOutput out, ModuleBytesSection.Packed packed)
      throws IOException {
    ByteWriter head = ModuleBytesSection.head(packed);
    customHeader(out, ModuleBytesSection.NAME, head.size() + packed.bytes().size());
    head.writeTo(out);
    packed.bytes().writeTo(out);
  }

  private static void custom(BufferedOutput out, String name, ByteWriter payload)
      throws IOException {
    customHeader(out, name, payload.size());
    payload.writeTo(out);
  }

  private static void customHeader(BufferedOutput out, String name, long payloadSize)
      throws IOException {
    ByteWriter header = new ByteWriter().name(name);
    ByteWriter start = new ByteWriter().u8(SectionId.CUSTOM.code());
    start.unsigned(header.size() + payloadSize).bytes(header).writeTo(out);
  }

  private static void section(BufferedOutput out, SectionId id, ByteWriter payload)
      throws IOException {
    new ByteWriter().u8(id.code()).unsigned(payload.size()).writeTo(out);
    payload.writeTo(out);
  }
}
