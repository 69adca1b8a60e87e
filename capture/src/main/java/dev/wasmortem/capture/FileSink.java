package dev.wasmortem.capture;

import static java.util.Objects.requireNonNullElse;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Writes each dump to a temporary file beside its place and renames it. */
final class FileSink implements DumpSink {
  private static final Set<StandardOpenOption> NEW =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

  private final CorePattern pattern;
  private final long keepFree;
  private final Disk disk;

  FileSink(CorePattern pattern, long keepFree) {
    this(pattern, keepFree, Disk.REAL);
  }

  FileSink(CorePattern pattern, long keepFree, Disk disk) {
    this.pattern = pattern;
    this.keepFree = keepFree;
    this.disk = disk;
  }

  /** What a file system does for the sink; tests have one that fails. */
  interface Disk {
    Disk REAL =
        new Disk() {
          @Override
          public long free(Path folder) throws IOException {
            FileStore store = Files.getFileStore(folder);
            try {
              long free = store.getUsableSpace();
              return free == 0 && store.getTotalSpace() == 0 ? Long.MAX_VALUE : free;
            } catch (UnsupportedOperationException e) {
              return Long.MAX_VALUE;
            }
          }

          @Override
          public WritableByteChannel create(Path file, FileAttribute<?>... attributes)
              throws IOException {
            return FileChannel.open(file, NEW, attributes);
          }
        };

    /**
     * Returns how many bytes this process may still write into files of a folder; {@link
     * Long#MAX_VALUE} if the file system does not know.
     */
    long free(Path folder) throws IOException;

    /** Makes a file that was not there. */
    WritableByteChannel create(Path file, FileAttribute<?>... attributes) throws IOException;
  }

  @Override
  public Draft begin(Crash crash) throws IOException {
    return pattern.isUnique() ? beginUnique(crash) : beginReplacing(crash);
  }

  private FileDraft beginReplacing(Crash crash) throws IOException {
    Path target = pattern.expand(crash, 0);
    return begin(target, part(target, "." + UUID.randomUUID()));
  }

  /**
   * Takes the first number that is free. A number belongs to whoever creates its temporary file,
   * since the file itself comes into being by renaming that one only.
   */
  private FileDraft beginUnique(Crash crash) throws IOException {
    for (int unique = 1; ; unique++) {
      Path target = pattern.expand(crash, unique);
      if (Files.exists(target)) {
        continue;
      }
      FileDraft draft;
      try {
        draft = begin(target, part(target, ""));
      } catch (FileAlreadyExistsException e) {
        continue;
      }
      if (!Files.exists(target)) {
        return draft;
      }
      // Renamed by its owner after we had looked.
      draft.discard();
    }
  }

  private static Path part(Path target, String suffix) {
    return target.resolveSibling("." + target.getFileName() + suffix + ".part");
  }

  private FileDraft begin(Path target, Path part) throws IOException {
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)
        && !Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)) {
      // The rename would put a file in the place of a device, a pipe or a link.
      throw new FileSystemException(target.toString(), null, "is there and is no regular file");
    }
    Path folder = requireNonNullElse(target.toAbsolutePath().getParent(), target);
    Files.createDirectories(folder);
    long room = disk.free(folder) - keepFree;
    if (room < 0) {
      throw new FileSystemException(
          folder.toString(),
          null,
          (room + keepFree) + " bytes are free, and dumps leave " + keepFree);
    }
    return new FileDraft(target, part, create(part, folder), room);
  }

  private WritableByteChannel create(Path part, Path folder) throws IOException {
    // What a guest had in memory is nobody else's business.
    if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
      FileAttribute<?> owner =
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
      return disk.create(part, owner);
    }
    return disk.create(part);
  }

  private static final class FileDraft implements Draft {
    private final Path target;
    private final Path part;
    private final WritableByteChannel channel;
    private final long room;

    FileDraft(Path target, Path part, WritableByteChannel channel, long room) {
      this.target = target;
      this.part = part;
      this.channel = channel;
      this.room = room;
    }

    @Override
    public WritableByteChannel channel() {
      return channel;
    }

    @Override
    public long room() {
      return room;
    }

    @Override
    public Optional<Path> commit() throws IOException {
      channel.close();
      try {
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
      } catch (AtomicMoveNotSupportedException e) {
        Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
      }
      return Optional.of(target);
    }

    @Override
    public void discard() throws IOException {
      try {
        channel.close();
      } finally {
        Files.deleteIfExists(part);
      }
    }
  }
}
