package dev.wasmortem.symbols.answer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.wasmortem.symbols.FrameLookup;
import dev.wasmortem.symbols.SourceFrame;
import dev.wasmortem.symbols.SourcePaths;
import dev.wasmortem.symbols.answer.AnswerOptions.Feature;
import dev.wasmortem.symbols.answer.AnswerOptions.Functions;
import dev.wasmortem.symbols.answer.AnswerOptions.Paths;
import dev.wasmortem.symbols.answer.AnswerOptions.Style;
import dev.wasmortem.wasm.code.CodeOffset;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Blocks of standard input, answered on all processors. */
class AnswerStreamTest {
  /** More than a megabyte of lines, so that blocks are written while others are answered. */
  private static final int MANY = 150_000;

  private static final String UNKNOWN = "??\n??:0:0\n\n";

  private static Answers answers(FrameLookup lookup, Style style) {
    return Answers.of(
        lookup,
        "app.wasm",
        AddressSpace.codeSection(AddressSpace.Radix.BY_PREFIX),
        new AnswerOptions(style, Functions.SHORT, Paths.ABSOLUTE, EnumSet.of(Feature.INLINES), 0),
        SourcePaths.none());
  }

  /** Returns a function that is called by its offset; there is none at multiples of seven. */
  private static List<SourceFrame> function(CodeOffset at) {
    String name = "f" + at.value();
    return at.value() % 7 == 0
        ? List.of()
        : List.of(
            new SourceFrame(name, Optional.of(name), Optional.empty(), Optional.empty(), false));
  }

  private static String answer(long offset) {
    return offset % 7 == 0 ? UNKNOWN : "f" + offset + "\n??:0:0\n\n";
  }

  private static String stream(Answers answers, String lines) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] in = lines.getBytes(StandardCharsets.UTF_8);
    answers.answer(new ByteArrayInputStream(in), out);
    return out.toString(StandardCharsets.UTF_8);
  }

  /** The first block is answered after another, and the last line has no end. */
  @Test
  void blocksAreWrittenInTheirOrder() throws IOException {
    StringBuilder lines = new StringBuilder();
    StringBuilder expected = new StringBuilder();
    for (int i = 1; i <= MANY; i++) {
      lines.append(i % 2 == 0 ? "0x" + Integer.toHexString(i) : "CODE " + i);
      lines.append(i == MANY ? "" : "\n");
      expected.append(answer(i));
    }
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    CountDownLatch later = new CountDownLatch(1);
    FrameLookup lookup =
        at -> {
          threads.add(Thread.currentThread());
          if (at.value() == 1 && Runtime.getRuntime().availableProcessors() > 1) {
            await(later);
          } else if (at.value() > 20_000) {
            later.countDown();
          }
          return function(at);
        };
    String answered = stream(answers(lookup, Style.LLVM), lines.toString());
    assertEquals(expected.toString(), answered);
    threads.remove(Thread.currentThread());
    assertFalse(threads.isEmpty(), "no worker answered");
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(1, TimeUnit.MINUTES)) {
        throw new IllegalStateException("no other block is answered meanwhile");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Many lines are answered as each of them alone. */
  @ParameterizedTest
  @EnumSource(
      value = Style.class,
      names = {"LLVM", "GNU", "JSON"})
  void answersOneByOne(Style style) throws IOException {
    Answers answers = answers(AnswerStreamTest::function, style);
    List<String> questions = new ArrayList<>();
    for (int i = 0; i < 40_000; i++) {
      questions.add(i % 100 == 3 ? "nonsense " + i : "0x" + Integer.toHexString(i));
    }
    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    for (String question : questions) {
      answers.answer(List.of(question), expected);
    }
    assertEquals(
        expected.toString(StandardCharsets.UTF_8), stream(answers, String.join("\n", questions)));
  }

  @ParameterizedTest
  @ValueSource(ints = {30_000, 40_000, 70_000, 200_000})
  void aLineThatIsTooLong(int length) throws IOException {
    Answers answers = answers(AnswerStreamTest::function, Style.LLVM);
    assertEquals(
        answer(1) + UNKNOWN + answer(2), stream(answers, "1\n" + "x".repeat(length) + "\n2"));
  }

  /** A program that asks one thing after the other, and waits for each answer. */
  private static final class Dialogue extends InputStream {
    private final ByteArrayOutputStream answered = new ByteArrayOutputStream();
    private int asked;

    @Override
    public int read(byte[] buffer, int offset, int length) {
      StringBuilder expected = new StringBuilder();
      for (int i = 1; i <= asked; i++) {
        expected.append(answer(i));
      }
      assertEquals(expected.toString(), answered.toString(StandardCharsets.UTF_8));
      if (asked == 10) {
        return -1;
      }
      byte[] line = (++asked + "\n").getBytes(StandardCharsets.US_ASCII);
      System.arraycopy(line, 0, buffer, offset, line.length);
      return line.length;
    }

    @Override
    public int read() {
      throw new UnsupportedOperationException();
    }
  }

  @Test
  void answersAreNotHeldBack() throws IOException {
    Dialogue dialogue = new Dialogue();
    answers(AnswerStreamTest::function, Style.LLVM).answer(dialogue, dialogue.answered);
    assertEquals(10, dialogue.asked);
  }

  @Test
  void aFailureOfAWorkerReachesTheCaller() {
    RuntimeException failure = new IllegalStateException("of a lookup");
    FrameLookup lookup =
        at -> {
          throw failure;
        };
    Answers answers = answers(lookup, Style.LLVM);
    assertSame(
        failure, assertThrows(RuntimeException.class, () -> stream(answers, "1\n".repeat(MANY))));
  }
}
