package dev.wasmortem.coredump;

import dev.wasmortem.wasm.types.GlobalType;

/**
 * A global, as the dump has it.
 *
 * @param type its type; producers differ in whether they keep {@code mut}
 * @param value what it held; {@link Value#MISSING} if the initialiser is not a constant
 */
public record CoreGlobal(GlobalType type, Value value) {}
