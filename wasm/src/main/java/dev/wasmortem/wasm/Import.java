package dev.wasmortem.wasm;

import dev.wasmortem.wasm.types.ExternType;

/**
 * An import (§5.5.5).
 *
 * @param module the name of the module to import from, verbatim
 * @param name the name there, verbatim
 * @param type what is imported
 */
public record Import(String module, String name, ExternType type) {}
