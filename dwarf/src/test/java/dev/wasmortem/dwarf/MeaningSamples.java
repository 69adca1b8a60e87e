package dev.wasmortem.dwarf;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.ByteWriter;
import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.dwarf.expression.Evaluator;
import dev.wasmortem.dwarf.expression.Machine;
import dev.wasmortem.dwarf.expression.Reading;
import dev.wasmortem.dwarf.expression.WasmSpace;
import dev.wasmortem.dwarf.type.AliasType;
import dev.wasmortem.dwarf.type.ArrayType;
import dev.wasmortem.dwarf.type.Bound;
import dev.wasmortem.dwarf.type.EnumerationType;
import dev.wasmortem.dwarf.type.MemberPointerType;
import dev.wasmortem.dwarf.type.PointerType;
import dev.wasmortem.dwarf.type.QualifiedType;
import dev.wasmortem.dwarf.type.RecordType;
import dev.wasmortem.dwarf.type.SubroutineType;
import dev.wasmortem.dwarf.type.Type;
import dev.wasmortem.dwarf.type.Types;
import dev.wasmortem.dwarf.variable.FrameScope;
import dev.wasmortem.dwarf.variable.Scopes;
import dev.wasmortem.dwarf.variable.Variable;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Entries written by hand with types, variables and blocks, and a walk over all they mean. */
final class MeaningSamples {
  private final DwarfBytes bytes = new DwarfBytes();
  private final ByteWriter entries = new ByteWriter();
  private final Map<List<Integer>, Integer> abbreviations = new LinkedHashMap<>();

  /** The size of a unit's header, of version 4. */
  private static final int HEADER = 11;

  /** Returns the offset in the unit of the entry that comes next, as references have it. */
  int next() {
    return HEADER + entries.size();
  }

  /**
   * Begins an entry; its values are written to what is returned.
   *
   * @param shape its tag, 1 if it has children, names and forms of attributes
   */
  ByteWriter entry(Integer... shape) {
    int code = abbreviations.computeIfAbsent(List.of(shape), s -> abbreviations.size() + 1);
    return entries.unsigned(code);
  }

  /** Begins the root, which stands for code from 0x100 to 0x200. */
  MeaningSamples root() {
    entry(0x11, 1, 0x11, 0x01, 0x12, 0x06, 0x13, 0x0b).i32le(0x100).i32le(0x100).u8(4);
    return this;
  }

  MeaningSamples end() {
    entries.u8(0);
    return this;
  }

  ByteWriter name(ByteWriter into, String text) {
    return into.bytes(text.getBytes(StandardCharsets.UTF_8)).u8(0);
  }

  DwarfBytes bytes() {
    ByteWriter table = bytes.section(".debug_abbrev");
    abbreviations.forEach(
        (shape, code) -> {
          table.unsigned(code).unsigned(shape.get(0)).u8(shape.get(1));
          shape.subList(2, shape.size()).forEach(table::unsigned);
          table.u8(0).u8(0);
        });
    table.u8(0);
    bytes.addUnit(4, 0, entries);
    return bytes;
  }

  /** A function with a block, parameters, an inlined call and all kinds of types. */
  static byte[] sample() {
    MeaningSamples s = new MeaningSamples().root();
    int base = s.next();
    s.name(s.entry(0x24, 0, 0x3e, 0x0b, 0x0b, 0x0b, 0x03, 0x08).u8(5).u8(4), "int");
    int pointer = s.next();
    s.entry(0x0f, 0, 0x49, 0x13).i32le(base);
    int constant = s.next();
    s.entry(0x26, 0, 0x49, 0x13).i32le(pointer);
    int array = s.next();
    s.entry(0x01, 1, 0x49, 0x13).i32le(constant);
    s.entry(0x21, 0, 0x2f, 0x0b).u8(3);
    s.entry(0x21, 0, 0x37, 0x18).u8(1).u8(0x34);
    s.end();
    int record = s.next();
    s.name(s.entry(0x13, 1, 0x0b, 0x0b, 0x03, 0x08).u8(16), "S");
    s.entry(0x0d, 0, 0x49, 0x13, 0x38, 0x0b).i32le(array).u8(4);
    s.entry(0x0d, 0, 0x49, 0x13, 0x38, 0x0a, 0x0c, 0x0b, 0x0d, 0x0b).i32le(base);
    s.entries.u8(2).u8(0x23).u8(8).u8(3).u8(5);
    s.entry(0x1c, 0, 0x49, 0x13, 0x38, 0x18, 0x4c, 0x0b).i32le(base).u8(2).u8(0x12).u8(0x22).u8(1);
    s.name(s.entry(0x2f, 0, 0x49, 0x13, 0x03, 0x08).i32le(pointer), "T");
    s.entry(0x30, 0, 0x49, 0x13, 0x1c, 0x0d).i32le(base).u8(0x7f);
    int variantPart = s.next();
    s.entry(0x33, 1, 0x15, 0x13).i32le(variantPart + 5);
    s.entry(0x0d, 0, 0x49, 0x13, 0x38, 0x0b).i32le(base).u8(0);
    s.entry(0x19, 1, 0x16, 0x0b).u8(1);
    s.entry(0x0d, 0, 0x49, 0x13, 0x38, 0x0b).i32le(base).u8(4);
    s.end();
    s.entry(0x19, 0, 0x3d, 0x0a).u8(5).u8(0).u8(7).u8(1).u8(8).u8(9);
    s.end().end();
    int enumeration = s.next();
    s.name(s.entry(0x04, 1, 0x0b, 0x0b, 0x03, 0x08).u8(4), "E");
    s.name(s.entry(0x28, 0, 0x1c, 0x0d, 0x03, 0x08).u8(0x7f), "A");
    s.end();
    int subroutine = s.next();
    s.entry(0x15, 1, 0x49, 0x13).i32le(enumeration);
    s.entry(0x05, 0, 0x49, 0x13, 0x34, 0x19).i32le(pointer);
    s.entry(0x18, 0);
    s.end();
    int member = s.next();
    s.entry(0x1f, 0, 0x49, 0x13, 0x1d, 0x13).i32le(subroutine).i32le(record);
    int alias = s.next();
    s.name(s.entry(0x16, 0, 0x49, 0x13, 0x03, 0x08).i32le(member), "A");
    int declared = s.next();
    s.name(s.entry(0x13, 0, 0x3c, 0x19, 0x03, 0x08), "S");
    int origin = s.next();
    s.name(s.entry(0x2e, 1, 0x03, 0x08, 0x20, 0x0b), "f").u8(1);
    int parameter = s.next();
    s.name(s.entry(0x05, 0, 0x49, 0x13, 0x3b, 0x0b, 0x03, 0x08).i32le(alias).u8(7), "p");
    s.entry(0x34, 0, 0x49, 0x13, 0x1c, 0x0b).i32le(declared).u8(3);
    s.end();
    s.name(
        s.entry(0x2e, 1, 0x11, 0x01, 0x12, 0x06, 0x40, 0x18, 0x03, 0x08)
            .i32le(0x110)
            .i32le(0x40)
            .u8(4)
            .u8(0xed)
            .u8(0)
            .u8(2)
            .u8(0x9f),
        "g");
    s.entry(0x0b, 1, 0x11, 0x01, 0x12, 0x06).i32le(0x120).i32le(0x10);
    s.entry(0x34, 0, 0x49, 0x13, 0x02, 0x18).i32le(record).u8(2).u8(0x91).u8(8);
    s.entry(0x34, 0, 0x49, 0x13, 0x02, 0x17).i32le(record).i32le(0);
    s.entry(0x1d, 1, 0x31, 0x13, 0x11, 0x01, 0x12, 0x06).i32le(origin).i32le(0x124).i32le(8);
    s.entry(0x05, 0, 0x31, 0x13, 0x02, 0x18).i32le(parameter).u8(3).u8(0x31).u8(0x9f).u8(0x96);
    s.end().end().end().end();
    s.bytes.section(".debug_loc").i32le(0x20).i32le(0x30).i16le(1).u8(0x35).i64le(0);
    return s.bytes().toFile();
  }

  /** Asks for all that types and variables mean; reads the file as {@link DwarfBytes#ofFile}. */
  static void walk(ByteSource file, Diagnostic.Sink sink) {
    walk(Dwarf.of(DwarfBytes.ofFile(file), sink), sink);
  }

  static void walk(Dwarf dwarf, Diagnostic.Sink sink) {
    Types types = Types.of(dwarf, sink);
    Scopes scopes = Scopes.of(dwarf, types, sink);
    for (Unit unit : dwarf.units()) {
      scopes.of(unit).forEach(MeaningSamples::walk);
      try {
        EntryReader reader = unit.root().read();
        while (reader.next()) {
          walk(types.at(reader.entry()));
        }
      } catch (FormatException e) {
        // The walk over entries is this test's own.
      }
    }
    types.named("S::T<int, char>");
    for (long address : new long[] {0, 0x100, 0x110, 0x120, 0x126, 0x12f, 0x140, 0xffff_ffffL}) {
      for (FrameScope frame : scopes.at(new Address(address))) {
        frame.parameters();
        frame.variables().forEach(MeaningSamples::walk);
      }
    }
  }

  private static final Machine MACHINE =
      new Machine() {
        @Override
        public Reading wasm(WasmSpace space, long index) {
          return Reading.of(index, 4);
        }

        @Override
        public Reading memory(long addressSpace, long address, int size) {
          return Reading.of(address, size);
        }
      };

  private static void walk(Variable variable) {
    variable.kind();
    variable.declaration();
    variable.locationList();
    variable.place(MACHINE);
    variable.place(Machine.UNKNOWN);
    walk(variable.type());
    String text = variable.toString();
    assert text.length() < 1 << 22;
  }

  /** Asks a type for all it has itself, not for what it is made of. */
  static void walk(Type type) {
    type.name();
    type.size();
    type.stripped();
    if (type instanceof RecordType record) {
      record.members().forEach(member -> member.place(Evaluator.of(MACHINE), 16));
      record.bases().forEach(member -> member.bitOffset());
      record.staticMembers();
      record.templateParameters();
      record.variantParts().forEach(part -> part.variantOf(7));
    } else if (type instanceof ArrayType array) {
      array.stride();
      array.size(bound -> OptionalLong.of(3));
      array.dimensions().forEach(dimension -> dimension.count(Bound.Resolver.NONE));
    } else if (type instanceof EnumerationType enumeration) {
      enumeration.of(3);
      enumeration.underlying();
    } else if (type instanceof SubroutineType subroutine) {
      subroutine.parameters();
      subroutine.result();
    } else if (type instanceof MemberPointerType pointer) {
      pointer.container();
    } else if (type instanceof PointerType pointer) {
      pointer.target();
    } else if (type instanceof AliasType alias) {
      alias.target();
    } else if (type instanceof QualifiedType qualified) {
      qualified.target();
    }
  }
}
