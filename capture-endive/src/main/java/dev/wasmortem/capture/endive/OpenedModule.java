package dev.wasmortem.capture.endive;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.wasm.WasmModule;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A module's bytes while a dump is written. They are used only if they are those that Endive runs:
 * a file may have been replaced since.
 */
final class OpenedModule implements AutoCloseable {
  private static final int PIECE = 1 << 16;

  private final @Nullable ByteSource source;
  private final @Nullable WasmModule module;
  private final String problem;

  private OpenedModule(@Nullable ByteSource source, @Nullable WasmModule module, String problem) {
    this.source = source;
    this.module = module;
    this.problem = problem;
  }

  /**
   * Opens the bytes of a module; never fails.
   *
   * @param digest Endive's of the module that runs, {@code sha-256:} and Base64
   */
  static OpenedModule of(ModuleImage image, String digest) {
    if (image.bytes().isEmpty()) {
      return new OpenedModule(null, null, "no bytes were given");
    }
    ByteSource source;
    try {
      source = image.bytes().get().open();
    } catch (IOException | RuntimeException e) {
      return new OpenedModule(null, null, "its bytes cannot be read: " + e);
    }
    try {
      if (!digest.equals(digestOf(source))) {
        return new OpenedModule(source, null, "the bytes given are not those of the module");
      }
      return new OpenedModule(source, WasmModule.read(source), "");
    } catch (FormatException e) {
      return new OpenedModule(source, null, e.problem());
    }
  }

  private static String digestOf(ByteSource source) {
    MessageDigest sha;
    try {
      sha = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
    byte[] piece = new byte[(int) Math.min(PIECE, source.size())];
    for (long at = 0; at < source.size(); ) {
      int length = (int) Math.min(piece.length, source.size() - at);
      source.copyTo(at, piece, 0, length);
      sha.update(piece, 0, length);
      at += length;
    }
    return "sha-256:" + Base64.getEncoder().encodeToString(sha.digest());
  }

  /** Returns the module, if its bytes could be used. */
  Optional<WasmModule> module() {
    return Optional.ofNullable(module);
  }

  /** Returns why there is no {@link #module}. */
  String problem() {
    return problem;
  }

  @Override
  public void close() {
    if (source != null) {
      source.close();
    }
  }
}
