package dev.wasmortem.wasm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.testkit.Shared;
import dev.wasmortem.wasm.code.Immediate;
import dev.wasmortem.wasm.code.InstructionReader;
import dev.wasmortem.wasm.code.Opcode;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Compares offsets, mnemonics and indices with what {@code wasm-objdump -d} of wabt prints. */
class ObjdumpTest {
  /** {@code 000207: 10 8c 80 80 80 00 | call 12 <malloc>} */
  private static final Pattern INSTRUCTION =
      Pattern.compile("^ ([0-9a-f]+): [0-9a-f ]+\\| +(\\S+) ?(.*)$");

  /** {@code 0001d4 func[7] <_start>:} */
  private static final Pattern FUNCTION = Pattern.compile("^([0-9a-f]+) func\\[(\\d+)].*$");

  @Test
  void corpusModulesDecodeAlike() throws IOException, InterruptedException {
    List<Path> modules =
        Stream.of(
                "c/crash-k1-dw5-O0-c22.wasm",
                "c/crash-k3-dw5-O2-c22.wasm",
                "cpp/crash-k1-dw5-O0-c22.wasm",
                "cpp/crash-k3-dw5-O2-c22.wasm",
                "rust/crash-borrow-O0-r1.63.wasm",
                "rust/crash-div-O2-r1.63.wasm")
            .map(Shared::corpus)
            .toList();
    for (Path module : modules) {
      List<String> theirs = objdump(module);
      List<String> ours = ours(module);
      for (int i = 0; i < Math.min(theirs.size(), ours.size()); i++) {
        assertEquals(theirs.get(i), ours.get(i), module.toString());
      }
      assertEquals(theirs.size(), ours.size());
      assertTrue(ours.size() > 1000);
    }
  }

  private static List<String> ours(Path path) throws IOException {
    List<String> lines = new ArrayList<>();
    try (ByteSource file = ByteSource.open(path)) {
      WasmModule module = WasmModule.read(file);
      for (int i = 0; i < module.bodyCount(); i++) {
        FunctionBody body = module.body(module.importedFunctionCount() + i);
        lines.add(hex(body.start().value()) + " func " + body.functionIndex());
        InstructionReader reader = body.instructions();
        while (reader.next()) {
          String offset = hex(body.fileOffset(reader.offset()).value());
          lines.add(offset + " " + reader.opcode() + numbers(reader));
        }
      }
    }
    return lines;
  }

  /** Returns immediates that both sides print as plain numbers. */
  private static String numbers(InstructionReader reader) {
    List<Immediate> immediates = reader.opcode().immediates();
    if (reader.opcode() == Opcode.BR_TABLE) {
      StringBuilder labels = new StringBuilder();
      for (int i = 0; i < reader.labelCount(); i++) {
        labels.append(' ').append(reader.label(i));
      }
      return labels.toString();
    }
    if (immediates.size() != 1) {
      return "";
    }
    return switch (immediates.get(0).encoding()) {
      case U32 -> " " + reader.index(0);
      case MEMARG -> " " + reader.alignLog2() + " " + reader.memoryOffset();
      default -> "";
    };
  }

  private static List<String> objdump(Path module) throws IOException, InterruptedException {
    Process process;
    try {
      process =
          new ProcessBuilder("wasm-objdump", "-d", module.toString())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException notInstalled) {
      Assumptions.assumeTrue(Boolean.getBoolean("wasmortem.shared.required"), "no wasm-objdump");
      throw new AssertionError("wasm-objdump is required", notInstalled);
    }
    List<String> lines = new ArrayList<>();
    try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        Matcher function = FUNCTION.matcher(line);
        Matcher instruction = INSTRUCTION.matcher(line);
        if (function.matches()) {
          lines.add(trim(function.group(1)) + " func " + function.group(2));
        } else if (instruction.matches() && !instruction.group(2).startsWith("local[")) {
          lines.add(line(instruction));
        }
      }
    }
    assertEquals(0, process.waitFor());
    return lines;
  }

  private static String line(Matcher instruction) {
    String mnemonic = instruction.group(2);
    String arguments = instruction.group(3).replaceAll("<.*>", "").strip();
    Opcode opcode =
        Stream.of(Opcode.values())
            .filter(candidate -> candidate.mnemonic().equals(mnemonic))
            .findFirst()
            .orElseThrow(() -> new AssertionError(mnemonic));
    boolean plain =
        opcode == Opcode.BR_TABLE
            || (opcode.immediates().size() == 1
                && switch (opcode.immediates().get(0).encoding()) {
                  case U32, MEMARG -> true;
                  default -> false;
                });
    return trim(instruction.group(1)) + " " + mnemonic + (plain ? " " + arguments : "");
  }

  private static String trim(String hex) {
    return hex(Long.parseLong(hex, 16));
  }

  private static String hex(long value) {
    return Long.toHexString(value);
  }
}
