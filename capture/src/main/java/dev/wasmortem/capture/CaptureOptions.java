package dev.wasmortem.capture;

import dev.wasmortem.coredump.ProcessInfo;
import dev.wasmortem.coredump.WriterOptions.ModuleBytes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What to write of a crash, where, and whom to tell. Immutable. */
public final class CaptureOptions {
  private final DumpSink sink;
  private final Contents contents;
  private final FrameLimit frames;
  private final CaptureListener listener;
  private final @Nullable String executable;
  private final Predicate<MemoryCandidate> memories;
  private final long maxBytes;
  private final ModuleBytes moduleBytes;
  private final Duration waitForThreads;
  private final @Nullable List<String> arguments;
  private final @Nullable List<String> environment;

  private CaptureOptions(Builder builder) {
    this.sink = builder.sink;
    this.contents = builder.contents;
    this.frames = builder.frames;
    this.listener = builder.listener;
    this.executable = builder.executable;
    this.memories = builder.memories;
    this.maxBytes = builder.maxBytes;
    this.moduleBytes = builder.moduleBytes;
    this.waitForThreads = builder.waitForThreads;
    this.arguments = builder.arguments;
    this.environment = builder.environment;
  }

  /**
   * Starts options. As they are, dumps with all memories, of any size, without the modules' files,
   * arguments and environment, go to files {@value CorePattern#DEFAULT}.
   */
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

  /** Returns which memories are dumped, as far as {@link #contents} has it. */
  public Predicate<MemoryCandidate> memories() {
    return memories;
  }

  /** Returns how large a dump may be, {@link Long#MAX_VALUE} if there is no limit. */
  public long maxBytes() {
    return maxBytes;
  }

  /** Returns for how long a dump waits for other threads, zero if it does not. */
  public Duration waitForThreads() {
    return waitForThreads;
  }

  /** Returns where the modules' files go. */
  public ModuleBytes moduleBytes() {
    return moduleBytes;
  }

  /**
   * Returns what a dump says of the process that ran the guest: the runtime, this host, this
   * process, the time, and the arguments and the environment if they were given to the options.
   *
   * @param runtime the runtime's name, as {@code endive}
   * @param version its version, empty if it is not known
   */
  public ProcessInfo process(Crash crash, String runtime, String version) {
    ProcessInfo.Builder process = ProcessInfo.builder().runtime(runtime).time(crash.time());
    process.pid(ProcessHandle.current().pid());
    if (!version.isEmpty()) {
      process.runtimeVersion(version);
    }
    if (!HostName.VALUE.isEmpty()) {
      process.host(HostName.VALUE);
    }
    if (arguments != null) {
      process.arguments(arguments);
    }
    if (environment != null) {
      process.environment(environment);
    }
    return process.build();
  }

  /** Collects options. */
  public static final class Builder {
    private DumpSink sink = DumpSink.files(CorePattern.parse(CorePattern.DEFAULT));
    private Contents contents = Contents.STACKS_AND_MEMORIES;
    private FrameLimit frames = FrameLimit.DEFAULT;
    private CaptureListener listener = CaptureListener.NONE;
    private @Nullable String executable;
    private Predicate<MemoryCandidate> memories = memory -> true;
    private long maxBytes = Long.MAX_VALUE;
    private ModuleBytes moduleBytes = ModuleBytes.NONE;
    private Duration waitForThreads = Duration.ZERO;
    private @Nullable List<String> arguments;
    private @Nullable List<String> environment;

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

    /**
     * Sets which memories are dumped. Whatever the answer, a dump says that there is the memory,
     * and how large it is.
     */
    public Builder memories(Predicate<MemoryCandidate> value) {
      memories = value;
      return this;
    }

    /**
     * Sets how large a dump may be. One that would be larger keeps the stacks, then the memory that
     * {@link Contents#STACKS_AND_POINTED} means, then of the rest what there is room for; a note
     * says what is left out.
     *
     * @param value a number of bytes, 1 or more; a limit that is smaller than the stacks is
     *     exceeded
     */
    public Builder maxBytes(long value) {
      if (value < 1) {
        throw new IllegalArgumentException("a dump of at most " + value + " bytes");
      }
      maxBytes = value;
      return this;
    }

    /**
     * Sets for how long a dump waits until other threads that run its instances come to a place
     * where they can be looked at; they stand still while it is written, and their frames are in
     * it. If this is not called, a dump does not wait, and a note says which threads are not in it.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public Builder waitForThreads(Duration value) {
      if (value.isNegative()) {
        throw new IllegalArgumentException("to wait for " + value);
      }
      waitForThreads = value;
      return this;
    }

    /**
     * Sets where the modules' files go, so that a dump can be read without them; if this is not
     * called, nowhere.
     */
    public Builder moduleBytes(ModuleBytes value) {
      moduleBytes = value;
      return this;
    }

    /**
     * Puts the guest's arguments into dumps, its own name first. They may hold secrets; if this is
     * not called, no dump has them.
     */
    public Builder arguments(List<String> value) {
      arguments = List.copyOf(value);
      return this;
    }

    /**
     * Puts the guest's environment into dumps. It may hold secrets; if this is not called, no dump
     * has it.
     *
     * @param value each variable as {@code NAME=VALUE}
     */
    public Builder environment(List<String> value) {
      environment = List.copyOf(value);
      return this;
    }

    /** Returns the options. */
    public CaptureOptions build() {
      return new CaptureOptions(this);
    }
  }
}
