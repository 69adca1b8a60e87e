package dev.wasmortem.wasm;

import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.wasm.code.Immediate;
import dev.wasmortem.wasm.code.InstructionReader;
import java.util.OptionalLong;

/**
 * Checks that a binary is a module by the whole grammar of the binary format (chapter 5): that the
 * sections stand in their order and once, that they agree on their counts, and that everything in
 * them can be read. A core dump, whose sections may stand in any order, need not pass.
 */
public final class WellFormed {
  private final WasmModule module;

  private WellFormed(WasmModule module) {
    this.module = module;
  }

  /**
   * Checks a strictly read module. Reads all of it.
   *
   * @throws FormatException where it is malformed
   */
  public static void check(WasmModule module) {
    checkSections(module);
    new WellFormed(module).code();
  }

  /**
   * Checks all of a strictly read module but the bodies of its functions.
   *
   * @throws FormatException where it is malformed
   */
  public static void checkSections(WasmModule module) {
    WellFormed check = new WellFormed(module);
    check.sections();
    check.vectors();
    check.counts();
  }

  private void sections() {
    int last = -1;
    for (Section section : module.sections()) {
      if (section.id().place().isEmpty()) {
        continue;
      }
      int place = section.id().place().getAsInt();
      if (place <= last) {
        throw malformed(section, "unexpected content after last section: out of order or repeated");
      }
      last = place;
    }
  }

  private void vectors() {
    module.types();
    module.imports();
    module.functionCount();
    module.tables();
    module.memoryTypes();
    module.tagTypes();
    module.globals();
    module.exports();
    module.startFunction();
    module.elements();
    module.dataCount();
    single(SectionId.START);
    single(SectionId.DATA_COUNT);
  }

  /** Checks that a section of one number holds nothing more. */
  private void single(SectionId id) {
    module
        .section(id)
        .ifPresent(
            section -> {
              var cursor = section.payload().cursor().in("section");
              cursor.u32();
              if (!cursor.atEnd()) {
                throw cursor.malformed("section size mismatch: bytes after the number");
              }
            });
  }

  private void counts() {
    if (module.bodyCount() != module.functionCount() - module.importedFunctionCount()) {
      throw malformed("function and code section have inconsistent lengths");
    }
    long segments = 0;
    for (DataSegments data = module.dataSegments(); data.hasNext(); data.next()) {
      segments++;
    }
    OptionalLong announced = module.dataCount();
    if (announced.isPresent() && announced.getAsLong() != segments) {
      throw malformed("data count and data section have inconsistent lengths");
    }
  }

  private void code() {
    boolean counted = module.dataCount().isPresent();
    int imported = module.importedFunctionCount();
    for (int i = 0; i < module.bodyCount(); i++) {
      InstructionReader reader = module.body(imported + i).instructions();
      while (reader.next()) {
        if (!counted && reader.opcode().immediates().contains(Immediate.DATA)) {
          throw new FormatException.Malformed("data count section required", reader.location());
        }
      }
    }
  }

  private FormatException malformed(Section section, String problem) {
    return new FormatException.Malformed(problem, section.bytes().at(0, "module"));
  }

  private FormatException malformed(String problem) {
    return new FormatException.Malformed(
        problem, module.source().at(module.source().size(), "module"));
  }
}
