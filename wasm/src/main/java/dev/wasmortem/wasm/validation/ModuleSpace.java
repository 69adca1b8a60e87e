package dev.wasmortem.wasm.validation;

import dev.wasmortem.wasm.ElementSegment;
import dev.wasmortem.wasm.WasmModule;
import dev.wasmortem.wasm.types.FuncType;
import dev.wasmortem.wasm.types.GlobalType;
import dev.wasmortem.wasm.types.MemoryType;
import dev.wasmortem.wasm.types.Mutability;
import dev.wasmortem.wasm.types.TableType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What code can name in a module, as type codes (the context C of the specification). Immutable but
 * for what is collected on first use.
 */
final class ModuleSpace {
  private final WasmModule module;
  private final TypeSpace types;
  private final int[] globals;
  private final boolean[] variable;
  private final int[] tableElements;
  private final int[] tableAddresses;
  private final int[] memoryAddresses;
  private final List<TypeSpace.Signature> tags;
  private final long dataCount;
  private volatile int @Nullable [] segments;
  private volatile @Nullable DeclaredFunctions declared;

  ModuleSpace(WasmModule module) {
    this.module = module;
    this.types = new TypeSpace(module.typeGroups(), module.types());
    List<GlobalType> globalTypes = module.globalTypes();
    this.globals = new int[globalTypes.size()];
    this.variable = new boolean[globalTypes.size()];
    for (int i = 0; i < globals.length; i++) {
      globals[i] = TypeCode.of(globalTypes.get(i).type());
      variable[i] = globalTypes.get(i).mutability() == Mutability.VAR;
    }
    List<TableType> tables = module.tableTypes();
    this.tableElements = new int[tables.size()];
    this.tableAddresses = new int[tables.size()];
    for (int i = 0; i < tableElements.length; i++) {
      tableElements[i] = TypeCode.of(tables.get(i).element());
      tableAddresses[i] = TypeCode.of(tables.get(i).addressType().type());
    }
    List<MemoryType> memories = module.memoryTypes();
    this.memoryAddresses = new int[memories.size()];
    for (int i = 0; i < memoryAddresses.length; i++) {
      memoryAddresses[i] = TypeCode.of(memories.get(i).addressType().type());
    }
    this.tags = new ArrayList<>();
    for (FuncType type : module.tagTypes()) {
      tags.add(
          new TypeSpace.Signature(
              TypeSpace.codes(type.parameters()), TypeSpace.codes(type.results())));
    }
    this.dataCount = module.dataCount().orElse(-1);
  }

  TypeSpace types() {
    return types;
  }

  int functionCount() {
    return module.functionCount();
  }

  int functionTypeIndex(int function) {
    return module.functionTypeIndex(function);
  }

  int globalCount() {
    return globals.length;
  }

  int global(int index) {
    return globals[index];
  }

  boolean isVariable(int index) {
    return variable[index];
  }

  int tableCount() {
    return tableElements.length;
  }

  int tableElement(int index) {
    return tableElements[index];
  }

  int tableAddress(int index) {
    return tableAddresses[index];
  }

  int memoryCount() {
    return memoryAddresses.length;
  }

  int memoryAddress(int index) {
    return memoryAddresses[index];
  }

  int tagCount() {
    return tags.size();
  }

  TypeSpace.Signature tag(int index) {
    return tags.get(index);
  }

  /** Returns the number of data segments; -1 if no section announces it. */
  long dataCount() {
    return dataCount;
  }

  /** Returns the functions that code may refer to. */
  DeclaredFunctions declared() {
    DeclaredFunctions known = declared;
    if (known == null) {
      known = DeclaredFunctions.of(module);
      declared = known;
    }
    return known;
  }

  /** Returns the types of the element segments. */
  int[] segments() {
    int[] known = segments;
    if (known == null) {
      List<ElementSegment> elements = module.elements();
      known = new int[elements.size()];
      for (int i = 0; i < known.length; i++) {
        known[i] = TypeCode.of(elements.get(i).type());
      }
      segments = known;
    }
    return known;
  }
}
