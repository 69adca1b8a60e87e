package dev.wasmortem.cli;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.coredump.CoredumpWriter;
import dev.wasmortem.coredump.Dialect.InstanceIndex;
import dev.wasmortem.coredump.Dialect.Integers;
import dev.wasmortem.coredump.Dialect.Layout;
import dev.wasmortem.coredump.WriterOptions;
import dev.wasmortem.coredump.WriterOptions.ModuleBytes;
import dev.wasmortem.debug.CopyReport;
import dev.wasmortem.debug.PostMortem;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;

/** {@code wasmortem convert CORE -o OUT}: the same dump in another dialect. */
final class ConvertVerb implements Verb {
  private static final Map<String, Integers> VALUES =
      Map.of("leb", Integers.LEB, "fixed", Integers.FIXED);
  private static final Map<String, Layout> LAYOUTS =
      Map.of("separate", Layout.SEPARATE, "counts-first", Layout.COUNTS_FIRST);
  private static final Map<String, InstanceIndex> INDICES =
      Map.of("present", InstanceIndex.PRESENT, "absent", InstanceIndex.ABSENT);
  private static final Map<String, ModuleBytes> BYTES =
      Map.of(
          "extension",
          ModuleBytes.EXTENSION,
          "inline",
          ModuleBytes.INLINE,
          "none",
          ModuleBytes.NONE);

  private final DumpOptions dump = new DumpOptions();
  private final OutputFileOptions written = OutputFileOptions.required();
  private final OutputOptions output = OutputOptions.plain("docs/copy.schema.json");

  private final OptionSpec values =
      choice(
          Integers.class,
          "--values",
          "leb|fixed",
          VALUES,
          "leb",
          "How frames have integers: leb, or fixed for 4 or 8 bytes, as wasmgdb reads them.");

  private final OptionSpec layout =
      choice(
          Layout.class,
          "--layout",
          "separate|counts-first",
          LAYOUTS,
          "separate",
          "How frames have values: separate, each vector with its count, or counts-first, as"
              + " wasmgdb reads them.");

  private final OptionSpec instanceIndex =
      choice(
          InstanceIndex.class,
          "--instance-index",
          "present|absent",
          INDICES,
          "present",
          "Whether frames name their instance: present, or absent as in early 2023.");

  private final OptionSpec moduleBytes =
      choice(
          ModuleBytes.class,
          "--module-bytes",
          "extension|inline|none",
          BYTES,
          "extension",
          "Where modules' files go, those in the dump and those that -m names: extension, inline"
              + " (other readers refuse it) or none.");

  private static <T> OptionSpec choice(
      Class<T> type,
      String name,
      String label,
      Map<String, T> choices,
      String preset,
      String description) {
    return Options.value(type, label, name)
        .description(description + " Default: " + preset)
        .converters(
            text -> {
              T choice = choices.get(text);
              if (choice == null) {
                throw new TypeConversionException("'" + text + "' is none of " + label);
              }
              return choice;
            })
        .defaultValue(preset)
        .build();
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.create().name("convert");
    spec.usageMessage()
        .description(
            "Write a dump of any dialect in another one; without options in the convention.")
        .footer(
            "",
            "Example:",
            "  wasmortem convert crash.core -o old.core --values=fixed --layout=counts-first");
    dump.addTo(spec);
    written.addTo(spec);
    List.of(values, layout, instanceIndex, moduleBytes).forEach(spec::addOption);
    output.addTo(spec);
    return spec;
  }

  @Override
  public int run(Console console) throws IOException {
    WriterOptions options =
        WriterOptions.builder()
            .integers(Options.get(Integers.class, values))
            .layout(Options.get(Layout.class, layout))
            .instanceIndex(Options.get(InstanceIndex.class, instanceIndex))
            .moduleBytes(Options.get(ModuleBytes.class, moduleBytes))
            .build();
    try (PostMortem session = dump.open()) {
      CoredumpWriter writer = CoredumpWriter.copyOf(session.dump(), options);
      session.modules().forEach((index, module) -> writer.moduleBytes(index, module.source()));
      OutputFileOptions.Written file = written.write(writer, List.of(dump.core()));
      if (output.json()) {
        try (ByteSource copy = ByteSource.open(file.file())) {
          JsonFace.print(CopyReport.of(session, copy, file.notes()), console.out());
        }
      } else {
        session.diagnostics().forEach(console::tell);
      }
    }
    return ExitStatus.DONE;
  }
}
