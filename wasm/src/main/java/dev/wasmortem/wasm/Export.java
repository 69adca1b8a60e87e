package dev.wasmortem.wasm;

import dev.wasmortem.wasm.types.ExternKind;

/**
 * An export (§5.5.10).
 *
 * @param name its name, verbatim
 * @param kind what is exported
 * @param index its index in the index space of that kind
 */
public record Export(String name, ExternKind kind, int index) {}
