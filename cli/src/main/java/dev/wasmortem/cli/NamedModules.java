package dev.wasmortem.cli;

import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.symbols.answer.AnswerOptions;
import dev.wasmortem.symbols.answer.Answers;
import dev.wasmortem.symbols.answer.NamedAnswers;
import java.io.Closeable;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The modules that lines of input name. Each is opened once and stays open; one that cannot be read
 * is complained of once. Safe for use by several threads until it is closed.
 */
final class NamedModules implements NamedAnswers.Modules, Closeable {
  private final Opener opener;
  private final AnswerOptions options;
  private final PrintStream err;
  private final Queue<SymbolizedModule> opened = new ConcurrentLinkedQueue<>();

  /** Opens a module by the name that it is called by in questions and answers: its path. */
  @FunctionalInterface
  interface Opener {
    SymbolizedModule open(String name) throws IOException;
  }

  NamedModules(Opener opener, AnswerOptions options, PrintStream err) {
    this.opener = opener;
    this.options = options;
    this.err = err;
  }

  @Override
  public Answers open(String name) {
    try {
      Path path = Path.of(name);
      if (Files.exists(path) && !Files.isRegularFile(path)) {
        throw new FileSystemException(name, null, "no regular file");
      }
      SymbolizedModule module = opener.open(name);
      opened.add(module);
      return module.answers();
    } catch (IOException | FormatException | InvalidPathException e) {
      String problem = Complaint.of(e);
      if (options.style() != AnswerOptions.Style.LLVM_JSON) {
        err.println("wasmortem: " + problem);
      }
      // A script may look for the words of LLVM's.
      boolean missing = e instanceof NoSuchFileException;
      return Answers.unreadable(name, missing ? "No such file or directory" : problem, options);
    }
  }

  @Override
  public void close() throws IOException {
    for (SymbolizedModule module : opened) {
      module.close();
    }
  }
}
