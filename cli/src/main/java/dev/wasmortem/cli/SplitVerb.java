package dev.wasmortem.cli;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Printable;
import dev.wasmortem.coredump.edit.OutputFile;
import dev.wasmortem.coredump.edit.OutputFile.Existing;
import dev.wasmortem.debug.SplitReport;
import dev.wasmortem.symbols.ModuleSplit;
import dev.wasmortem.symbols.ModuleSplit.Content;
import dev.wasmortem.symbols.ModuleSplit.Names;
import dev.wasmortem.symbols.ModuleSplit.Plan;
import dev.wasmortem.wasm.BuildId;
import dev.wasmortem.wasm.ModuleWriter;
import dev.wasmortem.wasm.WasmModule;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.TypeConversionException;

/** {@code wasmortem split MODULE}: a stripped module and its debug file. */
final class SplitVerb implements Verb {
  private static final String SUFFIX = ".wasm";

  private final PositionalParamSpec module = Options.file("MODULE", "The module to split.");

  private final OptionSpec stripped =
      Options.value(Path.class, "OUT", "-o", "--output")
          .description("The stripped module. Default: NAME.stripped.wasm beside MODULE")
          .build();

  private final OptionSpec debug =
      Options.value(Path.class, "OUT", "--debug")
          .description("The debug file. Default: NAME.debug.wasm beside OUT, else beside MODULE")
          .build();

  private final OptionSpec buildId =
      Options.value(BuildId.class, "HEX", "--build-id")
          .description(
              "The build id of both files. Default: the module's; if it has none, the first 20"
                  + " bytes of its SHA-256")
          .converters(SplitVerb::buildId)
          .build();

  private final OptionSpec noExternal =
      Options.flag("--no-external", "Do not name the debug file in a section external_debug_info.");

  private final OptionSpec stripNames =
      Options.flag(
          "--strip-names", "Take the name section away, too; the debug file is the whole module.");

  private final OptionSpec whole =
      Options.flag(
          "--whole", "Make the debug file the whole module, for tools that expect the code in it.");

  private final OptionSpec force = Options.flag("--force", "Replace files that are there.");

  private final OutputOptions output = new OutputOptions("docs/split.schema.json");

  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.create().name("split").addPositional(module);
    spec.usageMessage()
        .description(
            "Move a module's debug sections into a debug file that every verb finds beside it, by"
                + " the build id that both have. All else stays as it is, byte for byte.")
        .footer("", "Example:", "  wasmortem split build/app.wasm -o dist/app.wasm");
    List.of(stripped, debug, buildId, noExternal, stripNames, whole, force)
        .forEach(spec::addOption);
    output.addTo(spec);
    return spec;
  }

  private static BuildId buildId(String text) {
    boolean isHex = text.matches("([0-9a-fA-F]{2})+");
    if (!isHex || text.length() > 2 * BuildId.MAX_BYTES) {
      throw new TypeConversionException(
          "'" + text + "' is not 1 to " + BuildId.MAX_BYTES + " bytes in hexadecimal");
    }
    return new BuildId(text.toLowerCase(Locale.ROOT));
  }

  @Override
  public int run(Console console) throws IOException {
    Path input = Options.get(Path.class, module);
    Path out = Options.getOrNull(Path.class, stripped);
    Path strippedFile = out == null ? sibling(input, ".stripped") : out;
    Path debugFile = debugFile(input, out);
    try (ByteSource file = ByteSource.open(input)) {
      ModuleSplit split = ModuleSplit.of(WasmModule.read(file), plan(debugFile));
      if (split.removed().isEmpty()) {
        console
            .err()
            .println(
                "wasmortem: "
                    + Printable.escape(input.toString())
                    + " has no debug sections; nothing is written");
        return ExitStatus.FINDINGS;
      }
      // Said before the debug file is written, which is of no use alone.
      OutputFile.requireWritable(strippedFile, existing(), List.of(input, debugFile));
      write(debugFile, split.debugFile(), input, strippedFile);
      write(strippedFile, split.stripped(), input, debugFile);
      SplitReport report =
          SplitReport.of(input.toString(), split, strippedFile.toString(), debugFile.toString());
      if (output.json()) {
        JsonFace.print(report, console.out());
      } else {
        print(report, console.out(), output.style(Console.Stream.OUT));
      }
      return ExitStatus.DONE;
    }
  }

  private Plan plan(Path debugFile) {
    boolean namesMove = Options.isSet(stripNames);
    return new Plan(
        Optional.ofNullable(Options.getOrNull(BuildId.class, buildId)),
        Options.isSet(noExternal)
            ? Optional.empty()
            : Optional.of(String.valueOf(debugFile.getFileName())),
        namesMove || Options.isSet(whole) ? Content.MODULE : Content.SECTIONS,
        namesMove ? Names.STRIPPED : Names.KEPT);
  }

  private Path debugFile(Path input, @Nullable Path out) {
    Path given = Options.getOrNull(Path.class, debug);
    return given != null ? given : sibling(out == null ? input : out, ".debug");
  }

  /** Returns {@code app.debug.wasm} for {@code app.wasm}, in the same folder. */
  private static Path sibling(Path file, String part) {
    String name = String.valueOf(file.getFileName());
    String stem = name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
    return file.resolveSibling(stem + part + SUFFIX);
  }

  private Existing existing() {
    return Options.isSet(force) ? Existing.REPLACE : Existing.REFUSE;
  }

  /** Writes a file that whoever may read the module may read. */
  private void write(Path file, ModuleWriter writer, Path input, Path other) throws IOException {
    OutputFile.write(file, existing(), List.of(input, other), writer::writeTo);
    PosixFileAttributeView from = Files.getFileAttributeView(input, PosixFileAttributeView.class);
    PosixFileAttributeView to = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    if (from != null && to != null) {
      to.setPermissions(from.readAttributes().permissions());
    }
  }

  private static void print(SplitReport report, PrintStream out, Style style) {
    print(report.stripped(), "stripped module", out, style);
    print(report.debugFile(), "debug file", out, style);
    out.println("build id " + report.buildId() + ", " + origin(report.buildIdOrigin()));
    out.println(
        "taken away: "
            + report.removed().stream()
                .map(section -> Printable.escape(section.name()))
                .collect(Collectors.joining(", ")));
  }

  private static void print(SplitReport.File file, String what, PrintStream out, Style style) {
    out.println(
        style.file(Printable.escape(file.file())) + ": " + what + ", " + file.size() + " bytes");
  }

  private static String origin(String origin) {
    return switch (origin) {
      case "module" -> "the module's own";
      case "given" -> "as given";
      default -> "computed from the module";
    };
  }
}
