/**
 * Code as text: functions disassembled in the manner of the text format.
 *
 * <p>{@link dev.wasmortem.wasm.text.Disassembler} is the entry; it gives a {@link
 * dev.wasmortem.wasm.text.CodeLine} for each instruction.
 *
 * <pre>{@code
 * Disassembler disassembler = Disassembler.of(module);
 * FunctionBody body = module.body(7);
 * System.out.println(disassembler.signature(7));
 * disassembler.print(body, System.out::println);
 * }</pre>
 *
 * <p>The text is for reading: names are escaped for terminals and cut when they are long, deep
 * nesting is not indented further. Work and output are linear in the size of the function.
 */
package dev.wasmortem.wasm.text;
