package dev.wasmortem.cli;

import dev.wasmortem.bytes.Printable;
import dev.wasmortem.coredump.edit.OutputFile;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The command's entry point. */
public final class Main {
  private static final String NAME = "wasmortem";

  /** The verbs in the order in which help lists them. */
  private static final Map<String, Supplier<Verb>> VERBS = new LinkedHashMap<>();

  static {
    VERBS.put("run", RunVerb::new);
    VERBS.put("bt", BtVerb::new);
    VERBS.put("symbolize", SymbolizeVerb::new);
    VERBS.put("info", InfoVerb::new);
    VERBS.put("lint", LintVerb::new);
    VERBS.put("convert", ConvertVerb::new);
    VERBS.put("redact", RedactVerb::new);
    VERBS.put("dump", DumpVerb::new);
    VERBS.put("diff", DiffVerb::new);
    VERBS.put("disassemble", DisassembleVerb::new);
    VERBS.put("split", SplitVerb::new);
  }

  private Main() {}

  /** Runs the command and ends the process with its exit status. */
  public static void main(String[] arguments) {
    FileOutputStream guestOut = new FileOutputStream(FileDescriptor.out);
    FileOutputStream guestErr = new FileOutputStream(FileDescriptor.err);
    PrintStream out = buffered(guestOut);
    PrintStream err = buffered(guestErr);
    int status = execute(new Console(out, err, guestOut, guestErr), arguments);
    out.flush();
    err.flush();
    if (status != ExitStatus.DONE) {
      System.exit(status);
    }
  }

  /**
   * Runs the command.
   *
   * @param out where answers go
   * @param err where complaints go
   * @return the exit status
   */
  public static int execute(PrintStream out, PrintStream err, String... arguments) {
    return execute(new Console(out, err, out, err), arguments);
  }

  private static int execute(Console console, String... arguments) {
    PrintStream out = console.out();
    PrintStream err = console.err();
    Map<String, Verb> verbs = new LinkedHashMap<>();
    CommandLine command = commandLine(verbs, arguments);
    try {
      ParseResult given = command.parseArgs(arguments);
      ParseResult last = given.hasSubcommand() ? given.subcommand() : given;
      CommandLine asked = last.commandSpec().commandLine();
      if (last.isUsageHelpRequested()) {
        out.print(asked.getUsageMessage());
        return ExitStatus.DONE;
      }
      if (last.isVersionHelpRequested()) {
        out.println(NAME + " 0.1.0");
        return ExitStatus.DONE;
      }
      Verb verb = verbs.get(last.commandSpec().name());
      if (verb == null) {
        throw new ParameterException(command, "a verb is missing");
      }
      return verb.run(console);
    } catch (ParameterException e) {
      return usage(err, e);
    } catch (IOException | InterruptedException | RuntimeException e) {
      return failure(err, e);
    } catch (StackOverflowError e) {
      err.println(
          "wasmortem: something is nested too deeply; WASMORTEM_JAVA_OPTS=-Xss64m allows more");
      return ExitStatus.UNREADABLE;
    } catch (OutOfMemoryError e) {
      err.println("wasmortem: not enough memory; WASMORTEM_JAVA_OPTS=-Xmx4g allows 4 GiB");
      return ExitStatus.UNREADABLE;
    }
  }

  /** Describes the command to picocli: the verb that is asked for, or all where none is. */
  private static CommandLine commandLine(Map<String, Verb> verbs, String... arguments) {
    CommandSpec root = withHelp(CommandSpec.create().name(NAME));
    root.addOption(
        OptionSpec.builder("-V", "--version")
            .versionHelp(true)
            .description("Print the version and end.")
            .build());
    root.usageMessage()
        .description("Core dumps for WebAssembly, from the trap to the fix.")
        .synopsisSubcommandLabel("VERB")
        .commandListHeading("%nVerbs:%n")
        .footer("", "`wasmortem VERB --help` tells more of a verb, with an example.");
    boolean one = arguments.length > 0 && VERBS.containsKey(arguments[0]);
    VERBS.forEach(
        (name, maker) -> {
          if (!one || name.equals(arguments[0])) {
            Verb verb = maker.get();
            verbs.put(name, verb);
            root.addSubcommand(name, withHelp(verb.spec()));
          }
        });
    return new CommandLine(root)
        .setColorScheme(
            CommandLine.Help.defaultColorScheme(
                Console.Stream.OUT.isTerminal()
                    ? CommandLine.Help.Ansi.AUTO
                    : CommandLine.Help.Ansi.OFF));
  }

  /** Adds {@code --help}; picocli's own mixin for it is made of annotations, see {@link Verb}. */
  private static CommandSpec withHelp(CommandSpec spec) {
    return spec.addOption(
        OptionSpec.builder("-h", "--help")
            .usageHelp(true)
            .description("Print this help and end.")
            .build());
  }

  private static int usage(PrintStream err, ParameterException error) {
    String command = error.getCommandLine().getCommandSpec().qualifiedName();
    err.println(
        "wasmortem: "
            + Printable.escape(String.valueOf(error.getMessage()))
            + "; see `"
            + command
            + " --help`");
    return ExitStatus.USAGE;
  }

  private static int failure(PrintStream err, Exception error) {
    if (error instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
    err.println("wasmortem: " + Complaint.of(error));
    if (System.getenv("WASMORTEM_DEBUG") != null) {
      error.printStackTrace(err);
    }
    return status(error);
  }

  private static int status(Exception error) {
    if (error instanceof Unusable unusable) {
      return unusable.status();
    }
    // Where to write is the user's word, and can be another one; nothing was unreadable.
    return error instanceof FileAlreadyExistsException || error instanceof OutputFile.Refused
        ? ExitStatus.USAGE
        : ExitStatus.UNREADABLE;
  }

  private static PrintStream buffered(OutputStream stream) {
    return new PrintStream(new BufferedOutputStream(stream, 8192), false, StandardCharsets.UTF_8);
  }
}
