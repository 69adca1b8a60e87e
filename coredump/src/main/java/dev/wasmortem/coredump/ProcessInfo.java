package dev.wasmortem.coredump;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The process that died, and what ran it (our section {@code wasmortem.process}). Each part may be
 * absent. Two are equal if all their parts are.
 */
public final class ProcessInfo {
  private final @Nullable List<String> arguments;
  private final @Nullable List<String> environment;
  private final @Nullable String runtime;
  private final @Nullable String runtimeVersion;
  private final @Nullable String host;
  private final @Nullable Instant time;
  private final OptionalLong pid;

  private ProcessInfo(Builder builder) {
    this.arguments = builder.arguments;
    this.environment = builder.environment;
    this.runtime = builder.runtime;
    this.runtimeVersion = builder.runtimeVersion;
    this.host = builder.host;
    this.time = builder.time;
    this.pid = builder.pid;
  }

  /** Returns a builder of something of which nothing is known. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns the arguments that the program was given, its own name first. */
  public Optional<List<String>> arguments() {
    return Optional.ofNullable(arguments);
  }

  /**
   * Returns the program's environment, each as {@code NAME=VALUE}. It may hold secrets: who
   * captures leaves it out unless asked for it.
   */
  public Optional<List<String>> environment() {
    return Optional.ofNullable(environment);
  }

  /** Returns the name of the runtime, as {@code endive}. */
  public Optional<String> runtime() {
    return Optional.ofNullable(runtime);
  }

  /** Returns the version of the runtime. */
  public Optional<String> runtimeVersion() {
    return Optional.ofNullable(runtimeVersion);
  }

  /** Returns the name of the machine. */
  public Optional<String> host() {
    return Optional.ofNullable(host);
  }

  /** Returns when the program died. */
  public Optional<Instant> time() {
    return Optional.ofNullable(time);
  }

  /** Returns the id of the process on its machine: that of the runtime. */
  public OptionalLong pid() {
    return pid;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ProcessInfo that
        && Objects.equals(arguments, that.arguments)
        && Objects.equals(environment, that.environment)
        && Objects.equals(runtime, that.runtime)
        && Objects.equals(runtimeVersion, that.runtimeVersion)
        && Objects.equals(host, that.host)
        && Objects.equals(time, that.time)
        && pid.equals(that.pid);
  }

  @Override
  public int hashCode() {
    return Objects.hash(arguments, environment, runtime, runtimeVersion, host, time, pid);
  }

  @Override
  public String toString() {
    return "ProcessInfo[arguments="
        + arguments
        + ", environment="
        + (environment == null ? "null" : environment.size() + " variables")
        + ", runtime="
        + runtime
        + ", runtimeVersion="
        + runtimeVersion
        + ", host="
        + host
        + ", time="
        + time
        + ", pid="
        + pid
        + "]";
  }

  /** Gathers what is known. Not thread-safe. */
  public static final class Builder {
    private @Nullable List<String> arguments;
    private @Nullable List<String> environment;
    private @Nullable String runtime;
    private @Nullable String runtimeVersion;
    private @Nullable String host;
    private @Nullable Instant time;
    private OptionalLong pid = OptionalLong.empty();

    private Builder() {}

    /** Sets the arguments, the program's own name first. */
    public Builder arguments(List<String> all) {
      arguments = List.copyOf(all);
      return this;
    }

    /** Sets the environment, each variable as {@code NAME=VALUE}. */
    public Builder environment(List<String> variables) {
      environment = List.copyOf(variables);
      return this;
    }

    /** Sets the name of the runtime. */
    public Builder runtime(String name) {
      runtime = requireNonNull(name);
      return this;
    }

    /** Sets the version of the runtime. */
    public Builder runtimeVersion(String version) {
      runtimeVersion = requireNonNull(version);
      return this;
    }

    /** Sets the name of the machine. */
    public Builder host(String name) {
      host = requireNonNull(name);
      return this;
    }

    /** Sets when the program died. */
    public Builder time(Instant instant) {
      time = requireNonNull(instant);
      return this;
    }

    /** Sets the id of the process. */
    public Builder pid(long id) {
      pid = OptionalLong.of(id);
      return this;
    }

    /** Returns what was gathered. */
    public ProcessInfo build() {
      return new ProcessInfo(this);
    }
  }
}
