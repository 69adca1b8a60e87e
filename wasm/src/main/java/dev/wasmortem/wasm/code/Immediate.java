package dev.wasmortem.wasm.code;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An immediate of an instruction: how it is written, and what it counts if it is an index. */
public enum Immediate {
  TYPE(Encoding.U32, IndexSpace.TYPE),
  FUNCTION(Encoding.U32, IndexSpace.FUNCTION),
  TABLE(Encoding.U32, IndexSpace.TABLE),
  MEMORY(Encoding.U32, IndexSpace.MEMORY),
  GLOBAL(Encoding.U32, IndexSpace.GLOBAL),
  TAG(Encoding.U32, IndexSpace.TAG),
  ELEMENT(Encoding.U32, IndexSpace.ELEMENT),
  DATA(Encoding.U32, IndexSpace.DATA),
  LOCAL(Encoding.U32, IndexSpace.LOCAL),
  LABEL(Encoding.U32, IndexSpace.LABEL),
  FIELD(Encoding.U32, IndexSpace.FIELD),
  /** How many elements {@code array.new_fixed} takes. */
  COUNT(Encoding.U32),
  I32(Encoding.S32),
  I64(Encoding.S64),
  F32(Encoding.BITS_32),
  F64(Encoding.BITS_64),
  V128(Encoding.BITS_128),
  /** The sixteen lanes of {@code i8x16.shuffle}. */
  LANES(Encoding.BITS_128),
  /** A lane of sixteen, and so on. */
  LANE_16(Encoding.BYTE, 16),
  LANE_8(Encoding.BYTE, 8),
  LANE_4(Encoding.BYTE, 4),
  LANE_2(Encoding.BYTE, 2),
  /** A byte that is 0. */
  ZERO(Encoding.ZERO),
  /** {@code castop}: bit 0 and bit 1 say whether the two heap types that follow may be null. */
  CAST_FLAGS(Encoding.CAST_FLAGS),
  BLOCK_TYPE(Encoding.BLOCK_TYPE),
  HEAP_TYPE(Encoding.HEAP_TYPE),
  /** The types of {@code select}. */
  VALUE_TYPES(Encoding.VALUE_TYPES),
  /** The targets of {@code br_table}, the default last. */
  LABELS(Encoding.LABELS),
  /** The clauses of {@code try_table}. */
  CATCHES(Encoding.CLAUSES),
  /** The clauses of {@code resume}. */
  HANDLERS(Encoding.CLAUSES),
  /** A memory argument of an access to one byte, and so on. */
  MEMARG_1(Encoding.MEMARG, 1),
  MEMARG_2(Encoding.MEMARG, 2),
  MEMARG_4(Encoding.MEMARG, 4),
  MEMARG_8(Encoding.MEMARG, 8),
  MEMARG_16(Encoding.MEMARG, 16);

  private final Encoding encoding;
  private final @Nullable IndexSpace space;
  private final int size;

  /** How an immediate is written. */
  public enum Encoding {
    U32,
    S32,
    S64,
    /** Four bytes, little-endian. */
    BITS_32,
    /** Eight bytes, little-endian. */
    BITS_64,
    /** Sixteen bytes. */
    BITS_128,
    BYTE,
    /** A byte that must be 0. */
    ZERO,
    /** A byte of two flags. */
    CAST_FLAGS,
    /** An {@code s33} or a value type (§5.4.1). */
    BLOCK_TYPE,
    /** An {@code s33} (§5.3.3). */
    HEAP_TYPE,
    /** A {@code vec} of value types. */
    VALUE_TYPES,
    /** A {@code vec} of {@code u32} and one {@code u32} more. */
    LABELS,
    /** A {@code vec} of a byte for the kind, a tag for the kinds that have one, and a label. */
    CLAUSES,
    /** Alignment with flags, the memory if a flag says so, offset (§5.4.6). */
    MEMARG
  }

  Immediate(Encoding encoding) {
    this(encoding, null, 0);
  }

  Immediate(Encoding encoding, IndexSpace space) {
    this(encoding, space, 0);
  }

  Immediate(Encoding encoding, int size) {
    this(encoding, null, size);
  }

  Immediate(Encoding encoding, @Nullable IndexSpace space, int size) {
    this.encoding = encoding;
    this.space = space;
    this.size = size;
  }

  /** Returns how it is written. */
  public Encoding encoding() {
    return encoding;
  }

  /** Returns what it counts, if it is an index and nothing else. */
  public Optional<IndexSpace> space() {
    return Optional.ofNullable(space);
  }

  /**
   * Returns, of a memory argument, the number of bytes accessed, which is the largest alignment
   * allowed; of a lane, the number of lanes; else 0.
   */
  public int size() {
    return size;
  }
}
