package dev.wasmortem.coredump.layout;

import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.wasm.ConstValue;
import dev.wasmortem.wasm.Export;
import dev.wasmortem.wasm.Global;
import dev.wasmortem.wasm.NameMap;
import dev.wasmortem.wasm.NameSection;
import dev.wasmortem.wasm.WasmModule;
import dev.wasmortem.wasm.types.ExternKind;
import dev.wasmortem.wasm.types.GlobalType;
import dev.wasmortem.wasm.types.Mutability;
import dev.wasmortem.wasm.types.ValueType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The globals by which linkers say where things are in the memory: by their exports' names, else
 * those of the name section. LLVM's linker calls them {@code __stack_pointer}, {@code __heap_base}
 * and so on; AssemblyScript puts {@code ~lib/memory/} before.
 */
final class LinkerGlobals {
  static final String STACK_POINTER = "__stack_pointer";

  private static final String ASSEMBLY_SCRIPT = "~lib/memory/";

  /** The stack is aligned to this. */
  private static final int STACK_ALIGNMENT = 16;

  private final WasmModule module;
  private final InstanceGlobals values;
  private final Map<String, Integer> indices = new HashMap<>();
  private final boolean guessed;

  private LinkerGlobals(WasmModule module, InstanceGlobals values) {
    this.module = module;
    this.values = values;
    NameMap names = module.names().names(NameSection.Space.GLOBAL);
    for (int i = 0; names.size() > 0 && i < module.globalTypes().size(); i++) {
      int index = i;
      names.get(i).ifPresent(name -> add(name, index));
    }
    for (Export export : module.exports()) {
      if (export.kind() == ExternKind.GLOBAL) {
        add(export.name(), export.index());
      }
    }
    this.guessed = !indices.containsKey(STACK_POINTER) && guessStackPointer();
  }

  /**
   * Looks at a module's globals.
   *
   * @throws FormatException if its sections cannot be read
   */
  static LinkerGlobals of(WasmModule module, InstanceGlobals values) {
    return new LinkerGlobals(module, values);
  }

  private void add(String name, int index) {
    String plain =
        name.startsWith(ASSEMBLY_SCRIPT) ? name.substring(ASSEMBLY_SCRIPT.length()) : name;
    if (plain.startsWith("__")) {
      indices.put(plain, index);
    }
  }

  /**
   * LLVM's linker makes the stack pointer its first global: mutable, and at first a multiple of 16
   * within the memory. A module without names has no more than that to tell.
   */
  private boolean guessStackPointer() {
    List<GlobalType> types = module.globalTypes();
    int first = types.size() - module.globals().size();
    if (module.globals().isEmpty()
        || module.memoryTypes().isEmpty()
        || module.names().names(NameSection.Space.GLOBAL).size() > 0
        || types.get(first).mutability() != Mutability.VAR
        || types.get(first).type().kind() != ValueType.Kind.I32) {
      return false;
    }
    long initial = initialValue(first).orElse(0);
    if (initial <= 0
        || initial % STACK_ALIGNMENT != 0
        || initial > module.memoryTypes().get(0).limits().min() * 65536) {
      return false;
    }
    indices.put(STACK_POINTER, first);
    return true;
  }

  /** Returns whether the stack pointer was found by its looks and not by its name. */
  boolean isStackPointerGuessed() {
    return guessed;
  }

  /** Returns the address that a global of that name holds now. */
  OptionalLong value(String name) {
    Integer index = indices.get(name);
    return index == null ? OptionalLong.empty() : value(index);
  }

  /** Returns the address that a global holds now. */
  OptionalLong value(int index) {
    OptionalLong value = values.value(index);
    if (value.isEmpty() || index < 0 || index >= module.globalTypes().size()) {
      return OptionalLong.empty();
    }
    return switch (module.globalTypes().get(index).type().kind()) {
      case I32 -> OptionalLong.of(Integer.toUnsignedLong((int) value.getAsLong()));
      case I64 -> value;
      case F32, F64, V128, REF -> OptionalLong.empty();
    };
  }

  /** Returns the address that a global of that name held at first; empty if it is imported. */
  OptionalLong initialValue(String name) {
    Integer index = indices.get(name);
    return index == null ? OptionalLong.empty() : initialValue(index);
  }

  private OptionalLong initialValue(int index) {
    List<Global> defined = module.globals();
    int position = index - (module.globalTypes().size() - defined.size());
    if (position < 0 || position >= defined.size()) {
      return OptionalLong.empty();
    }
    Global global = defined.get(position);
    ConstValue initial = global.initializer().value().orElse(null);
    if (initial instanceof ConstValue.I32 i32) {
      return OptionalLong.of(Integer.toUnsignedLong(i32.value()));
    }
    return initial instanceof ConstValue.I64 i64
        ? OptionalLong.of(i64.value())
        : OptionalLong.empty();
  }
}
