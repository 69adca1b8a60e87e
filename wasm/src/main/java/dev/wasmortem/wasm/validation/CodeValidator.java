package dev.wasmortem.wasm.validation;

import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.wasm.FunctionBody;
import dev.wasmortem.wasm.WasmModule;
import dev.wasmortem.wasm.code.BodyOffset;
import java.util.Optional;

/**
 * Types the code of one module. What it needs of the module is collected when it is made; bodies
 * are read when asked for. Work and memory are linear in the body that is read. Thread-safe.
 *
 * <p>All of WebAssembly 3.0 is typed, and legacy exceptions, threads and wide arithmetic; stack
 * switching gives {@link FormatException.Unsupported}.
 *
 * @see ModuleValidator
 */
public final class CodeValidator {
  private final ModuleSpace space;

  CodeValidator(ModuleSpace space) {
    this.space = space;
  }

  /**
   * Makes a validator.
   *
   * @throws FormatException if the module's types, imports, functions, tables, memories, globals or
   *     tags are damaged
   */
  public static CodeValidator of(WasmModule module) {
    return new CodeValidator(new ModuleSpace(module));
  }

  /**
   * Returns what is on the operand stack just before the instruction at an offset executes; empty
   * if no instruction begins there.
   *
   * @throws FormatException if the code up to there is malformed or not valid
   */
  public Optional<OperandStack> before(FunctionBody body, BodyOffset at) {
    CodeChecker checker = CodeChecker.ofBody(space, body, null);
    while (checker.read()) {
      if (checker.position() >= at.value()) {
        return checker.position() == at.value()
            ? Optional.of(checker.operands())
            : Optional.empty();
      }
      checker.apply();
    }
    return Optional.empty();
  }

  /**
   * Checks a whole body. The first call reads what declares functions: exports, globals, tables and
   * element segments.
   *
   * @throws FormatException if it is malformed or not valid, or one of those sections is damaged
   */
  public void validate(FunctionBody body) {
    CodeChecker checker = CodeChecker.ofBody(space, body, space.declared());
    while (checker.read()) {
      checker.apply();
    }
  }
}
