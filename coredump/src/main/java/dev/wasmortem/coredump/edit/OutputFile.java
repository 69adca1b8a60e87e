package dev.wasmortem.coredump.edit;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Writes a file whole or not at all: to a temporary file beside it, which is renamed when all is
 * written. Nobody but the owner may read it: what a program had in memory is nobody else's
 * business.
 */
public final class OutputFile {
  private static final Set<StandardOpenOption> NEW =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

  private OutputFile() {}

  /** What becomes of a file that is there. */
  public enum Existing {
    /** It stays, and nothing is written. */
    REFUSE,
    /** It is replaced. */
    REPLACE
  }

  /** What is written. */
  public interface Content {
    /** Writes all of it; the channel is not closed. */
    void writeTo(WritableByteChannel channel) throws IOException;
  }

  /**
   * Writes a file.
   *
   * @param inputs files that are read meanwhile: none of them is replaced, whatever is said
   * @throws FileAlreadyExistsException if the file is there and is to stay
   * @throws FileSystemException if it is one of the inputs, or no regular file
   */
  public static void write(Path file, Existing existing, List<Path> inputs, Content content)
      throws IOException {
    check(file, existing, inputs);
    Path part = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID() + ".part");
    try {
      try (FileChannel channel = open(part)) {
        content.writeTo(channel);
      }
      check(file, existing, inputs);
      try {
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
      } catch (AtomicMoveNotSupportedException e) {
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
      }
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private static void check(Path file, Existing existing, List<Path> inputs) throws IOException {
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    for (Path input : inputs) {
      if (Files.exists(input) && Files.isSameFile(file, input)) {
        throw new FileSystemException(file.toString(), null, "is the file that is read");
      }
    }
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      // The rename would put a file in the place of a device, a pipe or a link.
      throw new FileSystemException(file.toString(), null, "is there and is no regular file");
    }
    if (existing == Existing.REFUSE) {
      throw new FileAlreadyExistsException(file.toString(), null, "is there already");
    }
  }

  private static FileChannel open(Path part) throws IOException {
    Path folder = part.toAbsolutePath().getParent();
    if (folder != null && Files.getFileStore(folder).supportsFileAttributeView("posix")) {
      FileAttribute<?> owner =
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
      return FileChannel.open(part, NEW, owner);
    }
    return FileChannel.open(part, NEW);
  }
}
