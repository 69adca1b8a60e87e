package dev.wasmortem.wasm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.testkit.PeerTool;
import dev.wasmortem.testkit.Shared;
import dev.wasmortem.wasm.code.Immediate;
import dev.wasmortem.wasm.code.Opcode;
import dev.wasmortem.wasm.text.Disassembler;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Compares offsets, mnemonics and immediates of the whole corpus with what {@code wasm-objdump -d}
 * of wabt prints.
 */
class ObjdumpTest {
  /** {@code 000207: 10 8c 80 80 80 00 | call 12 <malloc>} */
  private static final Pattern INSTRUCTION =
      Pattern.compile("^ ([0-9a-f]+): [0-9a-f ]+\\| +(\\S+) ?(.*)$");

  /** {@code 0001d4 func[7] <_start>:} */
  private static final Pattern FUNCTION = Pattern.compile("^([0-9a-f]+) func\\[(\\d+)].*$");

  private static final Pattern MEMORY_ARGUMENT =
      Pattern.compile("(\\d+)? ?(?:offset=(\\d+))? ?(?:align=(\\d+))?");

  /** The memory arguments of the instructions that have one. */
  private static final Map<String, Immediate> ACCESSES =
      Arrays.stream(Opcode.values())
          .filter(opcode -> !opcode.immediates().isEmpty())
          .filter(opcode -> opcode.immediates().get(0).encoding() == Immediate.Encoding.MEMARG)
          .collect(Collectors.toMap(Opcode::mnemonic, opcode -> opcode.immediates().get(0)));

  @Test
  void corpusModulesDisassembleAlike() throws IOException {
    int compared = 0;
    for (Path module : Shared.modules()) {
      List<String> theirs = objdump(module);
      List<String> ours = ours(module);
      for (int i = 0; i < Math.min(theirs.size(), ours.size()); i++) {
        assertEquals(theirs.get(i), ours.get(i), module.toString());
      }
      assertEquals(theirs.size(), ours.size());
      compared += ours.size();
    }
    assertTrue(compared > 500_000, "lines: " + compared);
  }

  private static List<String> ours(Path path) throws IOException {
    List<String> lines = new ArrayList<>();
    try (ByteSource file = ByteSource.open(path)) {
      WasmModule module = WasmModule.read(file);
      Disassembler disassembler = Disassembler.of(module, Disassembler.Names.INDICES);
      for (int i = 0; i < module.bodyCount(); i++) {
        FunctionBody body = module.body(module.importedFunctionCount() + i);
        lines.add(hex(body.start().value()) + " func " + body.functionIndex());
        disassembler.print(
            body,
            line -> {
              assertEquals(body.bodyOffset(line.fileOffset()), line.offset());
              lines.add(hex(line.fileOffset().value()) + " " + alike(line.text()));
            });
      }
    }
    return lines;
  }

  /** Returns a line in the words of wasm-objdump where they differ from the text format's. */
  private static String alike(String text) {
    String mnemonic = text.contains(" ") ? text.substring(0, text.indexOf(' ')) : text;
    String operands = text.substring(mnemonic.length()).strip();
    Immediate access = ACCESSES.get(mnemonic);
    if (access != null) {
      Matcher argument = MEMORY_ARGUMENT.matcher(operands);
      assertTrue(argument.matches(), text);
      String offset = argument.group(2) == null ? "0" : argument.group(2);
      long align = argument.group(3) == null ? access.size() : Long.parseLong(argument.group(3));
      String memory = argument.group(1) == null ? " " : " " + argument.group(1) + " ";
      operands = Long.numberOfTrailingZeros(align) + memory + offset;
    } else if (mnemonic.equals("i32.const")) {
      operands = Integer.toUnsignedString(Integer.parseInt(operands));
    } else {
      operands = operands.replaceFirst("^\\(result (.*)\\)$", "$1").replaceFirst("^i32x4 ", "");
    }
    return operands.isEmpty() ? mnemonic : mnemonic + " " + operands;
  }

  private static List<String> objdump(Path module) {
    List<String> lines = new ArrayList<>();
    PeerTool.run(
        "",
        line -> {
          Matcher function = FUNCTION.matcher(line);
          Matcher instruction = INSTRUCTION.matcher(line);
          if (function.matches()) {
            lines.add(trim(function.group(1)) + " func " + function.group(2));
          } else if (instruction.matches() && !instruction.group(2).startsWith("local[")) {
            lines.add(line(instruction));
          }
        },
        "wasm-objdump",
        "-d",
        module.toString());
    return lines;
  }

  private static String line(Matcher instruction) {
    // A name may hold a '>'; where two names stand, none of the corpus does.
    String name = instruction.group(2).endsWith("call_indirect") ? " *<[^>]*>" : "<.*>";
    String arguments = instruction.group(3).replaceAll(name, "").strip();
    String text = instruction.group(2) + (arguments.isEmpty() ? "" : " " + arguments);
    return trim(instruction.group(1)) + " " + text;
  }

  private static String trim(String hex) {
    return hex(Long.parseLong(hex, 16));
  }

  private static String hex(long value) {
    return Long.toHexString(value);
  }
}
