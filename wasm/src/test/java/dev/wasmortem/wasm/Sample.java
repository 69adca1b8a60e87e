package dev.wasmortem.wasm;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.testkit.WasmBytes;
import dev.wasmortem.wasm.code.InstructionReader;
import dev.wasmortem.wasm.types.ExternKind;
import dev.wasmortem.wasm.validation.CodeValidator;
import java.util.stream.IntStream;

/** A small module with something in every section, written by hand, and a reading of everything. */
public final class Sample {
  private Sample() {}

  /**
   * Returns the module.
   *
   * <pre>
   * type 0 [i32 i64] -> [f32]   1 [] -> []   2 struct (mut i32)   3 [i32] -> []
   * func 0 env.f (type 3)       func 1 (type 0)   func 2 (type 1)
   * table 0 env.t funcref       table 1 externref
   * memory 0 env.m              memory 1 (64-bit)
   * global 0 env.g i32          global 1 (mut i64)   global 2 v128
   * tag 0 env.e (type 3)        tag 1 (type 1)
   * </pre>
   */
  public static WasmBytes module() {
    return WasmBytes.module()
        .custom("first", WasmBytes.of(1, 2, 3))
        .types(
            WasmBytes.hex("60 02 7f 7e 01 7d"),
            WasmBytes.hex("60 00 00"),
            WasmBytes.hex("50 00 5f 01 7f 01"),
            WasmBytes.hex("60 01 7f 00"))
        .imports(
            WasmBytes.importFunction("env", "f", 3),
            WasmBytes.empty().name("env").name("t").bytes(1, 0x70, 0, 1),
            WasmBytes.empty().name("env").name("m").bytes(2, 1, 1, 2),
            WasmBytes.empty().name("env").name("g").bytes(3, 0x7f, 0),
            WasmBytes.empty().name("env").name("e").bytes(4, 0, 3))
        .functions(0, 1)
        .section(4, WasmBytes.hex("01 6f 01 02 04"))
        .section(5, WasmBytes.hex("01 05 01 10"))
        .section(13, WasmBytes.hex("01 00 01"))
        .globals(
            WasmBytes.hex("7e 01 42 7f 0b"),
            WasmBytes.hex("7b 00 fd 0c 00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f 0b"))
        .exports(WasmBytes.export("run", 0, 2), WasmBytes.export("run again", 0, 2))
        .section(8, WasmBytes.hex("02"))
        .section(9, WasmBytes.hex("02 00 41 00 0b 02 00 01 05 70 01 d2 02 0b"))
        .section(12, WasmBytes.hex("02"))
        .code(
            // i32 i64, then 3 × f64 and 2 × i32
            WasmBytes.body("03 7c,02 7f", "20 00 b2 1a 43 00 00 c0 7f 0b"),
            WasmBytes.body("", "02 40 41 01 0e 01 00 00 0b 06 40 19 0b 0b"))
        .data(WasmBytes.hex("00 41 10 0b 02 aa bb"), WasmBytes.hex("01 01 cc"))
        .custom(
            "name",
            WasmBytes.empty()
                .bytes(0)
                .sized(WasmBytes.empty().name("sample"))
                .bytes(1)
                .sized(
                    WasmBytes.hex("02").u(0).name("imported \u001b[31m").u(1).name("_ZN4core3fooE"))
                .bytes(2)
                .sized(WasmBytes.hex("01 01 02 00 01 61 04 01 62")));
  }

  /** Reads everything there is to read in a binary; what a fuzz target and the damage tests run. */
  public static void readAll(WasmModule module) {
    show(module.types());
    show(module.imports());
    module.exports();
    module.tableTypes();
    module.memoryTypes();
    module.globals().forEach(global -> global.initializer().value());
    module.elements().forEach(ElementSegment::functions);
    module.startFunction();
    module.dataCount();
    for (DataSegments data = module.dataSegments(); data.hasNext(); ) {
      data.next().bytes().size();
    }
    readNames(module);
    module.tagTypes();
    CodeValidator validator = CodeValidator.of(module);
    int imported = module.importedFunctionCount();
    for (int i = 0; i < module.bodyCount(); i++) {
      FunctionBody body = module.body(imported + i);
      InstructionReader reader = body.instructions();
      while (reader.next()) {
        show(reader.instruction());
      }
      validator.validate(body);
    }
    WellFormed.check(module);
  }

  /** Reads what never throws, as names are. */
  public static void readNames(WasmModule module) {
    NameSection names = module.names();
    for (NameSection.Space space : NameSection.Space.values()) {
      NameMap map = names.names(space);
      long found = IntStream.range(0, 16).filter(i -> map.get(i).isPresent()).count();
      if (found > map.size()) {
        throw new AssertionError(found + " of " + map.size() + " names");
      }
    }
    for (NameSection.InnerSpace space : NameSection.InnerSpace.values()) {
      for (int i = 0; i < 8; i++) {
        names.names(space, i).get(i);
      }
    }
    names.module();
    show(names.diagnostics());
  }

  private static void show(Object value) {
    if (value.toString().isEmpty()) {
      throw new AssertionError("nothing to show");
    }
  }

  /** Returns how many of the exports are of a kind. */
  static long exports(WasmModule module, ExternKind kind) {
    return module.exports().stream().filter(export -> export.kind() == kind).count();
  }

  static ByteSource source(WasmBytes bytes) {
    return bytes.source("sample.wasm");
  }
}
