package dev.wasmortem.wasm;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Cursor;
import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.bytes.FormatException;
import java.util.Arrays;

/**
 * Where the bodies lie in a code section: two numbers a function. Offsets count from the section's
 * payload, whose size is a {@code u32}; they are kept as unsigned {@code int}.
 */
final class CodeIndex {
  private static final int MAX_BODIES = 1 << 28;

  private final ByteSource payload;
  private final int[] starts;
  private final int[] sizes;

  private CodeIndex(ByteSource payload, int[] starts, int[] sizes) {
    this.payload = payload;
    this.starts = starts;
    this.sizes = sizes;
  }

  static CodeIndex empty(ByteSource source) {
    return new CodeIndex(source.slice(0, 0), new int[0], new int[0]);
  }

  /** Indexes a code section; throws what is wrong with it. */
  static CodeIndex read(ByteSource payload) {
    return index(
        payload,
        error -> {
          throw error;
        });
  }

  /** Indexes a code section as far as it goes, clipping the body that runs past its end. */
  static CodeIndex salvage(ByteSource payload, Diagnostic.Sink sink) {
    return index(payload, error -> sink.report(Diagnostic.of("code-section-damaged", error)));
  }

  private interface OnError {
    void handle(FormatException error);
  }

  private static CodeIndex index(ByteSource payload, OnError onError) {
    Cursor cursor = payload.cursor().in("codesec");
    int[] starts = new int[0];
    int[] sizes = new int[0];
    int read = 0;
    try {
      long announced = cursor.u32();
      int count = (int) Math.min(announced, Math.min(cursor.remaining(), MAX_BODIES));
      if (announced > count) {
        onError.handle(
            new FormatException.Malformed(
                "a count of " + announced + " bodies cannot fit into the section", cursor.at(0)));
      }
      starts = new int[count];
      sizes = new int[count];
      for (; read < count; read++) {
        long size = cursor.u32();
        if (size > Integer.MAX_VALUE) {
          throw new FormatException.LimitExceeded("a body of " + size + " bytes", cursor.here());
        }
        starts[read] = (int) cursor.position();
        sizes[read] = (int) Math.min(size, cursor.remaining());
        if (size > cursor.remaining()) {
          read += cursor.atEnd() ? 0 : 1;
          cursor.skip(size);
        }
        cursor.skip(size);
      }
      if (!cursor.atEnd()) {
        throw cursor.malformed("section size mismatch: bytes after the last body");
      }
    } catch (FormatException e) {
      onError.handle(e);
    }
    return new CodeIndex(payload, Arrays.copyOf(starts, read), Arrays.copyOf(sizes, read));
  }

  int count() {
    return starts.length;
  }

  ByteSource payload() {
    return payload;
  }

  ByteSource body(int index) {
    return payload.slice(starts[index] & 0xffff_ffffL, sizes[index]);
  }

  /** Returns the index of the body that holds the payload's byte at {@code offset}, or -1. */
  int find(long offset) {
    int low = 0;
    int high = starts.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      long start = starts[middle] & 0xffff_ffffL;
      if (offset < start) {
        high = middle - 1;
      } else if (offset >= start + sizes[middle]) {
        low = middle + 1;
      } else {
        return middle;
      }
    }
    return -1;
  }
}
