package dev.wasmortem.symbols;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourcePathsTest {
  @TempDir Path temp;
  private Path root;
  private Path secret;
  private SourcePaths paths;

  @BeforeEach
  void files() throws IOException {
    Path real = temp.toRealPath();
    root = Files.createDirectories(real.resolve("project"));
    write(root.resolve("main.c"), "first\nsecond\r\nthird");
    write(root.resolve("src/a.c"), "a1\na2\n");
    write(root.resolve("src/deep/a.c"), "deep\n");
    secret = real.resolve("secret.txt");
    write(secret, "secret\n");
    write(real.resolve("projects/b.c"), "beside\n");
    paths = SourcePaths.builder().allow(root).build();
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private Optional<Path> found(String name) {
    return Optional.of(root.resolve(name));
  }

  @Test
  void relativePathsAreLookedForBelowAllowedDirectories() {
    assertEquals(found("main.c"), paths.find("main.c"));
    assertEquals(found("main.c"), paths.find("./main.c"));
    assertEquals(found("main.c"), paths.find("src/../main.c"));
    assertEquals(found("src/a.c"), paths.find("src/a.c"));
    assertEquals(Optional.empty(), paths.find("nothing.c"));
    assertEquals(Optional.empty(), SourcePaths.none().find("main.c"));
  }

  @Test
  void absolutePathsAreTakenWhereTheyAreAllowed() {
    assertEquals(found("src/a.c"), paths.find(root + "/src/a.c"));
    assertEquals(found("src/a.c"), paths.find(root + "/src/./deep/../a.c"));
  }

  @Test
  void pathsOfAnotherMachineAreFoundByTheirLongestEnd() {
    assertEquals(found("src/deep/a.c"), paths.find("/build/x/src/deep/a.c"));
    assertEquals(found("src/a.c"), paths.find("/build/x/src/a.c"));
    assertEquals(found("main.c"), paths.find("/elsewhere/main.c"));
    assertEquals(found("main.c"), paths.find("C:\\work\\main.c"));
  }

  @Test
  void nothingOutsideIsFound() throws IOException {
    assertEquals(Optional.empty(), paths.find(secret.toString()));
    assertEquals(Optional.empty(), paths.find("../secret.txt"));
    assertEquals(Optional.empty(), paths.find("src/../../secret.txt"));
    assertEquals(Optional.empty(), paths.find(root + "/../secret.txt"));
    assertEquals(Optional.empty(), paths.find("/x/../../../../../../etc/passwd"));
    assertEquals(Optional.empty(), paths.find("../projects/b.c")); // a prefix, and no component
    assertEquals(Optional.empty(), paths.find(root + "s/b.c"));
  }

  @Test
  void linksThatLeadOutsideAreNotFollowed() throws IOException {
    Files.createSymbolicLink(root.resolve("link.c"), secret);
    Files.createSymbolicLink(root.resolve("out"), root.getParent());
    Files.createSymbolicLink(root.resolve("inside.c"), root.resolve("main.c"));
    assertEquals(Optional.empty(), paths.find("link.c"));
    assertEquals(Optional.empty(), paths.find("out/secret.txt"));
    assertEquals(found("main.c"), paths.find("inside.c"));
  }

  @Test
  void hiddenFilesAreNotSources() throws IOException {
    write(root.resolve(".ssh/id_rsa"), "key");
    write(root.resolve(".netrc"), "password");
    assertEquals(Optional.empty(), paths.find(".ssh/id_rsa"));
    assertEquals(Optional.empty(), paths.find("src/../.netrc"));
    SourcePaths hidden = SourcePaths.builder().allow(root.resolve(".ssh")).build();
    assertEquals(found(".ssh/id_rsa"), hidden.find("id_rsa")); // allowed in so many words
  }

  @Test
  void onlyRegularFilesOfSomeSize() throws IOException {
    assertEquals(Optional.empty(), paths.find("src"));
    assertEquals(Optional.empty(), paths.find("."));
    assertEquals(Optional.empty(), paths.find(""));
    assertEquals(Optional.empty(), paths.find("/"));
    assertEquals(Optional.empty(), paths.find("main.c\0"));
    assertEquals(Optional.empty(), paths.find("x/".repeat(4000) + "main.c"));
    assertEquals(
        Optional.empty(), SourcePaths.builder().allow(Path.of("/dev")).build().find("zero"));
    try (RandomAccessFile large = new RandomAccessFile(root.resolve("large.c").toFile(), "rw")) {
      large.setLength(SourcePaths.MAX_BYTES + 1L);
    }
    assertEquals(Optional.empty(), paths.find("large.c"));
  }

  @Test
  void replacementsGoByWholeComponents() {
    SourcePaths replaced =
        SourcePaths.builder().replace("/build/", root).replace("/b", root.resolve("src")).build();
    assertEquals(found("src/a.c"), replaced.find("/build/src/a.c"));
    assertEquals(found("src/a.c"), replaced.find("/b/a.c"));
    assertEquals(found("src/deep/a.c"), replaced.find("/b/deep/a.c"));
    SourcePaths dot = SourcePaths.builder().replace(".", root.resolve("src")).build();
    assertEquals(found("src/a.c"), dot.find("./a.c"));
    SourcePaths slash = SourcePaths.builder().replace("/", root).build();
    assertEquals(found("src/a.c"), slash.find("/src/a.c"));
    SourcePaths windows = SourcePaths.builder().replace("C:\\work", root).build();
    assertEquals(found("main.c"), windows.find("C:\\work/main.c"));
    SourcePaths whole = SourcePaths.builder().replace("/x/y.c", root.resolve("main.c")).build();
    assertEquals(Optional.empty(), whole.find("/x/y.c")); // a file, and no directory to allow
    assertThrows(IllegalArgumentException.class, () -> SourcePaths.builder().replace("", root));
  }

  @Test
  void aReplacementDoesNotLeadOutside() {
    SourcePaths replaced = SourcePaths.builder().replace("/build", root).build();
    assertEquals(Optional.empty(), replaced.find("/build/../secret.txt"));
    assertEquals(Optional.empty(), replaced.find("/build" + secret));
  }

  @Test
  void linesOfASource() {
    assertEquals(Optional.of("first"), paths.line("main.c", 1));
    assertEquals(Optional.of("second"), paths.line("main.c", 2));
    assertEquals(Optional.of("third"), paths.line("main.c", 3));
    assertEquals(Optional.empty(), paths.line("main.c", 4));
    assertEquals(Optional.empty(), paths.line("main.c", 0));
    assertEquals(Optional.empty(), paths.line("main.c", -1));
    assertEquals(Optional.empty(), paths.line("main.c", Integer.MAX_VALUE));
    assertEquals(Optional.of("a2"), paths.line("src/a.c", 2));
    assertEquals(Optional.empty(), paths.line("src/a.c", 3)); // the file ends with a line end
    assertEquals(Optional.empty(), paths.line("nothing.c", 1));
  }

  @Test
  void oddLines() throws IOException {
    write(root.resolve("odd.c"), "\n\t\u001b[2Jx\n" + "é".repeat(10_000) + "\n");
    Files.write(root.resolve("latin.c"), "caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
    write(root.resolve("empty.c"), "");
    assertEquals(Optional.of(""), paths.line("odd.c", 1));
    assertEquals(Optional.of("\t\u001b[2Jx"), paths.line("odd.c", 2));
    assertEquals(4096, paths.line("odd.c", 3).orElseThrow().length());
    assertEquals(Optional.of("caf\ufffd"), paths.line("latin.c", 1));
    assertEquals(Optional.empty(), paths.line("empty.c", 1));
  }

  @Test
  void directoriesThatAreNotThere() {
    SourcePaths none = SourcePaths.builder().allow(root.resolve("no")).build();
    assertEquals(Optional.empty(), none.find("main.c"));
    assertEquals(
        found("main.c"),
        SourcePaths.builder().allow(root.resolve("src/..")).build().find("main.c"));
  }
}
