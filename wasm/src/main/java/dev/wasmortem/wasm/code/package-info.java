/**
 * Code: the table of instructions, and reading them from the bytes of an expression.
 *
 * <p>{@link dev.wasmortem.wasm.code.Opcode} is the one table: a row is all that is known of an
 * instruction, and every reader, printer and checker works from it. {@link
 * dev.wasmortem.wasm.code.InstructionReader} reads code without an object for each instruction;
 * {@link dev.wasmortem.wasm.code.Instruction} is one as a value.
 *
 * <pre>{@code
 * InstructionReader reader = body.instructions();
 * while (reader.next()) {
 *   System.out.println(reader.offset() + " " + reader.instruction());
 * }
 * }</pre>
 */
package dev.wasmortem.wasm.code;
