package dev.wasmortem.dwarf.expression;

import static dev.wasmortem.dwarf.expression.ExpressionBytes.COMPLEX;
import static dev.wasmortem.dwarf.expression.ExpressionBytes.DOUBLE;
import static dev.wasmortem.dwarf.expression.ExpressionBytes.FLOAT;
import static dev.wasmortem.dwarf.expression.ExpressionBytes.SIGNED_128;
import static dev.wasmortem.dwarf.expression.ExpressionBytes.SIGNED_32;
import static dev.wasmortem.dwarf.expression.ExpressionBytes.SIGNED_64;
import static dev.wasmortem.dwarf.expression.ExpressionBytes.SIGNED_8;
import static dev.wasmortem.dwarf.expression.ExpressionBytes.UNSIGNED_32;
import static dev.wasmortem.dwarf.expression.ExpressionBytes.UNSIGNED_64;
import static dev.wasmortem.dwarf.expression.ExpressionBytes.UNSIGNED_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.wasmortem.dwarf.expression.Place.Reason;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expressions against results worked out by hand from §2.5 and §2.6. */
class EvaluatorTest {
  private static final int STACK_VALUE = 0x9f;

  private final ExpressionBytes wasm32 = new ExpressionBytes(ExpressionBytes.WASM32);
  private final ExpressionBytes wasm64 = new ExpressionBytes(ExpressionBytes.WASM64);
  private final Evaluator evaluator = Evaluator.of(ExpressionBytes.machine());

  private String place(int... bytes) {
    return evaluator.evaluate(wasm32.of(bytes)).toString();
  }

  /** Evaluates bytes given as {@code 35 07 1c}. */
  private String place(String hex) {
    return evaluator.evaluate(wasm32.of(bytes(hex))).toString();
  }

  private static int[] bytes(String hex) {
    return Arrays.stream(hex.trim().split(" +")).mapToInt(b -> Integer.parseInt(b, 16)).toArray();
  }

  private void assertUnknown(Reason reason, String words, Place place) {
    Place.Unknown unknown = assertInstanceOf(Place.Unknown.class, place, place::toString);
    assertEquals(words, unknown.words());
    assertEquals(reason, unknown.reason());
  }

  private void assertUnknown(Reason reason, String words, int... bytes) {
    assertUnknown(reason, words, evaluator.evaluate(wasm32.of(bytes)));
  }

  /** The examples of §D.1.2 for the stack operations: 17 at the top, then 29, then 1000. */
  @ParameterizedTest
  @CsvSource({
    "12, 0x00000011, 0x00000011",
    "13, 0x0000001d, 0x000003e8",
    "15 02, 0x000003e8, 0x00000011",
    "14, 0x0000001d, 0x00000011",
    "16, 0x0000001d, 0x00000011",
    "17, 0x0000001d, 0x000003e8"
  })
  void stackOperationsOfTheSpecification(String operation, String top, String below) {
    String stack = "0a e8 03 08 1d 08 11 " + operation;
    assertEquals("value " + top, place(stack + " 9f"));
    assertEquals("value " + below, place(stack + " 13 9f"));
  }

  @ParameterizedTest
  @CsvSource({
    "37 33 1c, 0x00000004", // 7 - 3
    "33 37 1c, 0xfffffffc",
    "09 f9 32 1b, 0xfffffffd", // -7 / 2, towards zero
    "09 f9 32 1d, 0x00000001", // (2^32 - 7) mod 2, unsigned
    "09 f9 33 1e, 0xffffffeb",
    "09 f9 19, 0x00000007",
    "37 1f, 0xfffffff9",
    "30 20, 0xffffffff",
    "3c 3a 1a, 0x00000008",
    "3c 3a 21, 0x0000000e",
    "3c 3a 27, 0x00000006",
    "37 38 22, 0x0000000f",
    "37 23 80 01, 0x00000087",
    "0c ff ff ff ff 31 22, 0x00000000", // wraps at the size of an address
    "31 08 1f 24, 0x80000000",
    "31 08 20 24, 0x00000000",
    "09 80 34 25, 0x0ffffff8",
    "09 80 34 26, 0xfffffff8",
    "09 80 08 ff 26, 0xffffffff",
    "31 08 ff 25, 0x00000000",
    "09 ff 31 2d, 0x00000001", // -1 < 1: comparison is signed
    "09 ff 31 2b, 0x00000000",
    "0c ff ff ff ff 09 ff 29, 0x00000001", // the same 32 bits
    "31 32 2e, 0x00000001",
    "31 32 2c, 0x00000001",
    "32 32 2a, 0x00000001",
    "0a 34 12, 0x00001234",
    "0b ff ff, 0xffffffff",
    "0d fe ff ff ff, 0xfffffffe",
    "0e 88 77 66 55 44 33 22 11, 0x1122334455667788", // kept: it is a 64-bit variable's value
    "0f ff ff ff ff ff ff ff ff, 0xffffffff",
    "10 e5 8e 26, 0x00098765",
    "11 80 7f, 0xffffff80",
    "03 10 20 00 00, 0x00002010",
    "a1 03, 0x00004000",
    "a2 03, 0x00004000",
    "fb 03, 0x00004000",
    "96 35, 0x00000005",
    "2f 01 00 ff 31, 0x00000001", // over a byte that is no operation
    "31 28 01 00 ff 32, 0x00000002",
    "30 28 01 00 33, 0x00000003",
    "9c, 0x00009000",
    "38 9b, 0x00000708",
    "38 e0, 0x00000708",
    "97, 0x00005000",
    "0a 00 10 06, 0x03020100",
    "0a 00 10 94 02, 0x00000100",
    "0a 10 10 94 08, 0x1716151413121110",
    "37 0a 00 10 18, 0x0a090807",
    "37 0a 00 10 95 01, 0x00000007",
    "ed 00 01 31 22, 0x00001001",
    "ed 00 02 31 22, 0x1122334455667789", // an i64 local keeps its size
    "ed 00 02 08 20 25, 0x0000000011223344",
    "ed 01 00 31 22, 0x00008001",
    "ed 02 00 31 22, 0x00000006",
    "ed 03 00 00 00 00 31 22, 0x00008001",
    "ee 03 00 00 00 00 31 22, 0x00008001",
    "ed 03 ff ff ff ff 03 00 04 00 00 22, 0x00000400",
    "a3 03 ed 00 01, 0x00000077",
    "f3 04 ed 00 01 9f, 0x00000077",
    "f3 05 ed 00 01 23 01, 0x00000078",
    "e9 01 35, 0x00000005"
  })
  void values(String operations, String value) {
    Evaluator withObject = evaluator.withObject(0x5000);
    assertEquals(
        "value " + value, withObject.evaluate(wasm32.of(bytes(operations + " 9f"))).toString());
  }

  /** What is above the lower bytes is the number's extension. */
  @Test
  void numbersThatFitAreExtended() {
    Place.Value value = (Place.Value) evaluator.evaluate(wasm32.of(0x11, 0x7b, STACK_VALUE));
    assertEquals(4, value.bits().size());
    assertEquals(-5, value.bits().low());
  }

  @ParameterizedTest
  @CsvSource({
    "31 08 20 24, 0x0000000100000000",
    "09 ff, 0xffffffffffffffff",
    "09 80 34 25, 0x0ffffffffffffff8",
    "0a 00 10 06, 0x0706050403020100"
  })
  void valuesOfEightByteAddresses(String operations, String value) {
    assertEquals(
        "value " + value, evaluator.evaluate(wasm64.of(bytes(operations + " 9f"))).toString());
  }

  @Test
  void typedOperations() {
    // §D.1.3 has none; these are conversions as C defines them.
    assertEquals("value 0xffffff80", place(0x08, 0x80, 0xa8, SIGNED_8, 0xa8, SIGNED_32, 0x9f));
    assertEquals("value 0x00000080", place(0x08, 0x80, 0xa8, UNSIGNED_8, 0xa8, SIGNED_32, 0x9f));
    assertEquals(
        "value 0xffffffffffffffff", place(0x09, 0xff, 0xa8, SIGNED_32, 0xa8, SIGNED_64, 0x9f));
    assertEquals(
        "value 0x00000000ffffffff", place(0x09, 0xff, 0xa8, UNSIGNED_32, 0xa8, UNSIGNED_64, 0x9f));
    assertEquals("value 0x0000000000000007", place(0x37, 0xf7, UNSIGNED_64, 0x9f));
    assertEquals("value 0xffffffff", place(0x09, 0xff, 0xa8, SIGNED_64, 0xa8, 0, 0x9f));
    assertEquals(
        "value 0xfffffffffffffffffffffffffffffff9",
        place(0x09, 0xf9, 0xa8, SIGNED_32, 0xa8, SIGNED_128, 0x9f));
    // 2.5f and 0.5f; the bits are those of IEEE 754
    int[] sum = {
      0xa4, FLOAT, 4, 0, 0, 0x20, 0x40, 0xa4, FLOAT, 4, 0, 0, 0, 0x3f, 0x22, STACK_VALUE
    };
    assertEquals("value 0x40400000", place(sum));
    assertEquals("value 0x4004000000000000", place("a4 16 04 00 00 20 40 a8 17 9f"));
    assertEquals("value 0x00000002", place("a4 16 04 00 00 20 40 a8 12 9f"));
    assertEquals("value 0x00000001", place("a4 16 04 00 00 20 40 a4 16 04 00 00 00 3f 2b 9f"));
    assertEquals("value 0xc0200000", place("a4 16 04 00 00 20 40 1f 9f"));
    assertEquals("value 0x401c000000000000", place(0x37, 0xa8, SIGNED_32, 0xa8, DOUBLE, 0x9f));
    assertEquals("value 0x40200000", place("a4 16 04 00 00 20 40 a9 13 9f"));
    assertEquals("value 0x40200000", place("a4 16 04 00 00 20 40 a9 00 9f"));
    // unsigned: (2^32 - 7) / 2; signed: -7 / 2 and -7 rem 2
    assertEquals(
        "value 0x7ffffffc",
        place(0x09, 0xf9, 0xa8, UNSIGNED_32, 0x32, 0xa8, UNSIGNED_32, 0x1b, 0x9f));
    assertEquals(
        "value 0xffffffff", place(0x09, 0xf9, 0xa8, SIGNED_32, 0x32, 0xa8, SIGNED_32, 0x1d, 0x9f));
    assertEquals("value 0x13121110", place(0x0a, 0x10, 0x10, 0xa6, 4, SIGNED_32, 0x9f));
    assertEquals("value 0x17161514", place(0x34, 0x0a, 0x10, 0x10, 0xa7, 4, SIGNED_32, 0x9f));
  }

  @Test
  void typesThatDoNotGoTogether() {
    assertUnknown(
        Reason.MALFORMED,
        "an operation on values of two types, SIGNED and UNSIGNED",
        bytes("31 a8 12 31 a8 13 22"));
    assertUnknown(
        Reason.MALFORMED,
        "a value of 4 bytes cannot be read as one of 8",
        0x31,
        0xa8,
        SIGNED_32,
        0xa9,
        SIGNED_64);
    assertUnknown(Reason.MALFORMED, "no base type at 0x7f of the unit", 0x31, 0xa8, 0x7f);
    assertUnknown(
        Reason.UNSUPPORTED,
        "values of DW_ATE_complex_float and 8 bytes are not reckoned with",
        0x31,
        0xa8,
        COMPLEX);
    assertUnknown(
        Reason.MALFORMED,
        "DW_OP_and on a floating-point number",
        bytes("a4 16 04 00 00 20 40 12 1a"));
    assertUnknown(
        Reason.MALFORMED,
        "an address that is a floating-point number",
        bytes("a4 16 04 00 00 20 40 06"));
    assertUnknown(
        Reason.MALFORMED,
        "NaN is converted to a whole number",
        bytes("a4 16 04 00 00 c0 7f a8 12"));
    assertUnknown(
        Reason.MALFORMED, "a constant of 2 bytes of a type of 4", bytes("a4 16 02 00 00"));
    assertUnknown(Reason.MALFORMED, "4 bytes are read as a type of 8 bytes", bytes("30 a6 04 17"));
  }

  @Test
  void placesOfWasmAreNotRead() {
    assertEquals("local 3", place(0xed, 0, 3, STACK_VALUE));
    assertEquals("global 1", place(0xed, 3, 1, 0, 0, 0, STACK_VALUE));
    assertEquals("operand 9", place(0xed, 2, 9, STACK_VALUE));
    assertEquals("memory at 0x1000", place(0xed, 0, 1));
    assertEquals("memory at 0x1000", place(0xed, 4, 1));
    assertEquals("memory at 0x100c", place(0xed, 0, 1, 0x23, 12));
    assertUnknown(Reason.NOT_CAPTURED, "local 3 is not known", 0xed, 0, 3);
    assertUnknown(Reason.UNSUPPORTED, "a Wasm location of kind 5", 0xed, 5, 3);
  }

  @Test
  void addressesAreCut() {
    assertEquals("memory at 0xfffffffc", place(0x30, 0x34, 0x1c));
    assertEquals(
        "memory at 0xfffffffffffffffc", evaluator.evaluate(wasm64.of(0x30, 0x34, 0x1c)).toString());
    assertEquals("memory at 0x55667788", place(0xed, 0, 2));
  }

  @Test
  void frameBases() {
    Expression isLocal = wasm32.of(0xed, 0, 1, STACK_VALUE);
    Expression address = wasm32.of(0x91, 0x10);
    assertEquals("memory at 0x1010", evaluator.withFrameBase(isLocal).evaluate(address).toString());
    assertUnknown(
        Reason.NO_FRAME_BASE, "the function has no frame base", evaluator.evaluate(address));
    assertUnknown(
        Reason.NO_FRAME_BASE,
        "the frame base cannot be told: local 3 is not known",
        evaluator.withFrameBase(wasm32.of(0xed, 0, 3, STACK_VALUE)).evaluate(address));
    assertUnknown(
        Reason.NO_FRAME_BASE,
        "the frame base cannot be told: the function has no frame base",
        evaluator.withFrameBase(address).evaluate(address));
    assertEquals(
        "memory at 0x8ff8",
        evaluator.withFrameBase(wasm32.of(0x9c)).evaluate(wasm32.of(0x91, 0x78)).toString());
    // Clang before July 2026, with the global of the stack pointer as frame base
    Expression bare = wasm32.of(0x23, 0x0c);
    Expression isGlobal = wasm32.of(0xed, 3, 0, 0, 0, 0, STACK_VALUE);
    assertEquals("memory at 0x800c", evaluator.withFrameBase(isGlobal).evaluate(bare).toString());
    assertUnknown(Reason.NO_FRAME_BASE, "the function has no frame base", evaluator.evaluate(bare));
    assertEquals("memory at 0x5c", evaluator.evaluate(bare, 0x50).toString());
  }

  @Test
  void pieces() {
    assertEquals(
        "pieces [4 bytes: local 1, 4 bytes: optimised out, 2 bytes: memory at 0x1234]",
        place("ed 00 01 9f 93 04 93 04 0a 34 12 93 02"));
    assertEquals(
        "pieces [3 bits from bit 5: value 0x00000007, 8 bytes: constant of 1 bytes]",
        place("37 9f 9d 03 05 9e 01 2a 93 08"));
    assertUnknown(Reason.MALFORMED, "a location behind the last piece", bytes("31 93 04 31 9f"));
    assertUnknown(
        Reason.MALFORMED,
        "a piece of 18446744073709551615 bytes",
        bytes("31 93 ff ff ff ff ff ff ff ff ff 01"));
  }

  /** Digits are ASCII wherever the user lives; in Egypt Java's own are Arabic. */
  @Test
  void placesAreShownAlikeInEveryCountry() {
    Locale usual = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("ar-EG"));
    try {
      assertEquals("pointer to entry 0x00000044+4", place(0xa0, 0x44, 0, 0, 0, 4));
    } finally {
      Locale.setDefault(usual);
    }
  }

  @Test
  void otherPlaces() {
    assertEquals("optimised out", place());
    assertEquals("optimised out", place(0xe9, 8));
    assertEquals("register 3", place(0x53));
    assertEquals("register 40", place(0x90, 40));
    assertEquals("constant of 2 bytes", place(0x9e, 2, 1, 2));
    assertEquals("constant of 2 bytes", place(0x9e, 2, 1, 2, STACK_VALUE));
    assertEquals("pointer to entry 0x00000044+4", place(0xa0, 0x44, 0, 0, 0, 4));
    assertEquals("pointer to entry 0x00000044-1", place(0xf2, 0x44, 0, 0, 0, 0x7f));
    assertUnknown(Reason.LEFT_OUT, "the linker left it out", 0x03, 0xff, 0xff, 0xff, 0xff);
    assertUnknown(Reason.NOT_CAPTURED, "there is no register 2", 0x72, 0);
    assertUnknown(Reason.NOT_CAPTURED, "there is no register 9", 0x92, 9, 0);
    assertUnknown(Reason.NOT_CAPTURED, "there is no register 9", 0xa5, 9, SIGNED_32);
    assertUnknown(Reason.NOT_CAPTURED, "address is not captured", bytes("0c 00 00 10 00 06"));
    assertUnknown(
        Reason.NO_ENTRY_VALUE,
        "the value at the function's entry: local 5 is not known",
        0xa3,
        3,
        0xed,
        0,
        5);
    assertUnknown(Reason.NO_OBJECT, "the expression is about an object, and none was given", 0x97);
  }

  @Test
  void calls() {
    wasm32.callee(0x144, 0x31, 0x22).callee(0x300, 0x98, 0x44, 0);
    assertEquals("value 0x00000006", place(0x35, 0x98, 0x44, 0, STACK_VALUE));
    assertEquals("value 0x00000006", place(0x35, 0x99, 0x44, 0, 0, 0, STACK_VALUE));
    assertEquals("value 0x00000006", place(0x35, 0x9a, 0, 3, 0, 0, STACK_VALUE));
    assertEquals("value 0x00000005", place(0x35, 0x98, 0x45, 0, STACK_VALUE));
  }

  @Test
  void numbersOfBounds() {
    assertEquals(new Reading.Known(Bits.of(9, 8)), evaluator.number(wasm32.of(0x35, 0x34, 0x22)));
    assertEquals(Reading.of(0x1000, 4), evaluator.number(wasm32.of(0xed, 0, 1, STACK_VALUE)));
    assertEquals(Reading.missing("optimised out"), evaluator.number(wasm32.of()));
  }

  @Test
  void whatIsWrongIsSaid() {
    assertUnknown(Reason.MALFORMED, "an operation finds too little on the stack", 0x22);
    assertUnknown(Reason.MALFORMED, "an operation finds too little on the stack", 0x31, 0x17);
    assertUnknown(Reason.MALFORMED, "an operation finds too little on the stack", 0x31, 0x15, 9);
    assertUnknown(Reason.MALFORMED, "a division by zero", 0x31, 0x30, 0x1b);
    assertUnknown(Reason.MALFORMED, "a division by zero", 0x31, 0x30, 0x1d);
    assertUnknown(Reason.MALFORMED, "a jump out of the expression", 0x2f, 1, 0);
    assertUnknown(Reason.MALFORMED, "a jump out of the expression", 0x2f, 0xfc, 0xff);
    assertUnknown(Reason.MALFORMED, "the expression yields nothing", 0x96);
    assertUnknown(Reason.MALFORMED, "index 4 is not in .debug_addr", 0xa1, 4);
    assertUnknown(Reason.MALFORMED, "DW_OP_plus behind the end of a location", 0x31, 0x9f, 0x22);
    assertUnknown(Reason.MALFORMED, "a value of 9 bytes is read from memory", 0x31, 0x94, 9);
    assertUnknown(Reason.MALFORMED, "a value of 0 bytes is read from memory", 0x31, 0x94, 0);
    assertUnknown(Reason.UNSUPPORTED, "operation 0x1 at byte 1 of the expression", 0x31, 0x01);
    assertUnknown(
        Reason.UNSUPPORTED, "DW_OP_GNU_variable_value is not supported", 0xfd, 1, 0, 0, 0);
    assertUnknown(Reason.UNSUPPORTED, "DW_OP_LLVM_user 3 is not supported", 0xe9, 3);
  }

  @Test
  void endlessOnesEnd() {
    assertUnknown(Reason.LIMIT, "more than 20000 operations", 0x2f, 0xfd, 0xff);
    assertUnknown(Reason.LIMIT, "more than 1000 entries on the stack", bytes("31 12 2f fc ff"));
    wasm32.callee(0x144, 0x98, 0x44, 0);
    assertUnknown(Reason.LIMIT, "calls deeper than 16", 0x98, 0x44, 0);
    // two calls each, 2^16 of them in all
    wasm32.callee(0x150, 0x98, 0x50, 0, 0x98, 0x50, 0);
    assertUnknown(Reason.LIMIT, "calls deeper than 16", 0x98, 0x50, 0);
    int[] entries = new int[100];
    for (int i = 0; i < 100; i += 2) {
      entries[i] = 0xa3;
      entries[i + 1] = 98 - i;
    }
    assertUnknown(
        Reason.NO_ENTRY_VALUE,
        "the value at the function's entry: ".repeat(16) + "calls deeper than 16",
        entries);
  }

  @Test
  void nothingIsKnownOfTheUnknownMachine() {
    Evaluator unknown = Evaluator.of(Machine.UNKNOWN);
    assertUnknown(
        Reason.NOT_CAPTURED, "the memory is not known", unknown.evaluate(wasm32.of(0x31, 0x06)));
    assertUnknown(
        Reason.NOT_CAPTURED,
        "there is no canonical frame address",
        unknown.evaluate(wasm32.of(0x9c)));
    assertUnknown(
        Reason.NOT_CAPTURED,
        "the base of thread-local storage is not known",
        unknown.evaluate(wasm32.of(0x31, 0x9b)));
  }
}
