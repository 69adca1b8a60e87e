package dev.wasmortem.wasm;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Cursor;
import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.bytes.FormatException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Names by index, as a name section holds them (appendix "custom sections"). Keeps where each name
 * stands; a name is decoded when it is asked for, verbatim but for bytes that are no UTF-8, which
 * become U+FFFD.
 *
 * <p>Indices may be sparse and, in damaged files, out of order or repeated: of several names for
 * one index the first counts.
 */
public final class NameMap {
  static final NameMap EMPTY =
      new NameMap(ByteSource.of("", new byte[0]), new int[0], new int[0], new int[0]);

  private final ByteSource bytes;
  private final int[] indices;
  private final int[] starts;
  private final int[] lengths;

  private NameMap(ByteSource bytes, int[] indices, int[] starts, int[] lengths) {
    this.bytes = bytes;
    this.indices = indices;
    this.starts = starts;
    this.lengths = lengths;
  }

  /** Reads a {@code namemap} as far as it goes, reporting what ends it early. */
  public static NameMap read(Cursor cursor, Diagnostic.Sink sink) {
    Builder builder = new Builder();
    try {
      // Not checked against what is left: a wrong count is no reason to give up the names.
      long count = cursor.u32();
      for (long i = 0; i < count; i++) {
        int index = cursor.index();
        int length = cursor.index();
        int start = (int) cursor.position();
        cursor.skip(length);
        builder.add(index, start, length);
      }
    } catch (FormatException e) {
      sink.report(Diagnostic.of("name-section-damaged", e));
    }
    return builder.build(cursor.source());
  }

  /** Returns the number of names. */
  public int size() {
    return indices.length;
  }

  private String nameAt(int position) {
    byte[] utf8 = new byte[lengths[position]];
    bytes.copyTo(starts[position], utf8, 0, utf8.length);
    return new String(utf8, StandardCharsets.UTF_8);
  }

  /** Returns the name of the thing at {@code index}, if it has one. */
  public Optional<String> get(int index) {
    int position = Arrays.binarySearch(indices, index);
    return position < 0 ? Optional.empty() : Optional.of(nameAt(position));
  }

  /** Collects entries; sorts them only when they turn out unsorted. */
  private static final class Builder {
    private int[] indices = new int[16];
    private int[] starts = new int[16];
    private int[] lengths = new int[16];
    private int size;
    private boolean sorted = true;

    void add(int index, int start, int length) {
      if (size == indices.length) {
        indices = Arrays.copyOf(indices, 2 * size);
        starts = Arrays.copyOf(starts, 2 * size);
        lengths = Arrays.copyOf(lengths, 2 * size);
      }
      sorted &= size == 0 || indices[size - 1] < index;
      indices[size] = index;
      starts[size] = start;
      lengths[size++] = length;
    }

    NameMap build(ByteSource bytes) {
      if (!sorted) {
        sort();
      }
      return new NameMap(
          bytes,
          Arrays.copyOf(indices, size),
          Arrays.copyOf(starts, size),
          Arrays.copyOf(lengths, size));
    }

    private void sort() {
      long[] keys = new long[size];
      for (int i = 0; i < size; i++) {
        keys[i] = (long) indices[i] << 32 | i;
      }
      Arrays.sort(keys);
      int[] oldStarts = starts.clone();
      int[] oldLengths = lengths.clone();
      int kept = 0;
      for (long key : keys) {
        int index = (int) (key >>> 32);
        if (kept > 0 && indices[kept - 1] == index) {
          continue;
        }
        indices[kept] = index;
        starts[kept] = oldStarts[(int) key];
        lengths[kept++] = oldLengths[(int) key];
      }
      size = kept;
    }
  }
}
