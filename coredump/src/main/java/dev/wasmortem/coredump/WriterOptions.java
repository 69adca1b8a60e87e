package dev.wasmortem.coredump;

import static java.util.Objects.requireNonNull;

import dev.wasmortem.coredump.Dialect.InstanceIndex;
import dev.wasmortem.coredump.Dialect.Integers;
import dev.wasmortem.coredump.Dialect.Layout;
import dev.wasmortem.coredump.write.WriterLimits;

/** How a dump is written. Immutable. */
public final class WriterOptions {
  /**
   * The convention to the letter, of any size, with the modules' files that the writer is given.
   */
  public static final WriterOptions DEFAULT = builder().build();

  /** How many segments there are at most if nothing else is said. */
  public static final int DEFAULT_SEGMENTS = 10_000;

  /** How many segments other readers take. */
  public static final int MOST_SEGMENTS = 100_000;

  /** Where the modules' files go. */
  public enum ModuleBytes {
    /** Compressed, into our sections {@code wasmortem.module-bytes}, which other readers skip. */
    EXTENSION,
    /**
     * Into the section {@code coremodules}, as was once proposed ({@code 0x01}); other readers
     * refuse it. A module that is written so has no name but its own.
     */
    INLINE,
    /** Nowhere. */
    NONE
  }

  /** What becomes of memory that a section has no room for: it holds less than 4 GiB. */
  public enum Overflow {
    /** It goes to our sections {@code wasmortem.data}, which other readers skip. */
    EXTENSION_SECTIONS,
    /** It is left out, and a note says so. */
    LEAVE_OUT
  }

  private final Integers integers;
  private final Layout layout;
  private final InstanceIndex instanceIndex;
  private final ModuleBytes moduleBytes;
  private final Overflow overflow;
  private final long maxBytes;
  private final int maxSegments;

  private WriterOptions(Builder builder) {
    this.integers = builder.integers;
    this.layout = builder.layout;
    this.instanceIndex = builder.instanceIndex;
    this.moduleBytes = builder.moduleBytes;
    this.overflow = builder.overflow;
    this.maxBytes = builder.maxBytes;
    this.maxSegments = builder.maxSegments;
  }

  /** Returns a builder of the {@link #DEFAULT}. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns how {@code i32} and {@code i64} are written in frames. */
  public Integers integers() {
    return integers;
  }

  /** Returns where a frame's counts stand. */
  public Layout layout() {
    return layout;
  }

  /** Returns whether a frame names its instance. */
  public InstanceIndex instanceIndex() {
    return instanceIndex;
  }

  /** Returns where the modules' files go. */
  public ModuleBytes moduleBytes() {
    return moduleBytes;
  }

  /** Returns what becomes of memory that a section has no room for. */
  public Overflow overflow() {
    return overflow;
  }

  /** Returns how many bytes the dump may have, 2⁶³−1 if any number. */
  public long maxBytes() {
    return maxBytes;
  }

  /** Returns how many data segments the dump may have. */
  public int maxSegments() {
    return maxSegments;
  }

  /** Gathers options; what is not set is the {@link #DEFAULT}. Not thread-safe. */
  public static final class Builder {
    private Integers integers = Integers.LEB;
    private Layout layout = Layout.SEPARATE;
    private InstanceIndex instanceIndex = InstanceIndex.PRESENT;
    private ModuleBytes moduleBytes = ModuleBytes.EXTENSION;
    private Overflow overflow = Overflow.EXTENSION_SECTIONS;
    private long maxBytes = Long.MAX_VALUE;
    private int maxSegments = DEFAULT_SEGMENTS;

    private Builder() {}

    /** Sets how {@code i32} and {@code i64} are written in frames. */
    public Builder integers(Integers encoding) {
      integers = requireNonNull(encoding);
      return this;
    }

    /**
     * Sets where a frame's counts stand.
     *
     * @throws IllegalArgumentException if it is the layout without operands, which says less than
     *     was captured
     */
    public Builder layout(Layout order) {
      if (order == Layout.LOCALS_ONLY) {
        throw new IllegalArgumentException("frames without operands are not written");
      }
      layout = requireNonNull(order);
      return this;
    }

    /** Sets whether a frame names its instance; without, all frames seem to be of the first. */
    public Builder instanceIndex(InstanceIndex presence) {
      instanceIndex = requireNonNull(presence);
      return this;
    }

    /** Sets where the modules' files go that the writer is given. */
    public Builder moduleBytes(ModuleBytes place) {
      moduleBytes = requireNonNull(place);
      return this;
    }

    /** Sets what becomes of memory that a section has no room for. */
    public Builder overflow(Overflow place) {
      overflow = requireNonNull(place);
      return this;
    }

    /**
     * Sets how many bytes the dump may have. When that is too few, the modules' files are left out
     * first, then memory from its end, and those ranges last that were to be kept {@linkplain
     * MemorySelection#first first}. Everything else, the stacks above all, is written whatever it
     * takes.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public Builder maxBytes(long bytes) {
      if (bytes < 0) {
        throw new IllegalArgumentException(bytes + " bytes");
      }
      maxBytes = bytes;
      return this;
    }

    /**
     * Sets how many data segments the dump may have. Each memory needs one at least. The default
     * gives way, up to {@link #MOST_SEGMENTS}, where parts of memories are not in the dump:
     * segments would have to reach over them.
     *
     * @throws IllegalArgumentException if they are more than other readers take ({@link
     *     #MOST_SEGMENTS}), or fewer than a dump may have memories (100)
     */
    public Builder maxSegments(int count) {
      if (count < WriterLimits.MEMORIES || count > MOST_SEGMENTS) {
        throw new IllegalArgumentException(count + " segments");
      }
      maxSegments = count;
      return this;
    }

    /** Returns the options. */
    public WriterOptions build() {
      return new WriterOptions(this);
    }
  }
}
