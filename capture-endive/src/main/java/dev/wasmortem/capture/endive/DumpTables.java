package dev.wasmortem.capture.endive;

import dev.wasmortem.coredump.CoreTable;
import dev.wasmortem.coredump.Value;
import dev.wasmortem.wasm.types.AddressType;
import dev.wasmortem.wasm.types.RefType;
import dev.wasmortem.wasm.types.SizeLimits;
import dev.wasmortem.wasm.types.TableType;
import java.util.ArrayList;
import java.util.List;
import run.endive.runtime.Instance;
import run.endive.runtime.TableInstance;
import run.endive.wasm.types.TableLimits;
import run.endive.wasm.types.TypeSection;

/** Reads tables, equal elements in a row together. */
final class DumpTables {
  /** More runs than this are not kept: a table of 10,000,000 different elements tells no more. */
  static final int MAX_RUNS = 1_000_000;

  private final References references;

  DumpTables(References references) {
    this.references = references;
  }

  /**
   * Reads a table.
   *
   * @param owner an instance that has it, by preference the one that defines it: an element without
   *     an instance is that one's
   */
  CoreTable read(TableInstance table, Instance owner) {
    TypeSection types = owner.module().typeSection();
    RefType element = References.referenceType(table.elementType(), types);
    TableLimits limits = table.limits();
    SizeLimits sizes =
        limits.max() >= TableLimits.LIMIT_MAX
            ? SizeLimits.atLeast(limits.min())
            : SizeLimits.between(limits.min(), limits.max());
    return new CoreTable(
        new TableType(element, sizes, AddressType.I32), table.size(), runs(table, element, owner));
  }

  private List<CoreTable.Run> runs(TableInstance table, RefType type, Instance owner) {
    List<CoreTable.Run> runs = new ArrayList<>();
    int size = table.size();
    for (int i = 0; i < size && runs.size() < MAX_RUNS; ) {
      Value.Reference element = element(table, i, type, owner);
      int end = i + 1;
      while (end < size && element.equals(element(table, end, type, owner))) {
        end++;
      }
      runs.add(new CoreTable.Run(end - i, element));
      i = end;
    }
    return runs;
  }

  private Value.Reference element(TableInstance table, int i, RefType type, Instance owner) {
    if (!References.isFunction(type)) {
      return References.object(type.heapType(), table.objRef(i));
    }
    Instance instance = table.instance(i);
    return references.function(type.heapType(), instance == null ? owner : instance, table.ref(i));
  }
}
