package dev.wasmortem.bytes;

import static java.util.Objects.requireNonNull;

import java.io.Closeable;
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
import java.util.Set;
import java.util.UUID;

/**
 * A file that is there whole or not at all: it grows as a temporary file beside its place, and is
 * renamed when all is written. Nobody but the owner may read it: what a program had in memory is
 * nobody else's business.
 *
 * <pre>{@code
 * try (DraftFile draft = DraftFile.begin(target, DraftFile.Naming.RANDOM)) {
 *   draft.channel().write(bytes);
 *   draft.commit();
 * }
 * }</pre>
 *
 * <p>Used by one thread.
 */
public final class DraftFile implements Closeable {
  private final Path target;
  private final Path part;
  private final WritableByteChannel channel;

  private DraftFile(Path target, Path part, WritableByteChannel channel) {
    this.target = target;
    this.part = part;
    this.channel = channel;
  }

  /** What the temporary file is called. */
  public enum Naming {
    /** {@code .NAME.part}: it belongs to whoever comes first. */
    PLAIN,
    /** {@code .NAME.UUID.part}: any number of them may grow side by side. */
    RANDOM
  }

  /** Makes a file that was not there. */
  @FunctionalInterface
  public interface Creator {
    /** Makes it in the file system. */
    Creator FILE =
        (file, attributes) ->
            FileChannel.open(
                file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), attributes);

    /** Makes an empty file and opens it for writing. */
    WritableByteChannel create(Path file, FileAttribute<?>... attributes) throws IOException;
  }

  /**
   * Begins a file; the one that is there stays until {@link #commit}.
   *
   * @throws FileAlreadyExistsException if the temporary file is there
   * @throws FileSystemException if what is there is no regular file
   */
  public static DraftFile begin(Path target, Naming naming) throws IOException {
    return begin(target, naming, Creator.FILE);
  }

  /** Begins a file as {@link #begin(Path, Naming)}, with another way to make it. */
  public static DraftFile begin(Path target, Naming naming, Creator creator) throws IOException {
    requireReplaceable(target);
    String random = naming == Naming.RANDOM ? "." + UUID.randomUUID() : "";
    Path part = target.resolveSibling("." + target.getFileName() + random + ".part");
    return new DraftFile(target, part, create(part, creator));
  }

  private static WritableByteChannel create(Path part, Creator creator) throws IOException {
    Path folder = requireNonNull(part.toAbsolutePath().getParent());
    if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
      return creator.create(
          part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    return creator.create(part);
  }

  /**
   * Refuses a place that holds something other than a file: the rename would put a file in the
   * place of a device, a pipe or a link.
   *
   * @throws FileSystemException if it does
   */
  public static void requireReplaceable(Path target) throws IOException {
    if (!isReplaceable(target)) {
      throw new FileSystemException(target.toString(), null, "is there and is no regular file");
    }
  }

  /** Returns whether a place is free or holds a regular file. */
  public static boolean isReplaceable(Path target) {
    return !Files.exists(target, LinkOption.NOFOLLOW_LINKS)
        || Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS);
  }

  /** Returns where the bytes go. */
  public WritableByteChannel channel() {
    return channel;
  }

  /**
   * Gives the file its name, in the place of one that is there. All bytes were written.
   *
   * @throws FileSystemException if what has come there meanwhile is no regular file
   */
  public void commit() throws IOException {
    channel.close();
    requireReplaceable(target);
    try {
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Forgets the file unless it was committed. */
  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
