package dev.wasmortem.wasm;

import dev.wasmortem.wasm.types.GlobalType;

/** A global that the module defines (§5.5.9). */
public record Global(GlobalType type, ConstExpr initializer) {}
