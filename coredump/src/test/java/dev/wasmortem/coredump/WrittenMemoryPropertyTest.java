package dev.wasmortem.coredump;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wasmortem.coredump.WriterOptions.Overflow;
import dev.wasmortem.testkit.ConventionReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever is selected of a memory and however little room there is, the dump tells the truth. */
final class WrittenMemoryPropertyTest {
  private static final int SIZE = 3000;

  /** A memory of two, what is selected of it, and the room that there is. */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  record Draft(
      byte[] bytes,
      List<AddressRange> ranges,
      boolean everything,
      List<AddressRange> first,
      List<MemoryRange> states,
      long maxBytes,
      int sectionBytes,
      Overflow overflow) {
    MemorySelection selection() {
      MemorySelection selected =
          everything ? MemorySelection.all() : MemorySelection.ranges(ranges, "a test");
      return selected.first(first).states(states);
    }

    CoredumpWriter writer() {
      WriterOptions options = WriterOptions.builder().maxBytes(maxBytes).overflow(overflow).build();
      CoredumpWriter writer = new CoredumpWriter(options);
      writer.addMemory(Dumps.pages(1), Dumps.memory(new byte[] {1, 2, 3}));
      writer.addMemory(Dumps.bytewise(), Dumps.memory(bytes), selection());
      writer.addThread(new CoreThread("main", List.of(Dumps.frame(0, 1, 2))));
      return writer;
    }

    byte[] written() {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      try {
        writer().writeTo(Channels.newChannel(out), sectionBytes);
      } catch (IOException e) {
        throw new AssertionError(e);
      }
      return out.toByteArray();
    }

    @Override
    public String toString() {
      return String.format(
          "ranges %s%s, first %s, states %s, at most %d, sections of %d %s, bytes %s",
          ranges,
          everything ? " and all others" : "",
          first,
          states,
          maxBytes,
          sectionBytes,
          overflow,
          Arrays.toString(bytes));
    }
  }

  @Property(tries = 1000)
  void theDumpTellsTheTruth(@ForAll("drafts") Draft draft) {
    byte[] file = draft.written();
    Coredump dump = Dumps.read(file);
    assertEquals(1, dump.threads().get(0).frames().size());
    assertTrue(file.length <= Math.max(draft.maxBytes, 700), () -> file.length + " bytes");
    CoreMemory memory = dump.memories().get(1);
    assertEquals(SIZE, memory.size());
    byte[] read = new byte[SIZE];
    List<MemoryRange> ranges = memory.read(new MemoryAddress(0), read, 0, SIZE);
    BitSet selected = bits(draft.ranges);
    if (draft.everything) {
      selected.set(0, SIZE);
    }
    boolean leftOut = false;
    for (MemoryRange range : ranges) {
      for (int at = (int) range.start().value();
          at < range.start().value() + range.length();
          at++) {
        MemoryState given = stateGiven(draft, at);
        switch (range.state()) {
          case CAPTURED, KNOWN_ZERO -> {
            assertEquals(draft.bytes[at], read[at], "at " + at);
            assertTrue(selected.get(at) || range.state() == MemoryState.CAPTURED, "at " + at);
            assertEquals(null, given);
          }
          case NOT_CAPTURED -> leftOut |= selected.get(at) && given == null && draft.bytes[at] != 0;
          case REDACTED, UNSPECIFIED -> assertEquals(range.state(), given);
          default -> throw new AssertionError(range);
        }
      }
    }
    assertEquals(
        leftOut || (draft.states.isEmpty() && selected.cardinality() < SIZE),
        dump.notes().stream().anyMatch(n -> n.code().equals(Note.MEMORY_LEFT_OUT))
            && (leftOut || draft.states.isEmpty()),
        () -> dump.notes().toString());
    assertEquals(List.of(), dump.diagnostics());
    ConventionReader.read(file);
  }

  private static MemoryState stateGiven(Draft draft, int at) {
    for (MemoryState state : MemoryState.values()) {
      for (MemoryRange range : draft.states) {
        long start = range.start().value();
        if (range.state() == state && start <= at && at < start + range.length()) {
          return state;
        }
      }
    }
    return null;
  }

  /** What is to be kept first is there before anything else is. */
  @Property(tries = 300)
  void whatIsToBeKeptFirstIsKeptLongest(@ForAll("drafts") Draft any) {
    Draft draft =
        new Draft(
            any.bytes, List.of(), true, any.first, List.of(), any.maxBytes, 1 << 20, any.overflow);
    CoreMemory memory = Dumps.read(draft.written()).memories().get(1);
    BitSet first = bits(draft.first);
    boolean firstLost = false;
    boolean otherKept = false;
    for (MemoryRange range : memory.ranges()) {
      for (int at = (int) range.start().value();
          at < range.start().value() + range.length();
          at++) {
        if (draft.bytes[at] != 0) {
          firstLost |= first.get(at) && range.state() != MemoryState.CAPTURED;
          otherKept |= !first.get(at) && range.state() == MemoryState.CAPTURED;
        }
      }
    }
    assertFalse(firstLost && otherKept);
  }

  /** A copy of what was read is what was written, byte by byte. */
  @Property(tries = 300)
  void aCopyIsTheSame(@ForAll("drafts") Draft any) {
    Draft draft =
        new Draft(
            any.bytes,
            any.ranges,
            any.everything,
            List.of(),
            any.states,
            Long.MAX_VALUE,
            any.sectionBytes,
            Overflow.EXTENSION_SECTIONS);
    byte[] file = draft.written();
    Coredump dump = Dumps.read(file);
    byte[] copy = Dumps.written(CoredumpWriter.copyOf(dump, WriterOptions.DEFAULT));
    if (draft.sectionBytes > file.length) {
      assertArrayEquals(file, copy);
    }
    Coredump again = Dumps.read(copy);
    byte[] one = new byte[SIZE];
    byte[] two = new byte[SIZE];
    assertEquals(
        dump.memories().get(1).read(new MemoryAddress(0), one, 0, SIZE),
        again.memories().get(1).read(new MemoryAddress(0), two, 0, SIZE));
    assertArrayEquals(one, two);
    assertEquals(dump.notes(), again.notes());
  }

  private static BitSet bits(List<AddressRange> ranges) {
    BitSet bits = new BitSet();
    for (AddressRange range : ranges) {
      int start = (int) range.start().value();
      bits.set(start, (int) Math.min(SIZE, start + range.length()));
    }
    return bits;
  }

  @Provide
  Arbitrary<Draft> drafts() {
    Arbitrary<AddressRange> ranges =
        Combinators.combine(
                Arbitraries.integers().between(0, SIZE - 1), Arbitraries.integers().between(0, 900))
            .as((start, length) -> new AddressRange(new MemoryAddress(start), length));
    Arbitrary<MemoryRange> states =
        Combinators.combine(
                ranges.filter(range -> range.length() > 0),
                Arbitraries.of(
                    MemoryState.REDACTED, MemoryState.NOT_CAPTURED, MemoryState.UNSPECIFIED))
            .as((range, state) -> new MemoryRange(range.start(), range.length(), state));
    Arbitrary<byte[]> contents =
        Combinators.combine(Arbitraries.randomValue(r -> r), Arbitraries.integers().between(1, 60))
            .as(
                (random, runs) -> {
                  byte[] bytes = new byte[SIZE];
                  for (int i = 0; i < runs; i++) {
                    int start = random.nextInt(SIZE);
                    int end = Math.min(SIZE, start + random.nextInt(90));
                    Arrays.fill(bytes, start, end, (byte) (1 + random.nextInt(255)));
                  }
                  return bytes;
                });
    return Combinators.combine(
            contents,
            ranges.list().ofMaxSize(4),
            Arbitraries.of(true, false),
            ranges.list().ofMaxSize(3),
            states.list().ofMaxSize(3),
            Arbitraries.oneOf(
                Arbitraries.just(Long.MAX_VALUE), Arbitraries.longs().between(0, 3500)),
            Arbitraries.of(300, 700, 1 << 20),
            Arbitraries.of(Overflow.class))
        .as(Draft::new);
  }
}
