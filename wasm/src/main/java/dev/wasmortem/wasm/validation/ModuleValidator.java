package dev.wasmortem.wasm.validation;

import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.bytes.Location;
import dev.wasmortem.wasm.ConstExpr;
import dev.wasmortem.wasm.DataSegment;
import dev.wasmortem.wasm.DataSegments;
import dev.wasmortem.wasm.ElementSegment;
import dev.wasmortem.wasm.Export;
import dev.wasmortem.wasm.Global;
import dev.wasmortem.wasm.Import;
import dev.wasmortem.wasm.SectionId;
import dev.wasmortem.wasm.Table;
import dev.wasmortem.wasm.WasmModule;
import dev.wasmortem.wasm.WellFormed;
import dev.wasmortem.wasm.types.ExternType;
import dev.wasmortem.wasm.types.GlobalType;
import dev.wasmortem.wasm.types.MemoryType;
import dev.wasmortem.wasm.types.TableType;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Checks whole modules (§3.5): that they are well formed, and valid in their type definitions,
 * imports, constant expressions, segments, exports and code.
 *
 * <p>A module that passes is one that every engine with the same proposals accepts, but for the
 * limits of engines. A core dump, whose sections may stand in any order and refer to what is not
 * there, need not pass. Work and memory are linear in the module's size.
 */
public final class ModuleValidator {
  private static final String[] SPACES = {"function", "table", "memory", "global", "tag"};

  private final WasmModule module;
  private final ModuleSpace space;
  private final ExternRules externs;
  private final ConstantRules constants;
  private final int importedGlobals;

  private ModuleValidator(WasmModule module) {
    this.module = module;
    this.space = new ModuleSpace(module);
    this.externs = new ExternRules(space.types());
    this.constants = new ConstantRules(space);
    this.importedGlobals = space.globalCount() - module.globals().size();
  }

  /**
   * Checks a strictly read module. Reads all of it.
   *
   * @throws FormatException if it is malformed or not valid; {@code Unsupported} for the
   *     instructions of stack switching
   */
  public static void check(WasmModule module) {
    WellFormed.checkSections(module);
    ModuleValidator validator = new ModuleValidator(module);
    validator.types();
    validator.definitions();
    validator.exports();
    validator.elements();
    validator.data();
    validator.code();
  }

  private void types() {
    TypeRules.check(space.types(), module.typeGroups(), module.types(), at(SectionId.TYPE));
    Location imports = at(SectionId.IMPORT);
    int number = 0;
    for (Import imported : module.imports()) {
      externs.check(imported.type(), "import " + number++, imports);
    }
    Location functions = at(SectionId.FUNCTION);
    for (int i = module.importedFunctionCount(); i < module.functionCount(); i++) {
      if (space.types().function(module.functionTypeIndex(i)) == null) {
        externs.function(module.functionTypeIndex(i), "function " + i, functions);
      }
    }
  }

  private void definitions() {
    tables();
    List<MemoryType> memories = module.memoryTypes();
    for (int i = 0; i < memories.size(); i++) {
      externs.check(memories.get(i), "memory " + i, at(SectionId.MEMORY));
    }
    List<ExternType.Tag> tags = module.tags();
    for (int i = 0; i < tags.size(); i++) {
      externs.check(tags.get(i), "tag " + i, at(SectionId.TAG));
    }
    // A global may refer to those before it.
    int visible = importedGlobals;
    for (Global global : module.globals()) {
      GlobalType type = global.type();
      externs.check(type, "global " + visible, at(SectionId.GLOBAL));
      constants.check(global.initializer(), TypeCode.of(type.type()), visible);
      visible++;
    }
  }

  private void tables() {
    int index = space.tableCount() - module.tables().size();
    Location location = at(SectionId.TABLE);
    for (Table table : module.tables()) {
      TableType type = table.type();
      externs.check(type, "table " + index, location);
      int element = TypeCode.of(type.element());
      if (table.initializer().isPresent()) {
        constants.check(table.initializer().get(), element, importedGlobals);
      } else if (!type.element().isNullable()) {
        throw new FormatException.Malformed(
            "table " + index + ": type mismatch: elements that are never null need a value",
            location);
      }
      index++;
    }
  }

  private void exports() {
    Location location = at(SectionId.EXPORT);
    Set<String> names = new HashSet<>();
    int number = 0;
    for (Export export : module.exports()) {
      String what = "export " + number++;
      checkIndex(export.index(), count(export), SPACES[export.kind().code()], what, location);
      if (!names.add(export.name())) {
        throw new FormatException.Malformed(what + ": duplicate export name", location);
      }
    }
    if (module.startFunction().isPresent()) {
      int start = module.startFunction().getAsInt();
      Location at = at(SectionId.START);
      checkIndex(start, module.functionCount(), "function", "start function", at);
      TypeSpace.Signature type =
          externs.function(module.functionTypeIndex(start), "start function", at);
      if (type.parameters.length + type.results.length > 0) {
        throw new FormatException.Malformed(
            "start function: takes parameters or gives results", at);
      }
    }
  }

  private int count(Export export) {
    return switch (export.kind()) {
      case FUNCTION -> module.functionCount();
      case TABLE -> space.tableCount();
      case MEMORY -> space.memoryCount();
      case GLOBAL -> space.globalCount();
      case TAG -> space.tagCount();
    };
  }

  private void elements() {
    Location location = at(SectionId.ELEMENT);
    int number = 0;
    for (ElementSegment segment : module.elements()) {
      String what = "element segment " + number++;
      externs.value(segment.type(), what, location);
      int type = TypeCode.of(segment.type());
      if (segment.mode() == ElementSegment.Mode.ACTIVE) {
        int table = segment.table();
        checkIndex(table, space.tableCount(), "table", what, location);
        if (!space.types().matches(type, space.tableElement(table))) {
          throw new FormatException.Malformed(
              what
                  + ": type mismatch: "
                  + TypeCode.text(type)
                  + " in a table of "
                  + TypeCode.text(space.tableElement(table)),
              location);
        }
        offset(segment.offset().orElseThrow(), space.tableAddress(table));
      }
      for (int function : segment.functions()) {
        checkIndex(function, module.functionCount(), "function", what, location);
      }
      segment.forEachExpression(each -> constants.check(each, type, space.globalCount()));
    }
  }

  private void data() {
    Location location = at(SectionId.DATA);
    for (DataSegments segments = module.dataSegments(); segments.hasNext(); ) {
      DataSegment segment = segments.next();
      if (segment.offset().isPresent()) {
        String what = "data segment " + segment.index();
        checkIndex(segment.memory(), space.memoryCount(), "memory", what, location);
        offset(segment.offset().get(), space.memoryAddress(segment.memory()));
      }
    }
  }

  private void offset(ConstExpr offset, int type) {
    constants.check(offset, type, space.globalCount());
  }

  private void code() {
    CodeValidator code = new CodeValidator(space);
    int imported = module.importedFunctionCount();
    for (int i = 0; i < module.bodyCount(); i++) {
      code.validate(module.body(imported + i));
    }
  }

  private static void checkIndex(
      int index, int count, String space, String what, Location location) {
    if (index >= count) {
      throw new FormatException.Malformed(what + ": unknown " + space + " " + index, location);
    }
  }

  private Location at(SectionId id) {
    return module
        .section(id)
        .map(section -> section.bytes().at(0, "module"))
        .orElseGet(() -> module.source().at(module.source().size(), "module"));
  }
}
