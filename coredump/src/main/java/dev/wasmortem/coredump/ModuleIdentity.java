package dev.wasmortem.coredump;

import static java.util.Objects.requireNonNull;

import dev.wasmortem.wasm.BuildId;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What tells a module from every other of the same name (our section {@code wasmortem.modules}).
 * Each part may be absent. Two identities are equal if all their parts are.
 */
public final class ModuleIdentity {
  /** The identity of a module of which the dump says nothing but a name. */
  public static final ModuleIdentity UNKNOWN = builder().build();

  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  private final @Nullable String sha256;
  private final @Nullable BuildId buildId;
  private final @Nullable String debugInfoUrl;
  private final OptionalLong fileSize;

  private ModuleIdentity(Builder builder) {
    this.sha256 = builder.sha256;
    this.buildId = builder.buildId;
    this.debugInfoUrl = builder.debugInfoUrl;
    this.fileSize = builder.fileSize;
  }

  /** Returns a builder of an identity of which nothing is known. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns the SHA-256 of the module's file: 64 hexadecimal digits, lower case. */
  public Optional<String> sha256() {
    return Optional.ofNullable(sha256);
  }

  /** Returns the build id that the module bears. */
  public Optional<BuildId> buildId() {
    return Optional.ofNullable(buildId);
  }

  /** Returns where the module says its debug information is, verbatim; not to be opened unasked. */
  public Optional<String> debugInfoUrl() {
    return Optional.ofNullable(debugInfoUrl);
  }

  /** Returns the size of the module's file in bytes. */
  public OptionalLong fileSize() {
    return fileSize;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ModuleIdentity that
        && Objects.equals(sha256, that.sha256)
        && Objects.equals(buildId, that.buildId)
        && Objects.equals(debugInfoUrl, that.debugInfoUrl)
        && fileSize.equals(that.fileSize);
  }

  @Override
  public int hashCode() {
    return Objects.hash(sha256, buildId, debugInfoUrl, fileSize);
  }

  @Override
  public String toString() {
    return "ModuleIdentity[sha256="
        + sha256
        + ", buildId="
        + buildId
        + ", debugInfoUrl="
        + debugInfoUrl
        + ", fileSize="
        + fileSize
        + "]";
  }

  /** Gathers what is known. Not thread-safe. */
  public static final class Builder {
    private @Nullable String sha256;
    private @Nullable BuildId buildId;
    private @Nullable String debugInfoUrl;
    private OptionalLong fileSize = OptionalLong.empty();

    private Builder() {}

    /**
     * Sets the SHA-256 of the file.
     *
     * @throws IllegalArgumentException if it is not 64 lower-case hexadecimal digits
     */
    public Builder sha256(String hex) {
      if (!SHA256.matcher(hex).matches()) {
        throw new IllegalArgumentException("not a SHA-256 in hexadecimal: " + hex);
      }
      sha256 = hex;
      return this;
    }

    /** Sets the build id. */
    public Builder buildId(BuildId id) {
      buildId = requireNonNull(id);
      return this;
    }

    /** Sets where the debug information is. */
    public Builder debugInfoUrl(String url) {
      debugInfoUrl = requireNonNull(url);
      return this;
    }

    /** Sets the size of the file in bytes. */
    public Builder fileSize(long bytes) {
      fileSize = OptionalLong.of(bytes);
      return this;
    }

    /** Returns the identity. */
    public ModuleIdentity build() {
      return new ModuleIdentity(this);
    }
  }
}
