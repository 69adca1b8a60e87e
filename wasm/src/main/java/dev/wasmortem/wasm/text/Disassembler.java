package dev.wasmortem.wasm.text;

import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.wasm.FunctionBody;
import dev.wasmortem.wasm.LocalTypes;
import dev.wasmortem.wasm.WasmModule;
import dev.wasmortem.wasm.code.BodyOffset;
import dev.wasmortem.wasm.code.IndexSpace;
import dev.wasmortem.wasm.code.InstructionReader;
import dev.wasmortem.wasm.code.Opcode;
import dev.wasmortem.wasm.types.FuncType;
import dev.wasmortem.wasm.types.ValueType;
import java.util.function.Consumer;

/**
 * Disassembles functions in the manner of the text format (§6.5): an instruction a line. Not a text
 * that an assembler takes: every index keeps its number, and long names are cut. Keeps the names
 * that it has shown; not thread-safe.
 */
public final class Disassembler {
  /** Locals of one declaration that are listed one by one. */
  private static final long LISTED_LOCALS = 64;

  private static final int LISTED_LABELS = 1000;

  private final WasmModule module;
  private final NameTexts names;

  /** How indices are shown. */
  public enum Names {
    /** By name where there is one, with the index beside it. */
    RESOLVED,
    /** As numbers. */
    INDICES
  }

  private Disassembler(WasmModule module, Names names) {
    this.module = module;
    this.names = new NameTexts(module, names);
  }

  /** Returns a disassembler of a module's functions. */
  public static Disassembler of(WasmModule module) {
    return of(module, Names.RESOLVED);
  }

  /** Returns a disassembler of a module's functions that shows indices in one way or the other. */
  public static Disassembler of(WasmModule module, Names names) {
    return new Disassembler(module, names);
  }

  /**
   * Returns a function's name and type: {@code func $add (;7;) (type 2) (param $a i32) (param $b
   * i32) (result i32)}.
   *
   * @param functionIndex counted with the imported functions
   * @throws IllegalArgumentException if there is no such function
   * @throws FormatException if its type is damaged
   */
  public String signature(int functionIndex) {
    FuncType type = module.functionType(functionIndex);
    OperandTexts operands = new OperandTexts(names, functionIndex, new Nest());
    NameTexts.Inner locals = names.locals(functionIndex);
    StringBuilder text = new StringBuilder("func ");
    text.append(names.of(IndexSpace.FUNCTION, functionIndex));
    text.append(" (type ")
        .append(names.of(IndexSpace.TYPE, module.functionTypeIndex(functionIndex)))
        .append(')');
    for (int i = 0; i < type.parameters().size(); i++) {
      declare(text.append(' '), "param", i, type.parameters().get(i), locals, operands);
    }
    for (ValueType result : type.results()) {
      text.append(" (result ").append(operands.valueType(result)).append(')');
    }
    return text.toString();
  }

  /**
   * Gives a line for each declaration of locals, parameters left out: {@code (local $i i32) (local
   * i32)}; of very many the first stands for all.
   *
   * @throws FormatException if the declarations are damaged
   */
  public void printLocals(FunctionBody body, Consumer<String> sink) {
    LocalTypes types = body.locals();
    OperandTexts operands = new OperandTexts(names, body.functionIndex(), new Nest());
    NameTexts.Inner locals = names.locals(body.functionIndex());
    for (long i = types.parameterCount(); i < types.count(); ) {
      ValueType type = types.type(i);
      long end = types.runEnd(i);
      StringBuilder line = new StringBuilder();
      if (end - i <= LISTED_LOCALS) {
        for (; i < end; i++) {
          line.append(line.isEmpty() ? "" : " ");
          declare(line, "local", (int) i, type, locals, operands);
        }
      } else {
        line.append("(local ").append(operands.valueType(type)).append(')');
        line.append("  ;; ").append(i).append(" to ").append(end - 1);
      }
      sink.accept(line.toString());
      i = end;
    }
  }

  private static void declare(
      StringBuilder text,
      String word,
      int index,
      ValueType type,
      NameTexts.Inner locals,
      OperandTexts operands) {
    text.append('(').append(word).append(' ');
    locals.identifier(index).ifPresent(name -> text.append(name).append(' '));
    text.append(operands.valueType(type)).append(')');
  }

  /**
   * Gives a function's instructions in their order.
   *
   * @throws FormatException after the instructions before it, where the code is malformed
   */
  public void print(FunctionBody body, Consumer<CodeLine> sink) {
    print(body, new BodyOffset(0), new BodyOffset(body.size()), sink);
  }

  /**
   * Gives those of a function's instructions that lie, in part or whole, in a range of its bytes.
   *
   * @param to the offset after the last byte
   * @throws FormatException after the instructions before it, where the code is malformed
   */
  public void print(FunctionBody body, BodyOffset from, BodyOffset to, Consumer<CodeLine> sink) {
    BlockMap blocks = BlockMap.of(body);
    Nest nest = new Nest();
    OperandTexts operands = new OperandTexts(names, body.functionIndex(), nest);
    InstructionReader reader = body.instructions();
    while (reader.next() && reader.position() < to.value()) {
      if (reader.end() > from.value()) {
        sink.accept(line(reader, body, blocks, nest, operands));
      }
      switch (reader.opcode().nesting()) {
        case OPENS -> nest.open();
        case CLOSES -> nest.close();
        case NONE, DIVIDES -> {}
      }
    }
  }

  private static CodeLine line(
      InstructionReader reader,
      FunctionBody body,
      BlockMap blocks,
      Nest nest,
      OperandTexts operands) {
    Opcode opcode = reader.opcode();
    StringBuilder note = new StringBuilder();
    String text = operands.of(reader);
    int depth = nest.depth();
    boolean target = false;
    switch (opcode.nesting()) {
      case OPENS -> {
        int block = nest.next();
        note.append('@').append(block);
        target = Nest.isLoop(reader) && blocks.isTarget(block);
        String label = operands.label(block);
        text = label.isEmpty() || text.isEmpty() ? label + text : label + " " + text;
      }
      case CLOSES -> {
        int block = nest.innermost();
        note.append('@').append(block);
        depth = Math.max(0, depth - 1);
        target =
            blocks.isTarget(block)
                && blocks.isKnown(block)
                && blocks.target(block).value() == reader.end();
      }
      case DIVIDES -> {
        note.append('@').append(nest.innermost());
        depth = Math.max(0, depth - 1);
      }
      case NONE -> {}
    }
    branches(reader, body, blocks, nest, note);
    return new CodeLine(
        body.fileOffset(reader.offset()),
        reader.offset(),
        reader.length(),
        depth,
        target ? CodeLine.Mark.TARGET : CodeLine.Mark.NONE,
        opcode.mnemonic(),
        text,
        note.toString());
  }

  /** Notes where an instruction branches to: {@code to @1 0x1f2}, of several without places. */
  private static void branches(
      InstructionReader reader, FunctionBody body, BlockMap blocks, Nest nest, StringBuilder note) {
    int[] seen = {0, 0};
    int start = note.length();
    nest.forEachBranch(
        reader,
        block -> {
          if (seen[0]++ < LISTED_LABELS) {
            note.append(note.length() == 0 ? "to @" : note.length() == start ? " to @" : " @");
            note.append(block);
          }
          seen[1] = block;
        });
    if (seen[0] > LISTED_LABELS) {
      note.append(" …");
    } else if (seen[0] == 1 && blocks.isKnown(seen[1])) {
      note.append(' ').append(body.fileOffset(blocks.target(seen[1])));
    }
  }
}
