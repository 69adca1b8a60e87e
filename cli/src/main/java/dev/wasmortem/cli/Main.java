package dev.wasmortem.cli;

import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.bytes.Printable;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command's entry point. */
@Command(
    name = "wasmortem",
    description = "Core dumps for WebAssembly, from the trap to the fix.",
    version = "wasmortem 0.1.0",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "VERB",
    footer = {"", "`wasmortem VERB --help` tells more of a verb, with an example."})
public final class Main implements Runnable {
  @Spec private CommandSpec spec;

  private Main(CommandSpec spec) {
    this.spec = spec; // picocli puts the real one here
  }

  /** Runs the command and ends the process with its exit status. */
  public static void main(String[] arguments) {
    PrintStream out = stream(FileDescriptor.out);
    PrintStream err = stream(FileDescriptor.err);
    int status = execute(out, err, arguments);
    out.flush();
    err.flush();
    System.exit(status);
  }

  /**
   * Runs the command.
   *
   * @param out where answers go
   * @param err where complaints go
   * @return the exit status
   */
  public static int execute(PrintStream out, PrintStream err, String... arguments) {
    Console console = new Console(out, err);
    CommandLine command =
        new CommandLine(new Main(CommandSpec.create()))
            .addSubcommand(new RunCommand(console))
            .addSubcommand(new BtCommand(console))
            .addSubcommand(new InfoCommand(console))
            .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
            .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
            .setColorScheme(
                CommandLine.Help.defaultColorScheme(
                    Boolean.getBoolean("wasmortem.terminal")
                        ? CommandLine.Help.Ansi.AUTO
                        : CommandLine.Help.Ansi.OFF))
            .setParameterExceptionHandler((error, given) -> usage(err, error))
            .setExecutionExceptionHandler((error, line, parsed) -> failure(err, error));
    return command.execute(arguments);
  }

  /** Called when no verb was given. */
  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a verb is missing");
  }

  private static int usage(PrintStream err, ParameterException error) {
    String command = error.getCommandLine().getCommandSpec().qualifiedName();
    err.println(
        "wasmortem: " + Printable.escape(String.valueOf(error.getMessage())) + "; see `" + command + " --help`");
    return ExitStatus.USAGE;
  }

  private static int failure(PrintStream err, Exception error) {
    err.println("wasmortem: " + oneLine(error));
    if (System.getenv("WASMORTEM_DEBUG") != null) {
      error.printStackTrace(err);
    }
    return ExitStatus.UNREADABLE;
  }

  private static String oneLine(Exception error) {
    if (error instanceof Unusable || error instanceof FormatException) {
      return String.valueOf(error.getMessage());
    }
    if (error instanceof UncheckedIOException unchecked && unchecked.getCause() != null) {
      return oneLine(unchecked.getCause());
    }
    if (error instanceof NoSuchFileException missing) {
      return Printable.escape(missing.getFile()) + ": no such file";
    }
    if (error instanceof AccessDeniedException denied) {
      return Printable.escape(denied.getFile()) + ": permission denied";
    }
    if (error instanceof FileSystemException file) {
      return Printable.escape(file.getFile() + ": " + file.getReason());
    }
    if (error instanceof IOException io) {
      return Printable.escape(String.valueOf(io.getMessage()));
    }
    return "a fault of ours, please report it (WASMORTEM_DEBUG=1 shows where): "
        + Printable.escape(error.toString());
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(
        new BufferedOutputStream(new FileOutputStream(descriptor), 8192), false, StandardCharsets.UTF_8);
  }
}
