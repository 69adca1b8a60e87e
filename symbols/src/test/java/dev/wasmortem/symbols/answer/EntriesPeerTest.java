package dev.wasmortem.symbols.answer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wasmortem.symbols.CorpusModule;
import dev.wasmortem.symbols.answer.AnswerOptions.Style;
import dev.wasmortem.testkit.PeerTool;
import dev.wasmortem.wasm.code.CodeOffset;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The entries that an address is in are those of {@code llvm-dwarfdump --lookup}. That tells the
 * outermost block of the innermost function only; the blocks in it are those that a dump of it has.
 */
class EntriesPeerTest {
  private static final int ADDRESSES = 10;
  private static final Pattern OURS = Pattern.compile("(0x[0-9a-f]{8}): *(DW_TAG_\\w+).*");
  private static final Pattern ENTRY = Pattern.compile("(0x[0-9a-f]{8}): +(DW_TAG_\\w+)");
  private static final Pattern LOW = Pattern.compile(" +DW_AT_low_pc\t\\(0x([0-9a-f]+)\\)");
  private static final Pattern HIGH = Pattern.compile(" +DW_AT_high_pc\t\\(0x([0-9a-f]+)\\)");
  private static final Pattern RANGE = Pattern.compile(" +\\[0x([0-9a-f]+), 0x([0-9a-f]+)\\)+");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "c/crash-k3-dw4-O0-c22.wasm",
        "c/crash-k5-dw5-O2-c22.wasm",
        "cpp/crash-k5-dw5-O0-c22.wasm",
        "cpp/crash-k3-dw5-O2-c22.wasm",
        "rust/crash-borrow-O0-r1.63.wasm",
        "rust/crash-div-O2-r1.63.wasm"
      })
  void entriesAreThoseOfTheDumper(String name) throws IOException {
    try (CorpusModule module = CorpusModule.open(name)) {
      Answers answers = AnswersPeerTest.answers(module, AnswerOptions.of(Style.ENTRIES));
      int known = 0;
      for (CodeOffset at : module.offsets(ADDRESSES, 11)) {
        List<String> expected = dumped(module.path(), at.value());
        assertEquals(expected, ours(answers, at.value()), name + " " + at);
        known += expected.isEmpty() ? 0 : 1;
      }
      assertTrue(known > ADDRESSES / 3, known + " addresses");
    }
  }

  private static List<String> ours(Answers answers, long address) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    answers.answer(List.of("0x" + Long.toHexString(address)), out);
    List<String> chain = new ArrayList<>();
    out.toString(StandardCharsets.UTF_8)
        .lines()
        .map(OURS::matcher)
        .forEach(
            line -> {
              if (line.matches()) {
                chain.add(line.group(1) + " " + line.group(2));
              }
            });
    return chain;
  }

  /** Returns the entries that a dumper finds, from the unit inwards; none outside of functions. */
  private static List<String> dumped(Path module, long address) {
    String at = "--lookup=0x" + Long.toHexString(address);
    List<String> chain = new ArrayList<>();
    for (String line : PeerTool.run("", "llvm-dwarfdump", at, "-p", module.toString())) {
      Matcher entry = ENTRY.matcher(line);
      if (entry.matches()) {
        // The unit, the function and the block are told one after the other, each with its owners.
        if (entry.group(2).equals("DW_TAG_compile_unit")) {
          chain.clear();
        }
        chain.add(entry.group(1) + " " + entry.group(2));
      }
    }
    if (chain.size() < 2) {
      return List.of();
    }
    if (chain.get(chain.size() - 1).endsWith("DW_TAG_lexical_block")) {
      chain.addAll(blocksIn(module, chain.get(chain.size() - 1).split(" ", -1)[0], address));
    }
    return chain;
  }

  /** Returns the blocks in a block that an address is in. */
  private static List<String> blocksIn(Path module, String offset, long address) {
    List<String> chain = new ArrayList<>();
    String[] current = {""};
    long[] low = {-1};
    PeerTool.run(
        "",
        line -> {
          Matcher entry = ENTRY.matcher(line);
          if (entry.matches()) {
            boolean block = entry.group(2).equals("DW_TAG_lexical_block");
            current[0] = block ? entry.group(1) + " " + entry.group(2) : "";
          }
          Matcher range = RANGE.matcher(line);
          if (range.matches()) {
            addIf(hex(range.group(1)) <= address && address < hex(range.group(2)), current, chain);
          }
          Matcher lowPc = LOW.matcher(line);
          if (lowPc.matches()) {
            low[0] = hex(lowPc.group(1));
          }
          Matcher highPc = HIGH.matcher(line);
          if (highPc.matches()) {
            addIf(low[0] <= address && address < hex(highPc.group(1)), current, chain);
          }
        },
        "llvm-dwarfdump",
        "--debug-info=" + offset,
        "--show-children",
        module.toString());
    return chain.subList(1, chain.size());
  }

  private static void addIf(boolean within, String[] block, List<String> chain) {
    if (within && !block[0].isEmpty()) {
      chain.add(block[0]);
    }
  }

  private static long hex(String digits) {
    return Long.parseLong(digits, 16);
  }
}
