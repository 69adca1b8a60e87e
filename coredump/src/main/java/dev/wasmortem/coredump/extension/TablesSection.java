package dev.wasmortem.coredump.extension;

import dev.wasmortem.bytes.ByteWriter;
import dev.wasmortem.bytes.Cursor;
import dev.wasmortem.coredump.CoreInstance;
import dev.wasmortem.coredump.CoreTable;
import dev.wasmortem.wasm.types.TableType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The tables, and which of them each instance has, in the order of {@code coreinstances}.
 *
 * <pre>
 * wasmortem.tables ::= 0x00 vec(table) instances:vec(tables:vec(u32))
 * table            ::= tabletype size:u64 vec(count:u64 reference)
 * </pre>
 *
 * The runs stand for the elements from the first on; those that they do not reach were not
 * captured. {@code tabletype} is the specification's (§5.3.13), {@code reference} that of {@link
 * TypedValue}. An instance's list maps its own table indices (positions) to those here (values),
 * 2³²−1 being a table that is not in the dump.
 */
public final class TablesSection {
  /** The section's name. */
  public static final String NAME = "wasmortem.tables";

  private TablesSection() {}

  /** Returns the payload. */
  public static ByteWriter write(List<CoreTable> tables, List<CoreInstance> instances) {
    ByteWriter out = Extension.payload().unsigned(tables.size());
    for (CoreTable table : tables) {
      table.type().writeTo(out);
      out.unsigned(table.size()).unsigned(table.runs().size());
      for (CoreTable.Run run : table.runs()) {
        TypedValue.write(out.unsigned(run.count()), run.element());
      }
    }
    out.unsigned(instances.size());
    for (CoreInstance instance : instances) {
      out.unsigned(instance.tables().size());
      instance.tables().forEach(index -> Extension.writeIndex(out, index));
    }
    return out;
  }

  /** Reads what follows the version. */
  public static void read(
      Cursor cursor, Consumer<CoreTable> tables, Consumer<List<Integer>> instances) {
    long count = cursor.in("tables").u32();
    for (long i = 0; i < count; i++) {
      tables.accept(table(cursor));
    }
    long instanceCount = cursor.in("tables.instances").u32();
    for (long i = 0; i < instanceCount; i++) {
      long length = cursor.u32();
      List<Integer> indices = new ArrayList<>();
      for (long j = 0; j < length; j++) {
        indices.add(Extension.indexOrNone(cursor));
      }
      instances.accept(List.copyOf(indices));
    }
  }

  private static CoreTable table(Cursor cursor) {
    TableType type = TableType.read(cursor.in("table.type"));
    long size = cursor.in("table.size").u64();
    long left = size;
    long runCount = cursor.in("table.runs").u32();
    List<CoreTable.Run> runs = new ArrayList<>();
    for (long i = 0; i < runCount; i++) {
      long count = cursor.u64();
      if (count <= 0 || Long.compareUnsigned(count, left) > 0) {
        throw cursor.malformed(
            "a run of "
                + Long.toUnsignedString(count)
                + " elements where "
                + Long.toUnsignedString(left)
                + " are left");
      }
      left -= count;
      runs.add(new CoreTable.Run(count, TypedValue.readReference(cursor)));
    }
    return new CoreTable(type, size, runs);
  }
}
