package dev.wasmortem.capture;

import static java.util.Objects.requireNonNullElse;

import dev.wasmortem.bytes.DraftFile;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.util.Optional;

/** Writes each dump to a temporary file beside its place and renames it. */
final class FileSink implements DumpSink {
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
  interface Disk extends DraftFile.Creator {
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
            return DraftFile.Creator.FILE.create(file, attributes);
          }
        };

    /**
     * Returns how many bytes this process may still write into files of a folder; {@link
     * Long#MAX_VALUE} if the file system does not know.
     */
    long free(Path folder) throws IOException;
  }

  @Override
  public Draft begin(Crash crash) throws IOException {
    return pattern.isUnique() ? beginUnique(crash) : beginReplacing(crash);
  }

  private FileDraft beginReplacing(Crash crash) throws IOException {
    return begin(pattern.expand(crash, 0), DraftFile.Naming.RANDOM);
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
        draft = begin(target, DraftFile.Naming.PLAIN);
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

  private FileDraft begin(Path target, DraftFile.Naming naming) throws IOException {
    DraftFile.requireReplaceable(target);
    Path folder = requireNonNullElse(target.toAbsolutePath().getParent(), target);
    Files.createDirectories(folder);
    long room = disk.free(folder) - keepFree;
    if (room < 0) {
      throw new FileSystemException(
          folder.toString(),
          null,
          (room + keepFree) + " bytes are free, and dumps leave " + keepFree);
    }
    return new FileDraft(target, DraftFile.begin(target, naming, disk), room);
  }

  private record FileDraft(Path target, DraftFile file, long room) implements Draft {
    @Override
    public WritableByteChannel channel() {
      return file.channel();
    }

    @Override
    public Optional<Path> commit() throws IOException {
      file.commit();
      return Optional.of(target);
    }

    @Override
    public void discard() throws IOException {
      file.close();
    }
  }
}
