package dev.wasmortem.coredump;

import dev.wasmortem.bytes.ByteSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is to be another way in a copy of a dump ({@link CoredumpWriter#copyOf(Coredump,
 * WriterOptions, DumpEdit)}). Each method is asked once, with what the dump has, and returns what
 * the copy is to have; as they are, nothing changes. Indices from one part to another are not
 * mended: who takes an element away changes what names it.
 */
public interface DumpEdit {
  /** Changes nothing. */
  DumpEdit NONE = new DumpEdit() {};

  /** Returns the name of the program. */
  default String executableName(String name) {
    return name;
  }

  /** Returns the modules. */
  default List<CoreModule> modules(List<CoreModule> modules) {
    return modules;
  }

  /** Returns the instances. */
  default List<CoreInstance> instances(List<CoreInstance> instances) {
    return instances;
  }

  /** Returns the threads. */
  default List<CoreThread> threads(List<CoreThread> threads) {
    return threads;
  }

  /** Returns the memories: what is read from them, and what of them is written. */
  default List<MemoryDraft> memories(List<MemoryDraft> memories) {
    return memories;
  }

  /** Returns the globals, the values of their types. */
  default List<CoreGlobal> globals(List<CoreGlobal> globals) {
    return globals;
  }

  /** Returns the tables. */
  default List<CoreTable> tables(List<CoreTable> tables) {
    return tables;
  }

  /** Returns the regions. */
  default List<Region> regions(List<Region> regions) {
    return regions;
  }

  /** Returns why the program stopped; null stands for not known. */
  default @Nullable Trap trap(@Nullable Trap trap) {
    return trap;
  }

  /** Returns what process died; null stands for not known. */
  default @Nullable ProcessInfo process(@Nullable ProcessInfo process) {
    return process;
  }

  /** Returns the notes. */
  default List<Note> notes(List<Note> notes) {
    return notes;
  }

  /** Returns a module's file, empty if the copy is not to have it. */
  default Optional<ByteSource> moduleBytes(int module, ByteSource file) {
    return Optional.of(file);
  }

  /** Returns what a custom section that is none of a dump's holds, empty if it is to go. */
  default Optional<ByteSource> foreignSection(String name, ByteSource payload) {
    return Optional.of(payload);
  }
}
