package dev.wasmortem.capture.endive;

import dev.wasmortem.bytes.ByteSource;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.AnnotatedInstruction;
import run.endive.wasm.types.CodeSection;
import run.endive.wasm.types.OpCode;

/**
 * What is known of a module beyond Endive's own model of it: where its bytes are, and whether its
 * code has the instructions that need special care. One for each builder that was asked for.
 */
final class ModuleImage {
  private static final Set<OpCode> THROWS = EnumSet.of(OpCode.THROW, OpCode.THROW_REF);
  private static final Set<OpCode> TAIL_CALLS =
      EnumSet.of(OpCode.RETURN_CALL, OpCode.RETURN_CALL_INDIRECT, OpCode.RETURN_CALL_REF);

  /** Opens the bytes; the caller closes them. */
  @FunctionalInterface
  interface Bytes {
    ByteSource open() throws IOException;
  }

  private final String givenName;
  private final @Nullable Bytes bytes;
  private final Set<OpCode> special;

  private ModuleImage(String givenName, @Nullable Bytes bytes, Set<OpCode> special) {
    this.givenName = givenName;
    this.bytes = bytes;
    this.special = special;
  }

  static ModuleImage of(WasmModule module, String givenName, @Nullable Bytes bytes) {
    return new ModuleImage(givenName, bytes, specialInstructions(module.codeSection()));
  }

  private static Set<OpCode> specialInstructions(@Nullable CodeSection code) {
    Set<OpCode> found = EnumSet.noneOf(OpCode.class);
    for (int i = 0; code != null && i < code.functionBodyCount(); i++) {
      List<AnnotatedInstruction> instructions = code.getFunctionBody(i).instructions();
      for (int k = 0; k < instructions.size(); k++) {
        OpCode opcode = instructions.get(k).opcode();
        if (opcode == OpCode.TRY_TABLE || THROWS.contains(opcode) || TAIL_CALLS.contains(opcode)) {
          found.add(opcode);
        }
      }
    }
    return found;
  }

  /** Returns the name that the user gave, or the file's; may be empty. */
  String givenName() {
    return givenName;
  }

  Optional<Bytes> bytes() {
    return Optional.ofNullable(bytes);
  }

  /** Returns whether the code may throw WebAssembly exceptions. */
  boolean mayThrow() {
    return special.stream().anyMatch(THROWS::contains);
  }

  /** Returns whether the code may catch WebAssembly exceptions. */
  boolean mayCatch() {
    return special.contains(OpCode.TRY_TABLE);
  }

  /** Returns whether a frame may be one's that was not called but jumped to. */
  boolean hasTailCalls() {
    return special.stream().anyMatch(TAIL_CALLS::contains);
  }
}
