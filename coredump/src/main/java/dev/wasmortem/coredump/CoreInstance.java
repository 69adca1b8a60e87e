package dev.wasmortem.coredump;

import java.util.List;

/**
 * An instance of a module (section {@code coreinstances}). The lists map the instance's own indices
 * (positions) to the dump's (values); two instances that share a memory name the same index of the
 * dump.
 *
 * @param module index in {@link Coredump#modules}
 * @param memories indices in {@link Coredump#memories}, or {@link #NOT_DUMPED}
 * @param globals indices in {@link Coredump#globals}, or {@link #NOT_DUMPED}
 */
public record CoreInstance(int module, List<Integer> memories, List<Integer> globals) {
  /** Stands for a memory or global that exists and is not in the dump: 2³²−1 in the file. */
  public static final int NOT_DUMPED = -1;

  /** Makes an instance; the lists are copied. */
  public CoreInstance {
    memories = List.copyOf(memories);
    globals = List.copyOf(globals);
  }
}
