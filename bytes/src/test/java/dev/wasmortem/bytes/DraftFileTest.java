package dev.wasmortem.bytes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wasmortem.bytes.DraftFile.Naming;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file is there whole or not at all, and takes the place of files only. */
class DraftFileTest {
  @TempDir Path folder;

  private Set<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return new TreeSet<>(files.map(file -> file.getFileName().toString()).toList());
    }
  }

  private static void write(DraftFile draft, int... bytes) throws IOException {
    for (int b : bytes) {
      draft.channel().write(ByteBuffer.wrap(new byte[] {(byte) b}));
    }
  }

  @Test
  void theNameComesLast() throws IOException {
    Path target = folder.resolve("out");
    try (DraftFile draft = DraftFile.begin(target, Naming.PLAIN)) {
      write(draft, 1, 2);
      assertEquals(Set.of(".out.part"), files());
      draft.commit();
      assertEquals(Set.of("out"), files());
    }
    assertEquals(2, Files.size(target));
    try (DraftFile draft = DraftFile.begin(target, Naming.RANDOM)) {
      write(draft, 1);
    }
    assertEquals(Set.of("out"), files());
    assertEquals(2, Files.size(target));
  }

  @Test
  void onlyRandomNamesGrowSideBySide() throws IOException {
    Path target = folder.resolve("out");
    try (DraftFile first = DraftFile.begin(target, Naming.PLAIN)) {
      assertThrows(FileAlreadyExistsException.class, () -> DraftFile.begin(target, Naming.PLAIN));
      try (DraftFile second = DraftFile.begin(target, Naming.RANDOM)) {
        assertEquals(2, files().size());
        write(second, 7);
        second.commit();
      }
      write(first, 8, 9);
      first.commit();
    }
    assertEquals(Set.of("out"), files());
    assertEquals(2, Files.size(target));
  }

  @Test
  void aLinkThatComesMeanwhileStays() throws IOException {
    Path precious = Files.write(folder.resolve("precious"), new byte[] {7});
    Path target = folder.resolve("out");
    try (DraftFile draft = DraftFile.begin(target, Naming.RANDOM)) {
      write(draft, 1, 2);
      Files.createSymbolicLink(target, precious);
      assertThrows(FileSystemException.class, draft::commit);
    }
    assertEquals(Set.of("out", "precious"), files());
    assertTrue(Files.isSymbolicLink(target));
    assertEquals(1, Files.size(precious));
    assertThrows(FileSystemException.class, () -> DraftFile.begin(target, Naming.RANDOM));
    assertThrows(FileSystemException.class, () -> DraftFile.begin(folder, Naming.RANDOM));
  }
}
