package dev.wasmortem.coredump.write;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.coredump.AddressRange;
import dev.wasmortem.coredump.CoreGlobal;
import dev.wasmortem.coredump.CoreInstance;
import dev.wasmortem.coredump.CoreModule;
import dev.wasmortem.coredump.CoreTable;
import dev.wasmortem.coredump.CoreThread;
import dev.wasmortem.coredump.MemoryRange;
import dev.wasmortem.coredump.MemorySource;
import dev.wasmortem.coredump.Note;
import dev.wasmortem.coredump.ProcessInfo;
import dev.wasmortem.coredump.Region;
import dev.wasmortem.coredump.Trap;
import dev.wasmortem.wasm.types.MemoryType;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a dump is to hold, as a {@link dev.wasmortem.coredump.CoredumpWriter} gathers it. */
public final class WriterContent {
  public String executableName = "";
  public final List<CoreModule> modules = new ArrayList<>();
  public final List<CoreInstance> instances = new ArrayList<>();
  public final List<CoreThread> threads = new ArrayList<>();
  public final List<Memory> memories = new ArrayList<>();
  public final List<CoreGlobal> globals = new ArrayList<>();
  public final List<CoreTable> tables = new ArrayList<>();
  public final List<Region> regions = new ArrayList<>();
  public final List<Note> notes = new ArrayList<>();
  public final TreeMap<Integer, ByteSource> moduleBytes = new TreeMap<>();
  public final List<ForeignSection> foreignSections = new ArrayList<>();
  public @Nullable Trap trap;
  public @Nullable ProcessInfo process;

  /** A custom section that is none of a dump's. */
  public record ForeignSection(String name, ByteSource payload) {}

  /**
   * A memory.
   *
   * @param type its type; the minimum is replaced by the size that {@code source} has when the dump
   *     is written
   * @param source its bytes
   * @param selected the ranges that go into the dump, null if everything does
   * @param reason why not more
   * @param first ranges that are left out last
   * @param states what is known of ranges before
   */
  public record Memory(
      MemoryType type,
      MemorySource source,
      @Nullable List<AddressRange> selected,
      String reason,
      List<AddressRange> first,
      List<MemoryRange> states) {}
}
