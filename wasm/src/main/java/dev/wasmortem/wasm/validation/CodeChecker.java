package dev.wasmortem.wasm.validation;

import dev.wasmortem.wasm.FunctionBody;
import dev.wasmortem.wasm.LocalTypes;
import dev.wasmortem.wasm.code.InstructionReader;
import dev.wasmortem.wasm.code.Opcode;
import org.jspecify.annotations.Nullable;

/** Walks one body, an instruction at a time, and keeps what is on the operand stack. */
final class CodeChecker {
  private static final int[] NOTHING = {};

  private final ModuleSpace space;
  private final InstructionReader reader;
  private final Operands operands;
  private final Indices indices;
  private final ControlRules control;
  private final VariableRules variables;
  private final ReferenceRules references;
  private final AggregateRules aggregates;

  private CodeChecker(
      ModuleSpace space,
      InstructionReader reader,
      LocalTypes locals,
      @Nullable DeclaredFunctions declared) {
    this.space = space;
    this.reader = reader;
    this.operands = new Operands(space.types(), reader);
    this.indices = new Indices(space, operands);
    this.variables = new VariableRules(space, reader, operands, indices, locals);
    this.control = new ControlRules(space, reader, operands, indices, variables);
    this.references = new ReferenceRules(space, reader, operands, indices, declared);
    this.aggregates = new AggregateRules(space, reader, operands, indices);
  }

  /**
   * Returns a checker of a function's body.
   *
   * @param declared the functions that code may refer to; null for all
   */
  static CodeChecker ofBody(
      ModuleSpace space, FunctionBody body, @Nullable DeclaredFunctions declared) {
    CodeChecker checker = new CodeChecker(space, body.instructions(), body.locals(), declared);
    checker.open(checker.indices.function(body.functionIndex()).results);
    return checker;
  }

  /** Returns a checker of an expression that gives one value. */
  static CodeChecker ofExpression(ModuleSpace space, InstructionReader reader, int type) {
    CodeChecker checker = new CodeChecker(space, reader, LocalTypes.NONE, null);
    checker.open(new int[] {type});
    return checker;
  }

  private void open(int[] results) {
    operands.open(Opcode.BLOCK, NOTHING, results);
  }

  /** Reads the next instruction; what it does comes with {@link #apply}. */
  boolean read() {
    return reader.next();
  }

  long position() {
    return reader.position();
  }

  /** Returns the operands before the instruction that was read, and applies it. */
  OperandStack operands() {
    int[] before = operands.snapshot();
    OperandStack.Reachability reachability =
        operands.isPolymorphic()
            ? OperandStack.Reachability.UNREACHABLE
            : OperandStack.Reachability.REACHABLE;
    operands.watch();
    apply();
    return new OperandStack(
        before, reader.opcode(), before.length - operands.lowest(), reachability);
  }

  /** Applies the instruction that was read. */
  void apply() {
    Opcode opcode = reader.opcode();
    Signatures.Fixed fixed = Signatures.of(opcode);
    if (fixed == null) {
      applyContextual(opcode);
      return;
    }
    if (fixed.check != Signatures.Check.NOTHING) {
      checkImmediates(fixed);
    }
    for (int i = fixed.pops.length - 1; i >= 0; i--) {
      int type = fixed.pops[i];
      operands.pop(type < 0 ? address(fixed, type) : type);
    }
    for (int type : fixed.pushes) {
      operands.push(type < 0 ? address(fixed, type) : type);
    }
  }

  private void applyContextual(Opcode opcode) {
    switch (opcode) {
      case LOCAL_GET, LOCAL_SET, LOCAL_TEE, GLOBAL_GET, GLOBAL_SET, DROP, SELECT, SELECT_T ->
          variables.apply(opcode);
      case REF_NULL,
          REF_IS_NULL,
          REF_FUNC,
          REF_AS_NON_NULL,
          BR_ON_NULL,
          BR_ON_NON_NULL,
          REF_TEST,
          REF_TEST_NULL,
          REF_CAST,
          REF_CAST_NULL,
          BR_ON_CAST,
          BR_ON_CAST_FAIL,
          ANY_CONVERT_EXTERN,
          EXTERN_CONVERT_ANY,
          MEMORY_COPY,
          TABLE_GET,
          TABLE_SET,
          TABLE_GROW,
          TABLE_FILL,
          TABLE_INIT,
          TABLE_COPY ->
          references.apply(opcode);
      case STRUCT_NEW,
          STRUCT_NEW_DEFAULT,
          STRUCT_GET,
          STRUCT_GET_S,
          STRUCT_GET_U,
          STRUCT_SET,
          ARRAY_NEW,
          ARRAY_NEW_DEFAULT,
          ARRAY_NEW_FIXED,
          ARRAY_NEW_DATA,
          ARRAY_NEW_ELEM,
          ARRAY_GET,
          ARRAY_GET_S,
          ARRAY_GET_U,
          ARRAY_SET,
          ARRAY_FILL,
          ARRAY_COPY,
          ARRAY_INIT_DATA,
          ARRAY_INIT_ELEM ->
          aggregates.apply(opcode);
      default -> control.apply(opcode);
    }
  }

  /** Returns the address type of the memory or table that the immediates name, as the last one. */
  private int address(Signatures.Fixed fixed, int code) {
    if (fixed.accessSize > 0) {
      return space.memoryAddress(reader.memory());
    }
    int index = reader.index(fixed.immediates.size() - 1);
    return code == Signatures.TABLE_ADDRESS
        ? space.tableAddress(index)
        : space.memoryAddress(index);
  }

  private void checkImmediates(Signatures.Fixed fixed) {
    switch (fixed.check) {
      case MEMORY_ACCESS -> {
        indices.memoryAccess(reader, fixed.accessSize);
        if (fixed.lanes > 0) {
          indices.lane(reader.index(1), fixed.lanes);
        }
      }
      case LANE -> indices.lane(reader.index(0), fixed.lanes);
      case LANES -> {
        indices.lanes(reader.value(0));
        indices.lanes(reader.upperValue(0));
      }
      case INDICES -> {
        for (int i = 0; i < fixed.immediates.size(); i++) {
          indices.check(fixed.immediates.get(i), reader.index(i));
        }
      }
      case NOTHING -> {}
    }
  }
}
