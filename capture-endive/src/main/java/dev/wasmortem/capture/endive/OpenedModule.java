package dev.wasmortem.capture.endive;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.coredump.ModuleIdentity;
import dev.wasmortem.wasm.BuildId;
import dev.wasmortem.wasm.WasmModule;
import dev.wasmortem.wasm.custom.UrlSection;
import java.io.IOException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A module's bytes while a dump is written. They are used only if they are those that Endive runs:
 * a file may have been replaced since.
 */
final class OpenedModule implements AutoCloseable {
  private static final String SHA_256 = "sha-256:";

  private final String name;
  private final String digest;
  private final @Nullable ByteSource source;
  private final @Nullable WasmModule module;
  private final String problem;

  private OpenedModule(
      String name,
      String digest,
      @Nullable ByteSource source,
      @Nullable WasmModule module,
      String problem) {
    this.name = name;
    this.digest = digest;
    this.source = source;
    this.module = module;
    this.problem = problem;
  }

  /**
   * Opens the bytes of a module; never fails.
   *
   * @param name what the dump calls the module
   * @param digest Endive's of the module that runs, {@code sha-256:} and Base64
   */
  static OpenedModule of(String name, ModuleImage image, String digest) {
    if (image.bytes().isEmpty()) {
      return new OpenedModule(name, digest, null, null, "no bytes were given");
    }
    ByteSource source;
    try {
      source = image.bytes().get().open();
    } catch (IOException | RuntimeException e) {
      return new OpenedModule(name, digest, null, null, "its bytes cannot be read: " + e);
    }
    try {
      if (!digest.equals(digestOf(source))) {
        String other = "the bytes given are not those of the module";
        return new OpenedModule(name, digest, source, null, other);
      }
      return new OpenedModule(name, digest, source, WasmModule.read(source), "");
    } catch (FormatException e) {
      return new OpenedModule(name, digest, source, null, e.problem());
    }
  }

  private static String digestOf(ByteSource source) {
    return SHA_256 + Base64.getEncoder().encodeToString(source.sha256());
  }

  /** Returns what the dump calls the module. */
  String name() {
    return name;
  }

  /** Returns the module, if its bytes could be used. */
  Optional<WasmModule> module() {
    return Optional.ofNullable(module);
  }

  /** Returns why there is no {@link #module}. */
  String problem() {
    return problem;
  }

  /** Returns what tells the module from others of the same name. */
  ModuleIdentity identity() {
    ModuleIdentity.Builder identity = ModuleIdentity.builder();
    if (digest.startsWith(SHA_256)) {
      byte[] hash = Base64.getDecoder().decode(digest.substring(SHA_256.length()));
      identity.sha256(HexFormat.of().formatHex(hash));
    }
    WasmModule read = module;
    if (read != null) {
      identity.fileSize(read.source().size());
      try {
        BuildId.of(read).ifPresent(identity::buildId);
        UrlSection.EXTERNAL_DEBUG_INFO
            .url(read, Diagnostic.Sink.IGNORE)
            .ifPresent(identity::debugInfoUrl);
      } catch (FormatException e) {
        // The file was cut since its digest was made.
        return identity.build();
      }
    }
    return identity.build();
  }

  @Override
  public void close() {
    if (source != null) {
      source.close();
    }
  }
}
