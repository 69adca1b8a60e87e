package dev.wasmortem.capture.endive;

import java.util.List;
import java.util.OptionalInt;
import run.endive.wasm.types.AnnotatedInstruction;
import run.endive.wasm.types.CodeSection;
import run.endive.wasm.types.FunctionBody;
import run.endive.wasm.types.ValType;

/**
 * Offsets in the bodies of a module whose bytes are not at hand, from the addresses that Endive
 * keeps of instructions.
 *
 * <p>A body is a size, the declarations of its locals and its instructions (Core Specification,
 * §5.5.13); of those Endive keeps the instructions' addresses only, so that between the {@code end}
 * of one body and the first instruction of the next lie the next one's size and declarations. Their
 * lengths can differ from file to file: a size may be padded, and equal locals may be declared
 * apart. But neither can be shorter than the shortest form, and their sum is known: if it is that
 * of both shortest forms, both are. Otherwise, and for the first body, the offset stays unknown.
 */
final class CodeOffsets {
  private CodeOffsets() {}

  /**
   * Returns the offset of an instruction in its body, from the declarations of locals on; empty if
   * it cannot be known.
   *
   * @param body the function's index without the imported ones
   */
  static OptionalInt of(CodeSection code, int body, int instruction) {
    if (body < 1 || body >= code.functionBodyCount()) {
      return OptionalInt.empty();
    }
    List<AnnotatedInstruction> before = code.getFunctionBody(body - 1).instructions();
    List<AnnotatedInstruction> own = code.getFunctionBody(body).instructions();
    if (before.isEmpty() || own.isEmpty() || instruction >= own.size()) {
      return OptionalInt.empty();
    }
    int first = own.get(0).address();
    // An end is one byte.
    int gap = first - (before.get(before.size() - 1).address() + 1);
    int length = own.get(own.size() - 1).address() + 1 - first;
    int declarations = shortestDeclarations(code.getFunctionBody(body));
    if (gap != unsignedSize(declarations + length) + declarations) {
      return OptionalInt.empty();
    }
    return OptionalInt.of(own.get(instruction).address() - first + declarations);
  }

  private static int shortestDeclarations(FunctionBody body) {
    List<ValType> types = body.localTypes();
    int runs = 0;
    int size = 0;
    for (int i = 0; i < types.size(); ) {
      int end = i + 1;
      while (end < types.size() && types.get(end).equals(types.get(i))) {
        end++;
      }
      size += unsignedSize(end - i) + typeSize(types.get(i));
      runs++;
      i = end;
    }
    return unsignedSize(runs) + size;
  }

  /** A reference to a type of the module's own takes more than a byte. */
  private static int typeSize(ValType type) {
    boolean plain = !type.isReference() || (type.isNullable() && type.typeIdx() < 0);
    if (plain) {
      return 1;
    }
    int index = type.typeIdx();
    return 1 + (index < 0 ? 1 : signedSize(index));
  }

  private static int unsignedSize(int value) {
    return Math.max(1, (38 - Integer.numberOfLeadingZeros(value)) / 7);
  }

  private static int signedSize(int value) {
    return (Integer.SIZE - Integer.numberOfLeadingZeros(value)) / 7 + 1;
  }
}
