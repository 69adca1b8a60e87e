package dev.wasmortem.wasm;

import dev.wasmortem.bytes.ByteSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A data segment (§5.5.15). */
public final class DataSegment {
  private final int index;
  private final int memory;
  private final @Nullable ConstExpr offset;
  private final ByteSource bytes;
  private final long announcedSize;

  /** When a segment's bytes are copied into a memory. */
  public enum Mode {
    /** At instantiation. */
    ACTIVE,
    /** When an instruction asks for it. */
    PASSIVE
  }

  DataSegment(
      int index, int memory, @Nullable ConstExpr offset, ByteSource bytes, long announcedSize) {
    this.index = index;
    this.memory = memory;
    this.offset = offset;
    this.bytes = bytes;
    this.announcedSize = announcedSize;
  }

  /** Returns its index among the module's data segments. */
  public int index() {
    return index;
  }

  /** Returns when it is copied. */
  public Mode mode() {
    return offset == null ? Mode.PASSIVE : Mode.ACTIVE;
  }

  /** Returns the memory that an active segment belongs to; 0 for passive ones. */
  public int memory() {
    return memory;
  }

  /** Returns the address that an active segment is copied to. */
  public Optional<ConstExpr> offset() {
    return Optional.ofNullable(offset);
  }

  /** Returns the bytes: a view. */
  public ByteSource bytes() {
    return bytes;
  }

  /** Returns the size that the segment announces; more than it has in a salvaged module only. */
  public long announcedSize() {
    return announcedSize;
  }
}
