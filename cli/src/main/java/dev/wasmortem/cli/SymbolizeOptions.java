package dev.wasmortem.cli;

import dev.wasmortem.symbols.answer.AddressSpace;
import dev.wasmortem.symbols.answer.AnswerOptions;
import dev.wasmortem.symbols.answer.AnswerOptions.Feature;
import dev.wasmortem.symbols.answer.AnswerOptions.Functions;
import dev.wasmortem.symbols.answer.AnswerOptions.Paths;
import dev.wasmortem.symbols.answer.AnswerOptions.Style;
import dev.wasmortem.wasm.WasmModule;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.Stack;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** How addresses are read and answers are written: the options of llvm-symbolizer and addr2line. */
final class SymbolizeOptions {
  private static final String LINKAGE = "linkage";

  private final OptionSpec addr2line =
      Options.flag(
          "--addr2line",
          "Do unasked what addr2line does: its output style, no function names, no inlined frames,"
              + " names not demangled, addresses hexadecimal.");

  private final OptionSpec functions =
      OptionSpec.builder("-f", "--functions")
          .paramLabel("KIND")
          .description(
              "Function names: none, short (as declared) or linkage (with scope and parameters)."
                  + " Default: linkage")
          .type(String.class)
          .arity("0..1")
          .fallbackValue(LINKAGE)
          .preprocessor(
              (stack, spec, option, how) -> attachedOnly(stack, spec, option::setValue, how))
          .build();

  private final OptionSpec inlines =
      negatable("Print all inlined frames at an address. Default: true", "-i", "--inlines");

  private final OptionSpec demangle =
      negatable("Print function names demangled. Default: true", "-C", "--demangle");

  private final OptionSpec pretty = flag("Print a frame in one line.", "-p", "--pretty-print");

  private final OptionSpec addresses =
      flag("Print the address before what is at it.", "-a", "--addresses", "--print-address");

  private final OptionSpec basenames =
      flag("Print file names without folders.", "-s", "--basenames");

  private final OptionSpec relative =
      flag("Print paths without the folder that the compiler ran in.", "--relativenames");

  private final OptionSpec verbose =
      flag("Print where functions are declared and begin, too.", "--verbose");

  private final OptionSpec context =
      Options.value(Integer.class, "N", "--print-source-context-lines")
          .description("Print N lines of the source around each place.")
          .defaultValue("0")
          .build();

  private final OptionSpec style =
      Options.value(Style.class, "STYLE", "--output-style")
          .description(
              "LLVM (llvm-symbolizer's), GNU (addr2line's) or JSON (llvm-symbolizer's)."
                  + " Default: LLVM")
          .converters(SymbolizeOptions::style)
          .build();

  private final OptionSpec lookup =
      Options.flag(
          "--lookup",
          "Print the entries of DWARF that an address is in: offsets, tags, names, declarations and"
              + " addresses.");

  private final OptionSpec fileOffsets =
      Options.flag(
          "--file-offset",
          "Addresses are offsets in the file, as in stack traces, not in the code section.");

  private final OptionSpec adjustment =
      Options.value(Long.class, "N", "--adjust-vma")
          .description("Subtract N from all addresses before they are looked up.")
          .converters(Long::decode)
          .defaultValue("0")
          .build();

  /** Accepted so that scripts work. A module has no base address. */
  private final OptionSpec relativeAddress =
      OptionSpec.builder("--relative-address").hidden(true).type(boolean.class).build();

  void addTo(CommandSpec spec) {
    List.of(
            functions,
            inlines,
            demangle,
            pretty,
            addresses,
            basenames,
            relative,
            verbose,
            context,
            style,
            addr2line,
            lookup,
            fileOffsets,
            adjustment,
            relativeAddress)
        .forEach(spec::addOption);
  }

  /** Returns an option without a value or default, which would undo {@link #attachedOnly}. */
  private static OptionSpec flag(String description, String... names) {
    return OptionSpec.builder(names).description(description).type(boolean.class).build();
  }

  private static OptionSpec negatable(String description, String... names) {
    return OptionSpec.builder(names)
        .description(description)
        .type(Boolean.class)
        .negatable(true)
        .fallbackValue("true")
        .build();
  }

  /**
   * Takes a value that is written together with its option only, as {@code -f=short}: in {@code -f
   * 0x1a} an address follows, in {@code -fip} more options.
   */
  private static boolean attachedOnly(
      Stack<String> arguments, CommandSpec spec, Consumer<String> option, Map<String, Object> how) {
    Object separator = how.get("separator");
    if ("=".equals(separator)) {
      return false;
    }
    if ("".equals(separator) && !arguments.isEmpty()) {
      for (char letter : arguments.pop().toCharArray()) {
        OptionSpec flag = spec.findOption(letter);
        if (flag == null || flag.arity().max() > 0) {
          throw new ParameterException(spec.commandLine(), "-f" + letter + " is no option");
        }
        flag.setValue(true);
      }
    }
    option.accept(LINKAGE);
    return true;
  }

  private static Style style(String text) {
    return switch (text) {
      case "LLVM" -> Style.LLVM;
      case "GNU" -> Style.GNU;
      case "JSON" -> Style.LLVM_JSON;
      default -> throw new TypeConversionException("'" + text + "' is none of LLVM, GNU, JSON");
    };
  }

  /** Returns how answers are written. */
  AnswerOptions answers(boolean json) {
    boolean gnu = Options.isSet(addr2line);
    Style asked = Options.getOrNull(Style.class, style);
    Style text = Options.isSet(lookup) ? Style.ENTRIES : gnu ? Style.GNU : Style.LLVM;
    Style chosen = asked != null ? asked : text;
    Set<Feature> features = EnumSet.noneOf(Feature.class);
    add(features, Feature.INLINES, is(inlines, !gnu));
    add(features, Feature.DEMANGLE, is(demangle, !gnu));
    add(features, Feature.PRETTY, Options.isSet(pretty));
    add(features, Feature.ADDRESSES, Options.isSet(addresses));
    add(features, Feature.VERBOSE, Options.isSet(verbose));
    add(features, Feature.ESCAPE, Console.Stream.OUT.isTerminal());
    return new AnswerOptions(
        json ? Style.JSON : chosen,
        functions(gnu ? Functions.NONE : Functions.LINKAGE),
        paths(),
        features,
        Math.max(0, Options.get(Integer.class, context)));
  }

  private static void add(Set<Feature> features, Feature feature, boolean wanted) {
    if (wanted) {
      features.add(feature);
    }
  }

  private static boolean is(OptionSpec option, boolean unasked) {
    @Nullable Boolean asked = Options.getOrNull(Boolean.class, option);
    return asked == null ? unasked : asked;
  }

  private Functions functions(Functions unasked) {
    String asked = Options.getOrNull(String.class, functions);
    if (asked == null) {
      return unasked;
    }
    return Arrays.stream(Functions.values())
        .filter(kind -> kind.name().toLowerCase(Locale.ROOT).equals(asked))
        .findFirst()
        .orElseThrow(
            () -> Unusable.usage("--functions wants none, short or linkage, not " + asked));
  }

  private Paths paths() {
    if (Options.isSet(basenames)) {
      return Paths.BASENAME;
    }
    return Options.isSet(relative) ? Paths.RELATIVE : Paths.ABSOLUTE;
  }

  /** Returns how addresses are written. */
  AddressSpace.Radix radix() {
    return Options.isSet(addr2line) ? AddressSpace.Radix.HEXADECIMAL : AddressSpace.Radix.BY_PREFIX;
  }

  /** Returns what addresses in a module are. */
  AddressSpace space(WasmModule module) {
    AddressSpace.Radix radix = radix();
    AddressSpace space =
        Options.isSet(fileOffsets)
            ? AddressSpace.file(module, radix)
            : AddressSpace.codeSection(radix);
    return space.adjusted(Options.get(Long.class, adjustment));
  }
}
