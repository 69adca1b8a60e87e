package dev.wasmortem.capture;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What to write of a crash, where, and whom to tell. Immutable. */
public final class CaptureOptions {
  private final DumpSink sink;
  private final Contents contents;
  private final FrameLimit frames;
  private final CaptureListener listener;
  private final @Nullable String executable;

  private CaptureOptions(Builder builder) {
    this.sink = builder.sink;
    this.contents = builder.contents;
    this.frames = builder.frames;
    this.listener = builder.listener;
    this.executable = builder.executable;
  }

  /** Starts options. As they are, dumps with memories go to files {@value CorePattern#DEFAULT}. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Returns options for files of a pattern.
   *
   * @throws IllegalArgumentException if it is no {@link CorePattern}
   */
  public static CaptureOptions toFiles(String pattern) {
    return builder().sink(DumpSink.files(CorePattern.parse(pattern))).build();
  }

  /** Returns where dumps go. */
  public DumpSink sink() {
    return sink;
  }

  /** Returns how much is dumped. */
  public Contents contents() {
    return contents;
  }

  /** Returns how many frames are kept. */
  public FrameLimit frames() {
    return frames;
  }

  /** Returns who is told. */
  public CaptureListener listener() {
    return listener;
  }

  /** Returns what the dump calls the executable; empty: the module that was entered first. */
  public Optional<String> executable() {
    return Optional.ofNullable(executable);
  }

  /** Collects options. */
  public static final class Builder {
    private DumpSink sink = DumpSink.files(CorePattern.parse(CorePattern.DEFAULT));
    private Contents contents = Contents.STACKS_AND_MEMORIES;
    private FrameLimit frames = FrameLimit.DEFAULT;
    private CaptureListener listener = CaptureListener.NONE;
    private @Nullable String executable;

    private Builder() {}

    /** Sets where dumps go. */
    public Builder sink(DumpSink value) {
      sink = value;
      return this;
    }

    /** Sets how much is dumped. */
    public Builder contents(Contents value) {
      contents = value;
      return this;
    }

    /** Sets how many frames are kept. */
    public Builder frames(FrameLimit value) {
      frames = value;
      return this;
    }

    /** Sets who is told. */
    public Builder listener(CaptureListener value) {
      listener = value;
      return this;
    }

    /** Sets what the dump calls the executable. */
    public Builder executable(String value) {
      executable = value;
      return this;
    }

    /** Returns the options. */
    public CaptureOptions build() {
      return new CaptureOptions(this);
    }
  }
}
