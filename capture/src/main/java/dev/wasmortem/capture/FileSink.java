package dev.wasmortem.capture;

import static java.util.Objects.requireNonNullElse;

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
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Writes each dump to a temporary file beside its place and renames it. */
final class FileSink implements DumpSink {
  private static final Set<StandardOpenOption> NEW =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

  private final CorePattern pattern;

  FileSink(CorePattern pattern) {
    this.pattern = pattern;
  }

  @Override
  public Draft begin(Crash crash) throws IOException {
    return pattern.isUnique() ? beginUnique(crash) : beginReplacing(crash);
  }

  private FileDraft beginReplacing(Crash crash) throws IOException {
    Path target = pattern.expand(crash, 0);
    Path part = part(target, "." + UUID.randomUUID());
    return new FileDraft(target, part, open(target, part));
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
      Path part = part(target, "");
      FileChannel channel;
      try {
        channel = open(target, part);
      } catch (FileAlreadyExistsException e) {
        continue;
      }
      FileDraft draft = new FileDraft(target, part, channel);
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

  private static FileChannel open(Path target, Path part) throws IOException {
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)
        && !Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)) {
      // The rename would put a file in the place of a device, a pipe or a link.
      throw new FileSystemException(target.toString(), null, "is there and is no regular file");
    }
    Path folder = requireNonNullElse(target.toAbsolutePath().getParent(), target);
    Files.createDirectories(folder);
    // What a guest had in memory is nobody else's business.
    if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
      FileAttribute<?> owner =
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
      return FileChannel.open(part, NEW, owner);
    }
    return FileChannel.open(part, NEW);
  }

  private static final class FileDraft implements Draft {
    private final Path target;
    private final Path part;
    private final FileChannel channel;

    FileDraft(Path target, Path part, FileChannel channel) {
      this.target = target;
      this.part = part;
      this.channel = channel;
    }

    @Override
    public WritableByteChannel channel() {
      return channel;
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
