package dev.wasmortem.coredump;

import static java.util.Objects.requireNonNull;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.coredump.write.DumpOutput;
import dev.wasmortem.coredump.write.GlobalEncoder;
import dev.wasmortem.coredump.write.WriterContent;
import dev.wasmortem.coredump.write.WriterLimits;
import dev.wasmortem.wasm.types.GlobalType;
import dev.wasmortem.wasm.types.MemoryType;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.util.List;

/**
 * Writes a core dump as the convention has it, unless {@link WriterOptions} ask for a dialect:
 * {@code core} first so that the first bytes tell a dump, the stacks before the memories so that a
 * dump which is cut off keeps them. What the convention cannot say goes to sections of ours, which
 * other readers skip; {@code docs/FORMAT.md} has the order and the grammar.
 *
 * <p>Memories are read twice, in chunks: once to find what is not zero, once to write it. What
 * other readers refuse (more than 100 memories, 1,000,000 globals, names of more than 100,000
 * bytes) and what there is no room for is left out or cut, and a {@link Note} in the dump says so.
 * Equal dumps give equal bytes; modules' files are compressed, so only with the same zlib.
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
  private final WriterOptions options;
  private final WriterContent content = new WriterContent();

  /** Makes a writer of a dump with nothing in it. */
  public CoredumpWriter() {
    this(WriterOptions.DEFAULT);
  }

  /** Makes a writer of a dump with nothing in it. */
  public CoredumpWriter(WriterOptions options) {
    this.options = requireNonNull(options);
  }

  /**
   * Returns a writer of all that a dump holds, as the reader understood it: whatever dialect it was
   * written in, the copy is in that of the options, and sections of other tools come last. What the
   * dump does not say of its memories the copy does not say either; what was cut off is not
   * captured. The dump must stay open until the copy is written.
   *
   * @throws dev.wasmortem.bytes.FormatException if the dump is read strictly and damaged
   */
  public static CoredumpWriter copyOf(Coredump dump, WriterOptions options) {
    return copyOf(dump, options, DumpEdit.NONE);
  }

  /** Returns a writer as {@link #copyOf(Coredump, WriterOptions)}, of an edited copy. */
  public static CoredumpWriter copyOf(Coredump dump, WriterOptions options, DumpEdit edit) {
    return DumpCopy.of(dump, options, edit);
  }

  /** Sets the name of the program, empty if never set. */
  public CoredumpWriter executableName(String name) {
    content.executableName = requireNonNull(name);
    return this;
  }

  /** Adds a module and returns its index. */
  public int addModule(CoreModule module) {
    content.modules.add(requireNonNull(module));
    return content.modules.size() - 1;
  }

  /**
   * Gives a module's file. Where it goes, if anywhere, the options say; it is read when the dump is
   * written.
   *
   * @param module the module's index
   * @throws IllegalArgumentException if the file is larger than 1 GiB, which no engine takes
   */
  public CoredumpWriter moduleBytes(int module, ByteSource file) {
    if (file.size() > WriterLimits.MODULE_BYTES) {
      throw new IllegalArgumentException("a module of " + file.size() + " bytes");
    }
    content.moduleBytes.put(module, file);
    return this;
  }

  /** Adds an instance and returns its index. */
  public int addInstance(CoreInstance instance) {
    content.instances.add(requireNonNull(instance));
    return content.instances.size() - 1;
  }

  /**
   * Adds a memory, all of which is to be written, and returns its index, which every instance that
   * shares it is to name.
   *
   * @param type its type; the minimum is replaced by the size that {@code source} has when the dump
   *     is written
   */
  public int addMemory(MemoryType type, MemorySource source) {
    return addMemory(type, source, MemorySelection.all());
  }

  /**
   * Adds a memory and returns its index, which every instance that shares it is to name.
   *
   * @param type its type; the minimum is replaced by the size that {@code source} has when the dump
   *     is written
   * @param selection what of it is to be written
   */
  public int addMemory(MemoryType type, MemorySource source, MemorySelection selection) {
    return addMemory(new MemoryDraft(type, source, selection));
  }

  int addMemory(MemoryDraft memory) {
    MemorySelection selection = memory.selection();
    content.memories.add(
        new WriterContent.Memory(
            memory.type(),
            memory.source(),
            selection.selected(),
            selection.reason(),
            selection.first(),
            selection.states()));
    return content.memories.size() - 1;
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
    content.globals.add(GlobalEncoder.checked(new CoreGlobal(type, value)));
    return content.globals.size() - 1;
  }

  /** Adds a table and returns its index, which every instance that shares it is to name. */
  public int addTable(CoreTable table) {
    content.tables.add(requireNonNull(table));
    return content.tables.size() - 1;
  }

  /** Says what a part of a memory is for. */
  public CoredumpWriter addRegion(Region region) {
    content.regions.add(requireNonNull(region));
    return this;
  }

  /** Adds a thread and returns its index. */
  public int addThread(CoreThread thread) {
    content.threads.add(requireNonNull(thread));
    return content.threads.size() - 1;
  }

  /** Says why the program stopped. */
  public CoredumpWriter trap(Trap reason) {
    content.trap = requireNonNull(reason);
    return this;
  }

  /** Says what process died, and what ran it. */
  public CoredumpWriter process(ProcessInfo info) {
    content.process = requireNonNull(info);
    return this;
  }

  /** Says what is missing from the dump. */
  public CoredumpWriter note(Note note) {
    content.notes.add(requireNonNull(note));
    return this;
  }

  /** Adds a custom section of another tool; they come last, in this order. */
  public CoredumpWriter foreignSection(String name, ByteSource payload) {
    content.foreignSections.add(new WriterContent.ForeignSection(name, payload));
    return this;
  }

  /**
   * Writes the dump. The channel is not closed.
   *
   * @return what the dump says is missing from it: the notes that were given, and those that tell
   *     what the writer left out
   * @throws IOException if the channel fails; what was written then is the beginning of the dump
   */
  public List<Note> writeTo(WritableByteChannel channel) throws IOException {
    return writeTo(channel, WriterLimits.SECTION_BYTES);
  }

  /** Writes the dump with sections of at most {@code sectionBytes}. */
  List<Note> writeTo(WritableByteChannel channel, long sectionBytes) throws IOException {
    return new DumpOutput(content, options, sectionBytes).writeTo(channel);
  }
}
