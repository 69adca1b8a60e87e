package dev.wasmortem.wasm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.testkit.HeapUse;
import dev.wasmortem.testkit.WasmBytes;
import dev.wasmortem.wasm.code.BodyOffset;
import dev.wasmortem.wasm.custom.CustomSections;
import dev.wasmortem.wasm.types.NumType;
import dev.wasmortem.wasm.validation.CodeValidator;
import dev.wasmortem.wasm.validation.ModuleValidator;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Small files that ask for much. */
class HostileInputTest {
  private static final int MANY = 1_000_000;

  @Test
  void blocksNestedAMillionTimes() {
    WasmBytes code = WasmBytes.of(0);
    for (int i = 0; i < MANY; i++) {
      code.bytes(0x02, 0x40);
    }
    WasmModule module = function(code.fill(MANY + 1, 0x0b));
    FormatException error =
        assertThrows(FormatException.LimitExceeded.class, () -> validate(module));
    assertEquals("instr", error.location().production());
    assertEquals(Long.valueOf(MANY * 2L + 1), Long.valueOf(count(module)));
  }

  private static long count(WasmModule module) {
    long count = 0;
    var reader = module.body(0).instructions();
    while (reader.next()) {
      count++;
    }
    return count;
  }

  @Test
  void localsWithoutEnd() {
    WasmModule module = function(WasmBytes.hex("01 ff ff ff ff 0f 7e 20 80 80 80 08 1a 0b"));
    LocalTypes locals = module.body(0).locals();
    assertEquals(0xffff_ffffL, locals.count());
    assertEquals(NumType.I64, locals.type(0xffff_fffeL));
    validate(module);
    WasmModule more = function(WasmBytes.hex("02 ff ff ff ff 0f 7e 01 7f 0b"));
    FormatException error =
        assertThrows(FormatException.Malformed.class, () -> more.body(0).locals());
    assertEquals("too many locals", error.problem());
  }

  @Test
  void manyEmptyRunsOfLocals() {
    WasmBytes declarations = WasmBytes.empty().u(MANY + 1);
    for (int i = 0; i < MANY; i++) {
      declarations.bytes(0, 0x7f);
    }
    WasmModule module = function(declarations.bytes(1, 0x7e).bytes(0x0b));
    assertEquals(1, module.body(0).locals().count());
    assertEquals(NumType.I64, module.body(0).locals().type(0));
  }

  @Test
  void callsThatPushAThousand() {
    WasmBytes type = WasmBytes.hex("60 00").u(1000).fill(1000, 0x7f);
    WasmBytes code = WasmBytes.of(0);
    for (int i = 0; i < 100_000; i++) {
      code.bytes(0x10, 0x00);
    }
    WasmModule module =
        WasmModule.read(
            WasmBytes.module()
                .types(type)
                .functions(0)
                .section(10, WasmBytes.of(1).sized(code.bytes(0x0b)))
                .source("calls"));
    assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () -> assertThrows(FormatException.LimitExceeded.class, () -> validate(module)));
  }

  @Test
  void tooManyParameters() {
    WasmBytes type = WasmBytes.hex("60").u(1001).fill(1001, 0x7f).u(0);
    WasmModule module = WasmModule.read(WasmBytes.module().types(type).source("parameters"));
    assertThrows(FormatException.LimitExceeded.class, module::types);
  }

  @Test
  void countsThatCannotBe() {
    for (int id : new int[] {1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 13}) {
      WasmBytes bytes = WasmBytes.module().section(id, WasmBytes.hex("ff ff ff ff 0f"));
      assertThrows(
          FormatException.class,
          () -> Sample.readAll(WasmModule.read(bytes.source("count"))),
          "section " + id);
      WasmModule rest = WasmModule.salvage(bytes.source("count"), diagnostic -> {});
      assertEquals(0, rest.bodyCount());
    }
  }

  @Test
  void sectionOfFourGibibytes() {
    WasmBytes bytes = WasmBytes.module().bytes(1).u(0xffff_ffffL).bytes(0);
    assertThrows(FormatException.Truncated.class, () -> WasmModule.read(bytes.source("section")));
  }

  @Test
  void indexOfTwoToThe31() {
    WasmModule module = function(WasmBytes.hex("00 20 80 80 80 80 08 0b"));
    assertThrows(FormatException.LimitExceeded.class, () -> validate(module));
  }

  @Test
  void overlongNumbers() {
    WasmModule module = function(WasmBytes.hex("00 20 80 80 80 80 80 00 1a 0b"));
    FormatException error = assertThrows(FormatException.Malformed.class, () -> validate(module));
    assertEquals("integer representation too long", error.problem());
  }

  @Test
  void tableOfLabelsAtTheEnd() {
    WasmModule module = function(WasmBytes.hex("00 0e ff ff ff ff 0f"));
    assertThrows(FormatException.Malformed.class, () -> validate(module));
  }

  /** Bytes that reading and checking one of these files may allocate, garbage included. */
  private static final long HEAP = 64 << 20;

  @Test
  void allOfTheseInLittleHeap() {
    WasmBytes blocks = WasmBytes.of(0);
    for (int i = 0; i < MANY; i++) {
      blocks.bytes(0x02, 0x40);
    }
    WasmBytes locals = WasmBytes.empty().u(MANY);
    for (int i = 0; i < MANY; i++) {
      locals.bytes(0, 0x7f);
    }
    List<WasmBytes> files =
        List.of(
            functionBytes(blocks.fill(MANY + 1, 0x0b)),
            functionBytes(WasmBytes.hex("01 ff ff ff ff 0f 7e 0b")),
            functionBytes(WasmBytes.hex("02 ff ff ff ff 0f 7e 01 7f 0b")),
            functionBytes(locals.bytes(0x0b)),
            functionBytes(WasmBytes.hex("00 20 80 80 80 80 80 00 1a 0b")),
            functionBytes(WasmBytes.hex("00 0e ff ff ff ff 0f")),
            WasmBytes.module().bytes(1).u(0xffff_ffffL).bytes(0),
            WasmBytes.module().bytes(0).u(0xffff_ffffL).name("name"),
            WasmBytes.module().section(1, WasmBytes.hex("01 4e ff ff ff ff 0f")),
            WasmBytes.module().section(2, WasmBytes.hex("01 00 00 7f ff ff ff ff 0f")),
            WasmBytes.module().section(9, WasmBytes.hex("01 01 00 ff ff ff ff 0f")),
            WasmBytes.module().section(7, WasmBytes.hex("01 01 61 00 ff ff ff ff 07")),
            WasmBytes.module().custom("name", WasmBytes.hex("01 ff ff ff ff 0f ff ff ff ff 0f")),
            WasmBytes.module().custom("producers", WasmBytes.hex("ff ff ff ff 0f")),
            WasmBytes.module().custom("dylink.0", WasmBytes.hex("02 ff ff ff ff 0f ff")));
    for (WasmBytes file : files) {
      ByteSource source = file.source("hostile");
      long bytes = HeapUse.allocated(() -> checkAll(source));
      assertTrue(bytes < HEAP, () -> bytes + " bytes for " + file.size());
    }
  }

  private static void checkAll(ByteSource source) {
    try {
      ModuleValidator.check(WasmModule.read(source));
    } catch (FormatException expected) {
      // Which error it is, other tests say.
    }
    WasmModule rest = WasmModule.salvage(source, diagnostic -> {});
    Sample.readNames(rest);
    CustomSections.readAll(rest);
  }

  @Test
  void sectionsOfFourGibibytesThatAreThere() throws IOException {
    // The file has a hole: a code section of 2^32 - 1 bytes, whose first body claims them all.
    Path file = Files.createTempFile("hostile", ".wasm");
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      out.write(
          WasmBytes.module()
              .types(WasmBytes.hex("60 00 00"))
              .functions(0)
              .bytes(10)
              .u(0xffff_ffffL)
              .u(1)
              .u(0xffff_fff9L)
              .toByteArray());
      out.setLength(out.getFilePointer() - 6 + 0xffff_ffffL);
    }
    try (ByteSource source = ByteSource.open(file)) {
      WasmModule module = WasmModule.read(source);
      long bytes =
          HeapUse.allocated(
              () ->
                  assertThrows(
                      FormatException.LimitExceeded.class, () -> ModuleValidator.check(module)));
      assertTrue(bytes < HEAP, () -> bytes + " bytes");
    } finally {
      Files.delete(file);
    }
  }

  @Test
  void exportsOfOneName() {
    WasmBytes exports = WasmBytes.empty().u(MANY);
    for (int i = 0; i < MANY; i++) {
      exports.bytes(1, 'x', 0, 0);
    }
    WasmModule module =
        WasmModule.read(
            WasmBytes.module()
                .types(WasmBytes.hex("60 00 00"))
                .functions(0)
                .section(7, exports)
                .section(10, WasmBytes.of(1).sized(WasmBytes.hex("00 0b")))
                .source("exports"));
    assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () -> assertThrows(FormatException.Malformed.class, () -> ModuleValidator.check(module)));
  }

  private static void validate(WasmModule module) {
    CodeValidator.of(module).validate(module.body(0));
    CodeValidator.of(module).before(module.body(0), new BodyOffset(Integer.MAX_VALUE));
  }

  /** Returns a module of one function without parameters. */
  private static WasmModule function(WasmBytes body) {
    return WasmModule.read(functionBytes(body).source("hostile"));
  }

  private static WasmBytes functionBytes(WasmBytes body) {
    return WasmBytes.module()
        .types(WasmBytes.hex("60 00 00"))
        .functions(0)
        .section(10, WasmBytes.of(1).sized(body));
  }
}
