package dev.wasmortem.coredump;

import dev.wasmortem.wasm.types.MemoryType;
import dev.wasmortem.wasm.types.MemoryType.Sharing;
import java.util.ArrayList;
import java.util.List;

/**
 * An instance of a module (section {@code coreinstances}; its tables are in our section {@code
 * wasmortem.tables}). The lists map the instance's own indices (positions) to the dump's (values);
 * two instances that share a memory name the same index of the dump.
 *
 * @param module index in {@link Coredump#modules}
 * @param memories indices in {@link Coredump#memories}, or {@link #NOT_DUMPED}
 * @param globals indices in {@link Coredump#globals}, or {@link #NOT_DUMPED}
 * @param tables indices in {@link Coredump#tables}, or {@link #NOT_DUMPED}
 */
public record CoreInstance(
    int module, List<Integer> memories, List<Integer> globals, List<Integer> tables) {
  /** Stands for a memory, global or table that exists and is not in the dump: 2³²−1 in the file. */
  public static final int NOT_DUMPED = -1;

  /** Makes an instance; the lists are copied. */
  public CoreInstance {
    memories = List.copyOf(memories);
    globals = List.copyOf(globals);
    tables = List.copyOf(tables);
  }

  /** Makes an instance of whose tables the dump says nothing. */
  public CoreInstance(int module, List<Integer> memories, List<Integer> globals) {
    this(module, memories, globals, List.of());
  }

  /**
   * Returns this instance's memories by its module's own indices. That is {@link #memories} itself,
   * but for Wasmtime's way with shared memories: it drops them from the list, which shifts those
   * after them. A list that is as long as the module's unshared memories is taken for one of those.
   *
   * @param types the types of the module's memories, imported ones first
   */
  public List<Integer> memoriesOf(List<MemoryType> types) {
    long unshared = types.stream().filter(type -> type.sharing() == Sharing.UNSHARED).count();
    if (memories.size() == types.size() || memories.size() != unshared) {
      return memories;
    }
    List<Integer> all = new ArrayList<>();
    int next = 0;
    for (MemoryType type : types) {
      all.add(
          type.sharing() == Sharing.SHARED ? Integer.valueOf(NOT_DUMPED) : memories.get(next++));
    }
    return List.copyOf(all);
  }
}
