package dev.wasmortem.wasm;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Cursor;
import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.bytes.FormatException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Walks the data segments of a module once, reading headers only: one segment is read at each
 * {@link #next}. Of a strictly read module, {@link #hasNext} and {@link #next} throw {@link
 * FormatException} where the section is damaged; of a salvaged one, the walk clips the segment that
 * runs past the end and stops there, with a diagnostic. Not thread-safe.
 */
public final class DataSegments implements Iterator<DataSegment> {
  private static final int PASSIVE = 1;
  private static final int EXPLICIT_MEMORY = 2;

  private final Cursor cursor;
  private final Diagnostic.@Nullable Sink sink;
  private final long count;
  private int read;
  private @Nullable DataSegment next;
  private boolean over;

  /** Walks a Data section's payload; reports to {@code sink} if there is one, else throws. */
  DataSegments(ByteSource payload, Diagnostic.@Nullable Sink sink) {
    this.cursor = payload.cursor().in("datasec");
    this.sink = sink;
    this.count = payload.size() == 0 ? 0 : readCount();
  }

  /**
   * Walks what is written as the payload of a Data section and stands elsewhere, as far as it goes.
   */
  public static DataSegments salvage(ByteSource payload, Diagnostic.Sink sink) {
    return new DataSegments(payload, sink);
  }

  private long readCount() {
    try {
      return cursor.u32();
    } catch (FormatException e) {
      stop(e);
      return 0;
    }
  }

  private void stop(FormatException error) {
    over = true;
    if (sink == null) {
      throw error;
    }
    sink.report(Diagnostic.of("data-section-damaged", error));
  }

  @Override
  public boolean hasNext() {
    if (next == null && !over) {
      try {
        advance();
      } catch (FormatException e) {
        stop(e);
      }
    }
    return next != null;
  }

  private void advance() {
    if (read == count) {
      over = true;
      if (!cursor.atEnd()) {
        throw cursor.in("datasec").malformed("section size mismatch: bytes after the last segment");
      }
      return;
    }
    cursor.in("data");
    long start = cursor.position();
    long flags = cursor.u32();
    if (flags > EXPLICIT_MEMORY) {
      throw new FormatException.Malformed("data segment flags " + flags, cursor.at(start));
    }
    int memory = flags == EXPLICIT_MEMORY ? cursor.index() : 0;
    ConstExpr offset = flags == PASSIVE ? null : ConstExpr.read(cursor.in("data.offset"));
    cursor.in("data.init");
    long size = cursor.u32();
    if (size > cursor.remaining() && sink != null) {
      sink.report(
          new Diagnostic(
              "data-segment-truncated",
              cursor.here(),
              "segment " + read + " has " + cursor.remaining() + " of its " + size + " bytes"));
      next = new DataSegment(read++, memory, offset, cursor.take(cursor.remaining()), size);
      over = true;
      return;
    }
    next = new DataSegment(read++, memory, offset, cursor.take(size), size);
  }

  @Override
  public DataSegment next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    DataSegment segment = next;
    next = null;
    if (segment == null) {
      throw new NoSuchElementException();
    }
    return segment;
  }
}
