package dev.wasmortem.coredump.edit;

import dev.wasmortem.bytes.DraftFile;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

/** Writes a {@link DraftFile} that replaces nothing unless it may. */
public final class OutputFile {
  private OutputFile() {}

  /** What becomes of a file that is there. */
  public enum Existing {
    /** It stays, and nothing is written. */
    REFUSE,
    /** It is replaced. */
    REPLACE
  }

  /** A file that is not written, whatever is said of files that are there. */
  public static final class Refused extends FileSystemException {
    private static final long serialVersionUID = 1L;

    Refused(Path file, String reason) {
      super(file.toString(), null, reason);
    }
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
   * @throws Refused if it is one of the inputs, or no regular file
   */
  public static void write(Path file, Existing existing, List<Path> inputs, Content content)
      throws IOException {
    requireWritable(file, existing, inputs);
    try (DraftFile draft = DraftFile.begin(file, DraftFile.Naming.RANDOM)) {
      write(file, content, draft.channel());
      requireWritable(file, existing, inputs);
      draft.commit();
    }
  }

  /** A full disk is told without a word of the file. */
  private static void write(Path file, Content content, WritableByteChannel channel)
      throws IOException {
    try {
      content.writeTo(channel);
    } catch (FileSystemException e) {
      throw e;
    } catch (IOException e) {
      FileSystemException named =
          new FileSystemException(file.toString(), null, String.valueOf(e.getMessage()));
      named.initCause(e);
      throw named;
    }
  }

  /**
   * Refuses a file as {@link #write} does, for those who write something else first.
   *
   * @throws FileAlreadyExistsException if the file is there and is to stay
   * @throws Refused if it is one of the inputs, or no regular file
   */
  public static void requireWritable(Path file, Existing existing, List<Path> inputs)
      throws IOException {
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    for (Path input : inputs) {
      if (Files.exists(input) && Files.isSameFile(file, input)) {
        throw new Refused(file, "is the file that is read");
      }
    }
    if (!DraftFile.isReplaceable(file)) {
      throw new Refused(file, "is there and is no regular file");
    }
    if (existing == Existing.REFUSE) {
      throw new FileAlreadyExistsException(file.toString(), null, "is there already");
    }
  }
}
