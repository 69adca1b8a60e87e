package dev.wasmortem.wasm.validation;

import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.wasm.code.BlockType;
import dev.wasmortem.wasm.code.Clause;
import dev.wasmortem.wasm.code.InstructionReader;
import dev.wasmortem.wasm.code.Opcode;
import dev.wasmortem.wasm.types.AbstractHeapType;
import java.util.Arrays;

/** Blocks, branches, calls and exceptions (§3.4.1). */
final class ControlRules {
  private static final int[] NOTHING = {};
  private static final int EXN = TypeCode.REF | TypeCode.heap(AbstractHeapType.EXN);

  private final ModuleSpace space;
  private final InstructionReader reader;
  private final Operands operands;
  private final Indices indices;
  private final VariableRules variables;

  ControlRules(
      ModuleSpace space,
      InstructionReader reader,
      Operands operands,
      Indices indices,
      VariableRules variables) {
    this.space = space;
    this.reader = reader;
    this.operands = operands;
    this.indices = indices;
    this.variables = variables;
  }

  void apply(Opcode opcode) {
    switch (opcode) {
      case BLOCK, LOOP, IF, TRY, TRY_TABLE -> open(opcode);
      case ELSE -> divide(opcode, NOTHING);
      case CATCH -> divide(opcode, indices.tag(reader.index(0)).parameters);
      case CATCH_ALL -> divide(opcode, NOTHING);
      case END -> end();
      case DELEGATE -> delegate();
      case BR -> {
        operands.pop(operands.labelTypes(reader.index(0)));
        operands.setUnreachable();
      }
      case BR_IF -> {
        operands.pop(TypeCode.I32);
        int[] types = operands.labelTypes(reader.index(0));
        operands.pop(types);
        operands.push(types);
      }
      case BR_TABLE -> branchTable();
      case RETURN -> leave();
      case UNREACHABLE -> operands.setUnreachable();
      case THROW -> {
        operands.pop(indices.tag(reader.index(0)).parameters);
        operands.setUnreachable();
      }
      case RETHROW -> rethrow();
      case THROW_REF -> {
        operands.pop(TypeCode.nullable(AbstractHeapType.EXN));
        operands.setUnreachable();
      }
      default -> call(opcode);
    }
  }

  private void open(Opcode opcode) {
    if (opcode == Opcode.IF) {
      operands.pop(TypeCode.I32);
    }
    int[] parameters = NOTHING;
    int[] results = NOTHING;
    BlockType type = reader.blockType();
    switch (type.kind()) {
      case EMPTY -> {}
      case VALUE ->
          results = new int[] {indices.value(TypeCode.of(((BlockType.Value) type).type()))};
      case TYPE_INDEX -> {
        TypeSpace.Signature function = indices.functionType(((BlockType.TypeIndex) type).index());
        parameters = function.parameters;
        results = function.results;
      }
    }
    operands.pop(parameters);
    if (opcode == Opcode.TRY_TABLE) {
      checkClauses();
    }
    operands.open(opcode, parameters, results);
    variables.enter();
  }

  private void checkClauses() {
    for (int i = 0; i < reader.clauseCount(); i++) {
      Clause clause = reader.clause(i);
      int[] tag = clause.tag() < 0 ? NOTHING : indices.tag(clause.tag()).parameters;
      int[] given = tag;
      if ((clause.kind() & 1) != 0) {
        given = Arrays.copyOf(tag, tag.length + 1);
        given[tag.length] = EXN;
      }
      if (!space.types().matches(given, operands.labelTypes(clause.label()))) {
        throw operands.error("type mismatch: a clause does not give what its label takes");
      }
    }
  }

  /** Ends a part of a block and begins the next. */
  private void divide(Opcode opcode, int[] start) {
    Opcode opener = operands.close();
    boolean fits =
        opcode == Opcode.ELSE
            ? opener == Opcode.IF
            : opener == Opcode.TRY || opener == Opcode.CATCH;
    if (!fits) {
      throw operands.error("unexpected " + opcode + " in a block of " + opener);
    }
    variables.leave();
    int[] begin = opcode == Opcode.ELSE ? operands.closedStart() : start;
    operands.open(opcode, begin, operands.closedEnd());
    variables.enter();
  }

  private void end() {
    Opcode opener = operands.close();
    int[] results = operands.closedEnd();
    if (opener == Opcode.IF && !space.types().matches(operands.closedStart(), results)) {
      throw operands.error("type mismatch: an if without else must give what it takes");
    }
    variables.leave();
    if (operands.blocks() > 0) {
      operands.push(results);
    }
  }

  private void delegate() {
    Opcode opener = operands.close();
    if (opener != Opcode.TRY) {
      throw operands.error("unexpected delegate in a block of " + opener);
    }
    variables.leave();
    int[] results = operands.closedEnd();
    operands.labelTypes(reader.index(0));
    operands.push(results);
  }

  private void rethrow() {
    Opcode opener = operands.opener(reader.index(0));
    if (opener != Opcode.CATCH && opener != Opcode.CATCH_ALL) {
      throw operands.error("rethrow of what is no catch");
    }
    operands.setUnreachable();
  }

  private void branchTable() {
    operands.pop(TypeCode.I32);
    int last = reader.labelCount() - 1;
    int[] types = operands.labelTypes(reader.label(last));
    for (int i = 0; i < last; i++) {
      int[] others = operands.labelTypes(reader.label(i));
      if (others.length != types.length) {
        throw operands.error("type mismatch: labels that take different numbers of operands");
      }
      // Most tables name few labels many times.
      if (i == 0 || reader.label(i) != reader.label(i - 1)) {
        operands.check(others);
      }
    }
    operands.pop(types);
    operands.setUnreachable();
  }

  private void leave() {
    operands.pop(operands.functionResults());
    operands.setUnreachable();
  }

  private void call(Opcode opcode) {
    switch (opcode) {
      case CALL -> call(indices.function(reader.index(0)));
      case RETURN_CALL -> tailCall(indices.function(reader.index(0)));
      case CALL_INDIRECT -> call(indirect());
      case RETURN_CALL_INDIRECT -> tailCall(indirect());
      case CALL_REF -> call(reference());
      case RETURN_CALL_REF -> tailCall(reference());
      default -> throw new FormatException.Unsupported("typing of " + opcode, reader.location());
    }
  }

  private TypeSpace.Signature indirect() {
    int table = indices.table(reader.index(1));
    int functions = TypeCode.nullable(AbstractHeapType.FUNC);
    if (!space.types().matches(space.tableElement(table), functions)) {
      throw operands.mismatch(space.tableElement(table), functions);
    }
    TypeSpace.Signature type = indices.functionType(reader.index(0));
    operands.pop(space.tableAddress(table));
    return type;
  }

  private TypeSpace.Signature reference() {
    TypeSpace.Signature type = indices.functionType(reader.index(0));
    operands.pop(TypeCode.REF | TypeCode.NULL | reader.index(0));
    return type;
  }

  private void call(TypeSpace.Signature callee) {
    operands.pop(callee.parameters);
    operands.push(callee.results);
  }

  private void tailCall(TypeSpace.Signature callee) {
    operands.pop(callee.parameters);
    if (!space.types().matches(callee.results, operands.functionResults())) {
      throw operands.error("type mismatch: the callee's results are not the function's");
    }
    operands.setUnreachable();
  }
}
