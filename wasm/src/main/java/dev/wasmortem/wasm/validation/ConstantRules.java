package dev.wasmortem.wasm.validation;

import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.wasm.ConstExpr;
import dev.wasmortem.wasm.code.InstructionReader;
import dev.wasmortem.wasm.code.Opcode;
import java.util.EnumSet;
import java.util.Set;

/** Constant expressions (§3.4.14): which instructions may stand in them, and what they give. */
final class ConstantRules {
  private static final Set<Opcode> CONSTANT =
      EnumSet.of(
          Opcode.I32_CONST,
          Opcode.I64_CONST,
          Opcode.F32_CONST,
          Opcode.F64_CONST,
          Opcode.V128_CONST,
          Opcode.I32_ADD,
          Opcode.I32_SUB,
          Opcode.I32_MUL,
          Opcode.I64_ADD,
          Opcode.I64_SUB,
          Opcode.I64_MUL,
          Opcode.REF_NULL,
          Opcode.REF_FUNC,
          Opcode.REF_I31,
          Opcode.STRUCT_NEW,
          Opcode.STRUCT_NEW_DEFAULT,
          Opcode.ARRAY_NEW,
          Opcode.ARRAY_NEW_DEFAULT,
          Opcode.ARRAY_NEW_FIXED,
          Opcode.ANY_CONVERT_EXTERN,
          Opcode.EXTERN_CONVERT_ANY,
          Opcode.GLOBAL_GET,
          Opcode.END);

  private final ModuleSpace space;

  ConstantRules(ModuleSpace space) {
    this.space = space;
  }

  /**
   * Checks an expression.
   *
   * @param type what it must give
   * @param globals how many globals it may refer to, from the first on
   */
  void check(ConstExpr expression, int type, int globals) {
    InstructionReader reader = expression.instructions();
    CodeChecker checker = CodeChecker.ofExpression(space, reader, type);
    while (checker.read()) {
      if (!CONSTANT.contains(reader.opcode())) {
        throw error(reader, "constant expression required, found " + reader.opcode().mnemonic());
      }
      if (reader.opcode() == Opcode.GLOBAL_GET) {
        checkGlobal(reader, globals);
      }
      checker.apply();
    }
  }

  private void checkGlobal(InstructionReader reader, int globals) {
    int index = reader.index(0);
    if (index >= globals) {
      throw error(reader, "unknown global " + index);
    }
    if (space.isVariable(index)) {
      throw error(reader, "constant expression required: global " + index + " is mutable");
    }
  }

  private static FormatException error(InstructionReader reader, String problem) {
    return new FormatException.Malformed(problem, reader.location());
  }
}
