package dev.wasmortem.wasm;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Cursor;
import dev.wasmortem.wasm.types.ExternKind;
import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;

/**
 * Exports as numbers: where each stands, as an unsigned offset in the section's payload. Linkers
 * export thousands of functions under long names; an export is decoded when it is asked for.
 */
final class ExportList extends AbstractList<Export> implements RandomAccess {
  private final ByteSource payload;
  private final int[] starts;

  private ExportList(ByteSource payload, int[] starts) {
    this.payload = payload;
    this.starts = starts;
  }

  /** Returns the exports that {@link #pass} has read in a payload. */
  static List<Export> of(ByteSource payload, List<Integer> starts) {
    return new ExportList(payload, starts.stream().mapToInt(Integer::intValue).toArray());
  }

  /** Reads an export for what may be wrong with it; returns where it stands. */
  static int pass(Cursor cursor) {
    int start = (int) cursor.position();
    read(cursor);
    return start;
  }

  private static Export read(Cursor cursor) {
    String name = cursor.name();
    ExternKind kind = ExternKind.read(cursor);
    return new Export(name, kind, cursor.index());
  }

  @Override
  public Export get(int position) {
    return read(payload.cursor(starts[position] & 0xffff_ffffL).in("exportsec"));
  }

  @Override
  public int size() {
    return starts.length;
  }
}
