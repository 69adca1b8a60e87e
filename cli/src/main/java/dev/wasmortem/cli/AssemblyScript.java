package dev.wasmortem.cli;

import java.nio.charset.StandardCharsets;
import java.util.List;
import run.endive.runtime.HostFunction;
import run.endive.runtime.Instance;
import run.endive.runtime.Memory;
import run.endive.wasm.types.FunctionType;
import run.endive.wasm.types.ValType;

/** What AssemblyScript's programs import that WASI does not give. */
final class AssemblyScript {
  /** The longest message that is shown, in bytes of UTF-16. */
  private static final int MAX_MESSAGE = 2000;

  private AssemblyScript() {}

  /**
   * Returns {@code env.abort(message, file, line, column)}, which a failed assertion or a {@code
   * throw} calls.
   */
  static HostFunction abort() {
    List<ValType> parameters = List.of(ValType.I32, ValType.I32, ValType.I32, ValType.I32);
    return new HostFunction(
        "env",
        "abort",
        FunctionType.of(parameters, List.of()),
        (caller, arguments) -> {
          String message = string(caller, (int) arguments[0]);
          String place =
              string(caller, (int) arguments[1]) + ":" + arguments[2] + ":" + arguments[3];
          throw new Aborted("abort: " + message + " at " + place);
        });
  }

  /** Reads a string object: UTF-16, its length in bytes in the four bytes before it. */
  private static String string(Instance caller, int address) {
    Memory memory = caller.memory();
    long size = memory.pages() * 65536L;
    if (address < 4 || address > size) {
      return "?";
    }
    int length = memory.readInt(address - 4);
    if (length < 0 || length > size - address) {
      return "?";
    }
    byte[] bytes = memory.readBytes(address, Math.min(length, MAX_MESSAGE) & ~1);
    return new String(bytes, StandardCharsets.UTF_16LE);
  }

  /** The program gave up. */
  private static final class Aborted extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Aborted(String message) {
      super(message);
    }
  }
}
