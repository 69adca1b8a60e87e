package dev.wasmortem.cli;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.FileOffset;
import dev.wasmortem.bytes.Printable;
import dev.wasmortem.wasm.Export;
import dev.wasmortem.wasm.FunctionBody;
import dev.wasmortem.wasm.WasmModule;
import dev.wasmortem.wasm.code.BodyOffset;
import dev.wasmortem.wasm.component.NestedModule;
import dev.wasmortem.wasm.types.ExternKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * {@code wasmortem disassemble MODULE FUNCTION}: a function's instructions, one a line. The module
 * may be in a component; offsets are the file's.
 */
final class DisassembleVerb implements Verb {
  private final PositionalParamSpec module =
      Options.file("MODULE", "The module, or a component that it is in.");

  private final PositionalParamSpec function =
      PositionalParamSpec.builder()
          .index("1")
          .paramLabel("FUNCTION")
          .description(
              "Its name, its index, or 0x and an offset in the file: the function that the byte"
                  + " there belongs to.")
          .type(String.class)
          .required(true)
          .build();

  private final OptionSpec range =
      Options.value(String.class, "FROM[:TO]", "--range")
          .description(
              "Only the instructions from one offset in the function's body up to another, as"
                  + " frames of a dump have them; with 0x hexadecimal. FROM alone: the one there.")
          .build();

  private final CoreModuleOption coreModule = new CoreModuleOption();

  private final OutputOptions output = new OutputOptions("docs/disassembly.schema.json");

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        CommandSpec.create()
            .name("disassemble")
            .addPositional(module)
            .addPositional(function)
            .addOption(range);
    spec.usageMessage()
        .description(
            "Print the instructions of a function with their offsets in the file and in the body;"
                + " > marks where a branch leads.")
        .footer(
            "", "Example:", "  wasmortem disassemble build/inventory.wasm main --range 0x40:0x60");
    coreModule.addTo(spec);
    output.addTo(spec);
    return spec;
  }

  @Override
  public int run(Console console) throws IOException {
    try (ByteSource file = ByteSource.open(Options.get(Path.class, module))) {
      String wanted = Options.get(String.class, function);
      NestedModule core = coreModule.of(file, fileOffset(wanted));
      WasmModule read = WasmModule.read(core.source());
      FunctionBody body = find(read, wanted);
      String asked = Options.getOrNull(String.class, range);
      long from = asked == null ? 0 : offset(part(asked, 0));
      long to = asked == null ? body.size() : offset(part(asked, 1), from + 1);
      DisassemblyText.Range bounds =
          new DisassemblyText.Range(bounded(from, body), bounded(to, body));
      DisassemblyText text = new DisassemblyText(core, body, bounds);
      if (output.json()) {
        text.printJson(console.out());
      } else {
        text.print(console.out(), output.style(Console.Stream.OUT));
      }
      return ExitStatus.DONE;
    }
  }

  private static BodyOffset bounded(long offset, FunctionBody body) {
    return new BodyOffset((int) Math.min(offset, body.size()));
  }

  private static String part(String range, int position) {
    String[] parts = range.split(":", 2);
    return position < parts.length ? parts[position] : "";
  }

  private static long offset(String text) {
    try {
      long value = Long.decode(text);
      if (value >= 0) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw Unusable.usage("--range wants FROM[:TO], offsets as 0x1a or 26, not " + quoted(text));
  }

  private static long offset(String text, long absent) {
    return text.isEmpty() ? absent : offset(text);
  }

  /** Returns the offset that a function is asked for by, if it is. */
  private static Optional<FileOffset> fileOffset(String asked) {
    return asked.matches("0x[0-9a-fA-F]{1,15}")
        ? Optional.of(new FileOffset(Long.decode(asked)))
        : Optional.empty();
  }

  private static FunctionBody find(WasmModule module, String asked) {
    Optional<FileOffset> offset = fileOffset(asked);
    if (offset.isPresent()) {
      return module
          .bodyAt(offset.get())
          .orElseThrow(
              () -> new Unusable(where(module) + "no function holds the byte at " + asked));
    }
    int index = asked.matches("[0-9]{1,9}") ? Integer.parseInt(asked) : named(module, asked);
    if (index >= 0 && index < module.importedFunctionCount()) {
      throw new Unusable(
          where(module) + "function " + quoted(asked) + " is imported and has no code here");
    }
    if (index < 0 || index >= module.importedFunctionCount() + module.bodyCount()) {
      throw new Unusable(
          where(module)
              + "no function "
              + quoted(asked)
              + "; those with code are "
              + module.importedFunctionCount()
              + " to "
              + (module.importedFunctionCount() + module.bodyCount() - 1));
    }
    return module.body(index);
  }

  private static int named(WasmModule module, String name) {
    for (int i = 0; i < module.functionCount(); i++) {
      if (module.functionName(i).filter(name::equals).isPresent()) {
        return i;
      }
    }
    return module.exports().stream()
        .filter(export -> export.kind() == ExternKind.FUNCTION && export.name().equals(name))
        .mapToInt(Export::index)
        .findFirst()
        .orElse(-1);
  }

  private static String where(WasmModule module) {
    return Printable.escape(module.source().name()) + ": ";
  }

  private static String quoted(String text) {
    return "'" + Printable.escape(text) + "'";
  }
}
