/**
 * Answers in text: what code stands at addresses, as scripts expect it that were written for
 * llvm-symbolizer or addr2line, or as JSON.
 *
 * <p>{@link dev.wasmortem.symbols.answer.Answers} is the door; {@link
 * dev.wasmortem.symbols.answer.NamedAnswers} is that to several modules.
 *
 * <pre>{@code
 * Answers answers =
 *     Answers.of(
 *         Symbolizer.of(module, Diagnostic.Sink.IGNORE),
 *         "inventory.wasm",
 *         AddressSpace.codeSection(AddressSpace.Radix.BY_PREFIX),
 *         AnswerOptions.of(AnswerOptions.Style.LLVM),
 *         SourcePaths.none());
 * answers.answer(List.of("0x1d5"), System.out);
 * }</pre>
 *
 * <p>What is not known is answered by {@code ??}, as these tools do. Names are as the module has
 * them, not safe for a terminal, unless {@link
 * dev.wasmortem.symbols.answer.AnswerOptions.Feature#ESCAPE} is wanted.
 */
package dev.wasmortem.symbols.answer;
