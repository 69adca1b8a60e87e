package dev.wasmortem.wasm.types;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.ByteWriter;
import dev.wasmortem.bytes.Cursor;
import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.testkit.WasmBytes;
import java.util.List;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class TypesTest {
  @Test
  void valueTypesByTheirBytes() {
    assertEquals("i32", value("7f").toString());
    assertEquals("i64", value("7e").toString());
    assertEquals("f32", value("7d").toString());
    assertEquals("f64", value("7c").toString());
    assertEquals("v128", value("7b").toString());
    assertEquals("funcref", value("70").toString());
    assertEquals("externref", value("6f").toString());
    assertEquals("exnref", value("69").toString());
    assertEquals("nullref", value("71").toString());
    assertEquals("i31ref", value("63 6c").toString(), "the long form of the short one");
    assertEquals("(ref i31)", value("64 6c").toString());
    assertEquals("(ref null 200)", value("63 c8 01").toString());
    assertEquals("(ref 0)", value("64 00").toString());
    assertSame(RefType.FUNCREF, value("70"));
  }

  @Test
  void whatIsNoType() {
    for (String bytes : List.of("00", "40", "78", "60", "64 7f", "63 ff 7f", "80")) {
      assertThrows(FormatException.Malformed.class, () -> value(bytes), bytes);
    }
    assertThrows(FormatException.Truncated.class, () -> value("64"));
  }

  @Test
  void memories() {
    MemoryType plain = MemoryType.read(cursor("00 10"));
    assertEquals(MemoryType.of(SizeLimits.atLeast(16)), plain);
    assertEquals(65_536, plain.pageSize());
    MemoryType all = MemoryType.read(cursor("0f 01 80 80 80 80 10 00"));
    assertEquals(AddressType.I64, all.addressType());
    assertEquals(MemoryType.Sharing.SHARED, all.sharing());
    assertEquals(1L << 32, all.limits().max().getAsLong());
    assertEquals(1, all.pageSize());
    assertArrayEquals(bytes("0f 01 80 80 80 80 10 00"), written(all::writeTo));
    MemoryType largest = MemoryType.read(cursor("08 01 3f"));
    assertEquals(63, largest.pageSizeLog2());
    assertEquals(Long.MAX_VALUE, largest.pageSize());
    assertThrows(FormatException.Malformed.class, () -> MemoryType.read(cursor("10 00")));
    assertThrows(FormatException.Malformed.class, () -> MemoryType.read(cursor("08 00 40")));
  }

  @Test
  void tables() {
    TableType table = TableType.read(cursor("70 05 02 05"));
    assertEquals(new TableType(RefType.FUNCREF, SizeLimits.between(2, 5), AddressType.I64), table);
    assertArrayEquals(bytes("70 05 02 05"), written(table::writeTo));
    assertThrows(FormatException.Malformed.class, () -> TableType.read(cursor("70 08 00 10")));
  }

  @Test
  void globals() {
    GlobalType global = GlobalType.read(cursor("7e 01"));
    assertEquals("(mut i64)", global.toString());
    assertArrayEquals(bytes("7e 01"), written(global::writeTo));
    assertThrows(FormatException.Malformed.class, () -> GlobalType.read(cursor("7e 02")));
  }

  @Test
  void groupsKeepTheirForm() {
    for (String form :
        List.of(
            "60 02 7f 7e 01 7d",
            "5f 02 78 01 63 00 00",
            "5e 77 01",
            "5d 03",
            "50 00 60 00 00",
            "4f 01 00 5f 00",
            "4e 02 50 00 5f 00 50 01 00 5f 01 64 01 01",
            "4e 00")) {
      RecType group = RecType.read(cursor(form));
      assertArrayEquals(bytes(form), written(group::writeTo), form);
    }
  }

  @Property
  void functionTypesAreReadAsWritten(@ForAll("functionTypes") FuncType type) {
    byte[] written = written(type::writeTo);
    Cursor cursor = ByteSource.of("type", written).cursor();
    assertEquals(type, CompositeType.read(cursor));
    assertEquals(0, cursor.remaining());
  }

  @Provide
  Arbitrary<FuncType> functionTypes() {
    Arbitrary<HeapType> heapTypes =
        Arbitraries.oneOf(
            Arbitraries.of(AbstractHeapType.values()),
            Arbitraries.integers().greaterOrEqual(0).map(HeapType.TypeIndex::new));
    Arbitrary<ValueType> references =
        Combinators.combine(heapTypes, Arbitraries.of(RefType.Nullability.values()))
            .as(RefType::new);
    Arbitrary<ValueType> values =
        Arbitraries.oneOf(Arbitraries.of(NumType.values()), Arbitraries.of(VecType.V128))
            .map(type -> type);
    Arbitrary<List<ValueType>> lists = Arbitraries.oneOf(values, references).list().ofMaxSize(20);
    return Combinators.combine(lists, lists).as(FuncType::new);
  }

  private static ValueType value(String hex) {
    return ValueType.read(cursor(hex));
  }

  private static Cursor cursor(String hex) {
    return WasmBytes.hex(hex).source("type").cursor();
  }

  private static byte[] bytes(String hex) {
    return WasmBytes.hex(hex).toByteArray();
  }

  private static byte[] written(Consumer<ByteWriter> write) {
    ByteWriter out = new ByteWriter();
    write.accept(out);
    return out.toByteArray();
  }
}
