package dev.wasmortem.wasm;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Cursor;
import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.bytes.FormatException;
import java.util.Arrays;

/**
 * Names by two indices, as locals by function: keeps where each function's names stand and decodes
 * them when asked. Of several maps for one index the last counts.
 */
public final class IndirectNameMap {
  static final IndirectNameMap EMPTY =
      new IndirectNameMap(ByteSource.of("", new byte[0]), new long[0]);

  private final ByteSource bytes;

  /** The index in the upper half, the position of its map in the lower; in rising order. */
  private final long[] maps;

  private IndirectNameMap(ByteSource bytes, long[] maps) {
    this.bytes = bytes;
    this.maps = maps;
  }

  /** Reads an {@code indirectnamemap} as far as it goes, reporting what ends it early. */
  static IndirectNameMap read(Cursor cursor, Diagnostic.Sink sink) {
    long[] maps = new long[16];
    int size = 0;
    try {
      long count = cursor.u32();
      for (long i = 0; i < count; i++) {
        long index = cursor.index();
        long start = cursor.position();
        long names = cursor.u32();
        if (size == maps.length) {
          maps = Arrays.copyOf(maps, 2 * size);
        }
        maps[size++] = index << 32 | start;
        for (long j = 0; j < names; j++) {
          cursor.index();
          cursor.skip(cursor.u32());
        }
      }
    } catch (FormatException e) {
      sink.report(Diagnostic.of("name-section-damaged", e));
    }
    maps = Arrays.copyOf(maps, size);
    Arrays.sort(maps);
    return new IndirectNameMap(cursor.source(), maps);
  }

  /** Returns the names within the thing at {@code index}; empty if there are none. */
  public NameMap get(int index) {
    int found = -Arrays.binarySearch(maps, (index + 1L) << 32) - 2;
    if (found < 0 || maps[found] >>> 32 != index) {
      return NameMap.EMPTY;
    }
    Cursor cursor = bytes.cursor(maps[found] & 0xffff_ffffL).in("name");
    return NameMap.read(cursor, Diagnostic.Sink.IGNORE);
  }
}
