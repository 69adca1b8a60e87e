package dev.wasmortem.coredump;

import dev.wasmortem.bytes.ByteSource;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a dump is to hold, as a {@link CoredumpWriter} gathers it. */
final class WriterContent {
  String executableName = "";
  final List<CoreModule> modules = new ArrayList<>();
  final List<CoreInstance> instances = new ArrayList<>();
  final List<CoreThread> threads = new ArrayList<>();
  final List<MemoryDraft> memories = new ArrayList<>();
  final List<CoreGlobal> globals = new ArrayList<>();
  final List<CoreTable> tables = new ArrayList<>();
  final List<Region> regions = new ArrayList<>();
  final List<Note> notes = new ArrayList<>();
  final TreeMap<Integer, ByteSource> moduleBytes = new TreeMap<>();
  final List<ForeignSection> foreignSections = new ArrayList<>();
  @Nullable Trap trap;
  @Nullable ProcessInfo process;

  /** A custom section that is none of a dump's. */
  record ForeignSection(String name, ByteSource payload) {}
}
