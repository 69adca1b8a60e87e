/**
 * The types of operands: what is on the operand stack before an instruction, found by the
 * validation algorithm (Core Specification 3.0, chapter 3 and appendix "validation algorithm").
 *
 * <pre>{@code
 * CodeValidator validator = CodeValidator.of(module);
 * OperandStack operands = validator.before(body, new BodyOffset(0x1a)).orElseThrow();
 * System.out.println(operands.size() + " operands, " + operands.popped() + " taken");
 * }</pre>
 *
 * <p>{@link dev.wasmortem.wasm.validation.ModuleValidator} checks whole modules by it.
 */
package dev.wasmortem.wasm.validation;
