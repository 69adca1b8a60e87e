/**
 * Code: the table of instructions, and reading them from the bytes of an expression.
 *
 * <p>{@link dev.wasmortem.wasm.code.Opcode} is the one table: a row is all that is known of an
 * instruction, and every reader, printer and checker works from it.
 */
package dev.wasmortem.wasm.code;
