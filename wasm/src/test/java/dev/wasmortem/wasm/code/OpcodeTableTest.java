package dev.wasmortem.wasm.code;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wasmortem.testkit.Goldens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table is the only place that lists instructions: its documentation is made from it. */
class OpcodeTableTest {
  private static final Path ROOT = Path.of("..");

  /** Files of main code that name instructions, with what they know of them. */
  private static final Map<String, String> WHERE_MEANING_IS =
      Map.ofEntries(
          Map.entry("wasm/code/InstructionReader.java", "what a reader shows before its first"),
          Map.entry("wasm/ConstExpr.java", "values of constant expressions"),
          Map.entry("wasm/ConstValue.java", "constant expressions of values"),
          Map.entry("wasm/text/Nest.java", "where a label leads"),
          Map.entry("wasm/validation/CodeChecker.java", "which rules type what"),
          Map.entry("wasm/validation/ConstantRules.java", "what a constant expression may hold"),
          Map.entry("wasm/validation/DeclaredFunctions.java", "what declares a function"),
          Map.entry("wasm/validation/Operands.java", "where a label leads"),
          Map.entry("wasm/validation/ControlRules.java", "typing"),
          Map.entry("wasm/validation/VariableRules.java", "typing"),
          Map.entry("wasm/validation/ReferenceRules.java", "typing"),
          Map.entry("wasm/validation/AggregateRules.java", "typing"),
          Map.entry("capture/endive/Faults.java", "which bytes an access was after"),
          Map.entry("capture/endive/FrameDecoder.java", "calls that a frame waits in"),
          Map.entry("coredump/CodeOffsets.java", "calls that a caller's frame waits in"));

  /** A constant of the table with its class, or as the label of a switch over it. */
  private static final Pattern QUALIFIED = Pattern.compile("\\bOpcode\\.([A-Z][A-Z0-9_]*)\\b");

  private static final Pattern CASE = Pattern.compile("\\bcase\\s+([A-Z0-9_,\\s]+?)\\s*(->|:)");

  @Test
  void documentation() {
    StringBuilder text =
        new StringBuilder(
            """
            # Instructions

            Made from the table in
            [`Opcode`](../wasm/src/main/java/dev/wasmortem/wasm/code/Opcode.java) by a test; `-Dwasmortem.goldens.refresh=true` makes it anew.
            The operands are types, the topmost last; `addr` is the address type of the memory in the immediates, `taddr` that of the table,
            `ref.X` the reference to X that is not null, `*` depends on the immediates or the stack. Immediates stand in the order of the
            binary format.

            | code | name | operands | immediates | since |
            |---|---|---|---|---|
            """);
    for (Opcode opcode : Opcode.values()) {
      text.append("| `")
          .append(opcode.prefix() == 0 ? "" : String.format("%02x ", opcode.prefix()))
          .append(String.format("%02x", opcode.code()))
          .append("` | `")
          .append(opcode.mnemonic())
          .append("` | `")
          .append(opcode.signature())
          .append("` | ")
          .append(
              opcode.immediates().stream()
                  .map(immediate -> words(immediate.name()))
                  .collect(Collectors.joining(", ")))
          .append(" | ")
          .append(since(opcode.proposal()))
          .append(" |\n");
    }
    Goldens.check(ROOT.resolve("docs/opcodes.md"), text.toString());
  }

  private static String since(Proposal proposal) {
    String words = words(proposal.name());
    if (proposal == Proposal.CORE_1) {
      return proposal.since();
    }
    return proposal.since().isEmpty() ? words : words + ", " + proposal.since();
  }

  private static String words(String constant) {
    return constant.toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** Where an instruction is named, something is known that the table does not say. */
  @Test
  void instructionsAreNamedOnlyWhereTheirMeaningIs() throws IOException {
    TreeSet<String> naming = new TreeSet<>();
    for (Path file : mainSources()) {
      if (!file.endsWith("wasm/code/Opcode.java") && namesAnInstruction(Files.readString(file))) {
        String path = file.toString().replace('\\', '/');
        naming.add(path.substring(path.indexOf("dev/wasmortem/") + "dev/wasmortem/".length()));
      }
    }
    assertEquals(new TreeSet<>(WHERE_MEANING_IS.keySet()), naming);
  }

  private static boolean namesAnInstruction(String source) {
    if (!source.contains("dev.wasmortem.wasm.code")) {
      return false;
    }
    List<String> constants = Stream.of(Opcode.values()).map(Opcode::name).toList();
    Matcher qualified = QUALIFIED.matcher(source);
    while (qualified.find()) {
      if (constants.contains(qualified.group(1))) {
        return true;
      }
    }
    if (!source.contains(".opcode()") && !source.contains("Opcode opcode")) {
      return false;
    }
    Matcher labels = CASE.matcher(source);
    while (labels.find()) {
      for (String label : labels.group(1).strip().split("\\s*,\\s*", -1)) {
        if (constants.contains(label)) {
          return true;
        }
      }
    }
    return false;
  }

  private static List<Path> mainSources() throws IOException {
    try (Stream<Path> rooms = Files.list(ROOT)) {
      List<Path> folders =
          rooms.map(room -> room.resolve("src/main/java")).filter(Files::isDirectory).toList();
      assertTrue(folders.size() > 5, "rooms found");
      List<Path> sources = new ArrayList<>();
      for (Path folder : folders) {
        try (Stream<Path> files = Files.walk(folder)) {
          files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
        }
      }
      return sources;
    }
  }
}
