package dev.wasmortem.wasm.validation;

import dev.wasmortem.wasm.ConstExpr;
import dev.wasmortem.wasm.ElementSegment;
import dev.wasmortem.wasm.Export;
import dev.wasmortem.wasm.Global;
import dev.wasmortem.wasm.Table;
import dev.wasmortem.wasm.WasmModule;
import dev.wasmortem.wasm.code.InstructionReader;
import dev.wasmortem.wasm.code.Opcode;
import dev.wasmortem.wasm.types.ExternKind;
import java.util.BitSet;

/**
 * The functions that a module names outside of its functions' bodies; only to these may a body take
 * a reference (§3.4.2, §3.5: {@code refs}). Immutable.
 */
final class DeclaredFunctions {
  private final int functions;
  private final BitSet declared = new BitSet();

  private DeclaredFunctions(int functions) {
    this.functions = functions;
  }

  static DeclaredFunctions of(WasmModule module) {
    DeclaredFunctions all = new DeclaredFunctions(module.functionCount());
    for (Export export : module.exports()) {
      if (export.kind() == ExternKind.FUNCTION) {
        all.add(export.index());
      }
    }
    for (Global global : module.globals()) {
      all.add(global.initializer());
    }
    for (Table table : module.tables()) {
      table.initializer().ifPresent(all::add);
    }
    for (ElementSegment segment : module.elements()) {
      for (int function : segment.functions()) {
        all.add(function);
      }
      segment.forEachExpression(all::add);
    }
    return all;
  }

  private void add(ConstExpr expression) {
    InstructionReader reader = expression.instructions();
    while (reader.next()) {
      if (reader.opcode() == Opcode.REF_FUNC) {
        add(reader.index(0));
      }
    }
  }

  /** Adds a function if there is one of that index: the set must not grow with what a file says. */
  private void add(int function) {
    if (function >= 0 && function < functions) {
      declared.set(function);
    }
  }

  boolean contains(int function) {
    return declared.get(function);
  }
}
