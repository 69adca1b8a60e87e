package dev.wasmortem.dwarf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.ByteWriter;
import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.dwarf.type.Type;
import dev.wasmortem.dwarf.type.Types;
import dev.wasmortem.dwarf.variable.FrameScope;
import dev.wasmortem.dwarf.variable.Scopes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Types and variables made to break readers: nothing is thrown, and all comes to an end. */
class HostileMeaningTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  private final List<Diagnostic> diagnostics = new ArrayList<>();
  private final MeaningSamples sample = new MeaningSamples().root();

  private Dwarf dwarf() {
    return Dwarf.of(sample.bytes().sections(), diagnostics::add);
  }

  private static Type at(Types types, Dwarf dwarf, long offset) {
    return types.at(dwarf.entryAt(new InfoOffset(offset)).orElseThrow());
  }

  private Type typeAt(long offset) {
    Dwarf dwarf = dwarf();
    return at(Types.of(dwarf, diagnostics::add), dwarf, offset);
  }

  @Test
  void theSampleIsSound() {
    MeaningSamples.walk(ByteSource.of("sample", MeaningSamples.sample()), diagnostics::add);
    assertEquals(List.of(), diagnostics);
    Dwarf dwarf =
        Dwarf.of(
            DwarfBytes.ofFile(ByteSource.of("sample", MeaningSamples.sample())), diagnostics::add);
    Scopes scopes = Scopes.of(dwarf, Types.of(dwarf, diagnostics::add), diagnostics::add);
    List<FrameScope> frames = scopes.at(new Address(0x126));
    assertEquals(2, frames.size());
    assertEquals("[A p, S ]", frames.get(0).variables().toString());
    Type type = frames.get(0).variables().get(0).type().stripped();
    assertEquals("E (S<int *, -1>::*)(...)", type.name());
  }

  @Test
  void everyCutAndEveryFlippedBit() {
    Diagnostic.Sink ignore = Diagnostic.Sink.IGNORE;
    DwarfBytes.damage(
        MeaningSamples.sample(),
        sections -> MeaningSamples.walk(Dwarf.of(sections, ignore), ignore));
  }

  @Test
  void typesThatAreThemselves() {
    int pointer = sample.next();
    sample.entry(0x0f, 0, 0x49, 0x13).i32le(pointer);
    int alias = sample.next();
    sample.name(sample.entry(0x16, 0, 0x49, 0x13, 0x03, 0x08).i32le(alias), "loop");
    int constant = sample.next();
    sample.entry(0x26, 0, 0x49, 0x13).i32le(constant);
    int array = sample.next();
    sample.entry(0x01, 1, 0x49, 0x13).i32le(array);
    sample.entry(0x21, 0, 0x37, 0x0b).u8(3);
    sample.end();
    int subroutine = sample.next();
    sample.entry(0x15, 1, 0x49, 0x13).i32le(subroutine);
    sample.entry(0x05, 0, 0x49, 0x13).i32le(subroutine);
    sample.entry(0x05, 0, 0x49, 0x13).i32le(subroutine);
    sample.end();
    int member = sample.next();
    sample.entry(0x1f, 0, 0x49, 0x13, 0x1d, 0x13).i32le(member).i32le(member);
    sample.end();
    Dwarf dwarf = dwarf();
    Types types = Types.of(dwarf, diagnostics::add);
    assertTimeoutPreemptively(
        SOON,
        () -> {
          for (int offset : new int[] {pointer, alias, constant, array, subroutine, member}) {
            MeaningSamples.walk(at(types, dwarf, offset));
            assertTrue(at(types, dwarf, offset).name().length() < 10_000);
          }
        });
    assertEquals(Type.Kind.UNKNOWN, at(types, dwarf, alias).stripped().kind());
    assertEquals(OptionalLong.empty(), at(types, dwarf, alias).size());
    assertEquals(OptionalLong.empty(), at(types, dwarf, constant).size());
    assertEquals(OptionalLong.empty(), at(types, dwarf, array).size());
  }

  /** Two type units, each of whose types is a name for the other's. */
  @Test
  void typesThatAreThemselvesThroughTypeUnits() {
    DwarfBytes bytes = new DwarfBytes();
    bytes.abbreviation(1, 0x41, 1).abbreviation(2, 0x16, 0, 0x49, 0x20);
    bytes.abbreviation(3, 0x11, 1).add(".debug_abbrev", 0);
    for (int own : new int[] {7, 8}) {
      ByteWriter unit = new ByteWriter().i16le(4).i32le(0).u8(4).i64le(own).i32le(24);
      unit.u8(1).u8(2).i64le(15 - own).u8(0);
      bytes.section(".debug_types").i32le(unit.size()).bytes(unit);
    }
    bytes.addUnit(4, 0, new ByteWriter().u8(3).u8(2).i64le(7).u8(0));
    Dwarf dwarf = Dwarf.of(bytes.sections(), diagnostics::add);
    Type type = at(Types.of(dwarf, diagnostics::add), dwarf, 12);
    assertTimeoutPreemptively(SOON, () -> MeaningSamples.walk(type));
    assertEquals(Type.Kind.UNKNOWN, type.stripped().kind());
    assertEquals(OptionalLong.empty(), type.size());
  }

  @Test
  void sizesBeyondCounting() {
    int base = sample.next();
    sample.entry(0x24, 0, 0x3e, 0x0b, 0x0b, 0x07).u8(5).i64le(1L << 60);
    int array = sample.next();
    sample.entry(0x01, 1, 0x49, 0x13).i32le(base);
    sample.entry(0x21, 0, 0x37, 0x07).i64le(1L << 60);
    sample.entry(0x21, 0, 0x22, 0x07, 0x2f, 0x07).i64le(Long.MIN_VALUE).i64le(Long.MAX_VALUE);
    sample.end();
    int none = sample.next();
    sample.entry(0x01, 1, 0x49, 0x13).i32le(base);
    sample.entry(0x21, 0, 0x37, 0x0d).u8(0x7f);
    sample.end();
    int record = sample.next();
    sample.entry(0x13, 1, 0x0b, 0x07).i64le(-1);
    sample.entry(0x0d, 0, 0x49, 0x13, 0x38, 0x07).i32le(base).i64le(Long.MAX_VALUE);
    sample.end();
    sample.end();
    Dwarf dwarf = dwarf();
    Types types = Types.of(dwarf, diagnostics::add);
    assertEquals(OptionalLong.of(1L << 60), at(types, dwarf, base).size());
    assertEquals(OptionalLong.empty(), at(types, dwarf, array).size());
    assertEquals(OptionalLong.empty(), at(types, dwarf, none).size());
    assertEquals(OptionalLong.empty(), at(types, dwarf, record).size());
    for (int offset : new int[] {base, array, none, record}) {
      MeaningSamples.walk(at(types, dwarf, offset));
    }
  }

  @Test
  void chainsOfTypes() {
    int first = sample.next();
    for (int i = 0; i < 100_000; i++) {
      sample.entry(0x26, 0, 0x49, 0x13).i32le(sample.next() + 4);
    }
    sample.name(sample.entry(0x24, 0, 0x3e, 0x0b, 0x0b, 0x0b, 0x03, 0x08).u8(5).u8(4), "int");
    sample.end();
    Type type = typeAt(first);
    assertEquals("…", type.name());
    assertEquals(OptionalLong.empty(), type.size());
    assertEquals(Type.Kind.UNKNOWN, type.stripped().kind());
  }

  /** Each has the one before as both of its template's arguments: 2^40 names in the last. */
  @Test
  void namesThatDouble() {
    int before = sample.next();
    sample.name(sample.entry(0x24, 0, 0x3e, 0x0b, 0x0b, 0x0b, 0x03, 0x08).u8(5).u8(4), "int");
    for (int i = 0; i < 40; i++) {
      int next = sample.next();
      sample.name(sample.entry(0x13, 1, 0x03, 0x08), "P");
      sample.entry(0x2f, 0, 0x49, 0x13).i32le(before);
      sample.entry(0x2f, 0, 0x49, 0x13).i32le(before);
      sample.end();
      before = next;
    }
    sample.end();
    Type type = typeAt(before);
    assertTimeoutPreemptively(SOON, () -> assertTrue(type.name().length() < 10_000));
  }

  @Test
  void recordsInRecords() {
    int depth = 20_000;
    for (int i = 0; i < depth; i++) {
      sample.name(sample.entry(0x13, 1, 0x03, 0x08), "R");
    }
    int inner = sample.next();
    sample.name(sample.entry(0x13, 0, 0x03, 0x08, 0x3c, 0x19), "declared");
    for (int i = 0; i <= depth; i++) {
      sample.end();
    }
    Type type = typeAt(inner);
    assertTimeoutPreemptively(
        SOON,
        () -> {
          assertTrue(type.name().length() < 10_000);
          type.stripped();
        });
  }

  @Test
  void originsThatAreCircles() {
    int function = sample.next();
    ByteWriter entry = sample.entry(0x2e, 1, 0x31, 0x13, 0x11, 0x01, 0x12, 0x06);
    entry.i32le(function).i32le(0x110).i32le(0x10);
    int parameter = sample.next();
    sample.entry(0x05, 0, 0x31, 0x13).i32le(parameter + 5);
    sample.entry(0x05, 0, 0x31, 0x13).i32le(parameter);
    int block = sample.next();
    sample.entry(0x0b, 1, 0x31, 0x13).i32le(block);
    sample.entry(0x34, 0, 0x47, 0x13).i32le(block);
    sample.end().end().end();
    Dwarf dwarf = dwarf();
    Scopes scopes = Scopes.of(dwarf, Types.of(dwarf, diagnostics::add), diagnostics::add);
    FrameScope frame = scopes.at(new Address(0x118)).get(0);
    assertEquals(3, frame.variables().size());
    assertEquals("??", dwarf.framesAt(new Address(0x118)).get(0).toString());
    MeaningSamples.walk(dwarf, diagnostics::add);
  }

  @Test
  void blocksInBlocks() {
    sample.entry(0x2e, 1, 0x11, 0x01, 0x12, 0x06).i32le(0x110).i32le(0x10);
    int depth = 100_000;
    for (int i = 0; i < depth; i++) {
      sample.entry(0x0b, 1);
      sample.entry(0x34, 0);
    }
    for (int i = 0; i < depth + 2; i++) {
      sample.end();
    }
    Dwarf dwarf = dwarf();
    Scopes scopes = Scopes.of(dwarf, Types.of(dwarf, diagnostics::add), diagnostics::add);
    assertTimeoutPreemptively(
        SOON, () -> assertEquals(depth, scopes.at(new Address(0x118)).get(0).variables().size()));
  }

  /** Many calls inlined in each other, all of one function with many variables. */
  @Test
  void manyCallsOfOneLargeFunction() {
    int origin = sample.next();
    sample.entry(0x2e, 1, 0x20, 0x0b).u8(1);
    for (int i = 0; i < 5_000; i++) {
      sample.entry(0x34, 0);
    }
    sample.end();
    sample.entry(0x2e, 1, 0x11, 0x01, 0x12, 0x06).i32le(0x110).i32le(0x10);
    int depth = 5_000;
    for (int i = 0; i < depth; i++) {
      sample
          .entry(0x1d, 1, 0x31, 0x13, 0x11, 0x01, 0x12, 0x06)
          .i32le(origin)
          .i32le(0x110)
          .i32le(0x10);
    }
    for (int i = 0; i < depth + 2; i++) {
      sample.end();
    }
    Dwarf dwarf = dwarf();
    assertTimeoutPreemptively(
        SOON, () -> assertEquals(depth + 1, dwarf.framesAt(new Address(0x118)).size()));
    Scopes scopes = Scopes.of(dwarf, Types.of(dwarf, diagnostics::add), diagnostics::add);
    assertTimeoutPreemptively(
        SOON,
        () ->
            assertTrue(
                scopes.at(new Address(0x118)).stream().mapToInt(f -> f.variables().size()).sum()
                    <= 100_000));
  }
}
