package dev.wasmortem.coredump.edit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.wasmortem.coredump.edit.OutputFile.Existing;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file is there whole or not at all. */
final class OutputFileTest {
  @TempDir Path folder;

  private static void write(Path file, Existing existing, List<Path> inputs) throws IOException {
    OutputFile.write(
        file, existing, inputs, channel -> channel.write(ByteBuffer.wrap(new byte[] {1, 2})));
  }

  private long files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.count();
    }
  }

  @Test
  void anExistingFileStaysUnlessToldOtherwise() throws IOException {
    Path file = folder.resolve("out");
    write(file, Existing.REFUSE, List.of());
    assertEquals(2, Files.size(file));
    Files.write(file, new byte[] {7});
    assertThrows(FileAlreadyExistsException.class, () -> write(file, Existing.REFUSE, List.of()));
    assertEquals(1, Files.size(file));
    write(file, Existing.REPLACE, List.of());
    assertEquals(2, Files.size(file));
    assertEquals(1, files());
  }

  @Test
  void anInputIsNeverReplaced() throws IOException {
    Path input = Files.write(folder.resolve("in"), new byte[] {7});
    Path same = folder.resolve(".").resolve("in");
    assertThrows(OutputFile.Refused.class, () -> write(same, Existing.REPLACE, List.of(input)));
    assertEquals(1, Files.size(input));
    assertThrows(OutputFile.Refused.class, () -> write(folder, Existing.REPLACE, List.of()));
  }

  @Test
  void whatFailsLeavesNothing() throws IOException {
    Path file = folder.resolve("out");
    assertThrows(
        IOException.class,
        () ->
            OutputFile.write(
                file,
                Existing.REFUSE,
                List.of(),
                channel -> {
                  channel.write(ByteBuffer.wrap(new byte[] {1}));
                  throw new IOException("full");
                }));
    assertEquals(0, files());
  }

  /** A channel's failure, as of a full disk, names no file. */
  @Test
  void aFailureNamesTheFile() {
    Path file = folder.resolve("out");
    FileSystemException failure =
        assertThrows(
            FileSystemException.class,
            () ->
                OutputFile.write(
                    file,
                    Existing.REFUSE,
                    List.of(),
                    channel -> {
                      throw new IOException("No space left on device");
                    }));
    assertEquals(file.toString(), failure.getFile());
    assertEquals("No space left on device", failure.getReason());
  }
}
