package dev.wasmortem.cli;

import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.bytes.Printable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;

/** What went wrong, in words: what, where, what to do. */
final class Complaint {
  private Complaint() {}

  /** Returns what went wrong in one line, safe to print. */
  static String of(Exception error) {
    if (error instanceof Unusable || error instanceof FormatException) {
      return String.valueOf(error.getMessage());
    }
    if (error instanceof UncheckedIOException unchecked && unchecked.getCause() != null) {
      return of(unchecked.getCause());
    }
    if (error instanceof NoSuchFileException missing) {
      return Printable.escape(missing.getFile()) + ": no such file";
    }
    if (error instanceof AccessDeniedException denied) {
      return Printable.escape(denied.getFile()) + ": permission denied";
    }
    if (error instanceof FileAlreadyExistsException there) {
      return Printable.escape(there.getFile()) + ": is there already; --force replaces it";
    }
    if (error instanceof FileSystemException file) {
      String reason = file.getReason() == null ? "cannot be used" : file.getReason();
      return Printable.escape(file.getFile() + ": " + reason);
    }
    if (error instanceof InvalidPathException path) {
      return Printable.escape(path.getInput()) + ": no name of a file";
    }
    if (error instanceof IOException io) {
      return Printable.escape(String.valueOf(io.getMessage()));
    }
    return "a fault of ours, please report it (WASMORTEM_DEBUG=1 shows where): "
        + Printable.escape(error.toString());
  }
}
