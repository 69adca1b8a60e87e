/**
 * WebAssembly modules in their binary form: what is in them, where exactly, read lazily.
 *
 * <p>{@link dev.wasmortem.wasm.WasmModule} is the entry. Offsets are kept throughout: of sections
 * and bodies in the file, of instructions in their body.
 *
 * <pre>{@code
 * try (ByteSource file = ByteSource.open(Path.of("app.wasm"))) {
 *   WasmModule module = WasmModule.read(file);
 *   FunctionBody body = module.bodyAt(new FileOffset(0x8fd)).orElseThrow();
 *   System.out.println(module.functionName(body.functionIndex()).orElse("?"));
 *   System.out.println(body.bodyOffset(new FileOffset(0x8fd)));
 * }
 * }</pre>
 *
 * <p>The packages build on one another: {@code types}, then {@code code} (the opcode table and
 * instructions), then this one, then {@code validation} (operand-stack typing and whole modules);
 * {@code component} finds the core modules in components, and {@code custom} reads custom sections
 * that tools agree on.
 */
package dev.wasmortem.wasm;
