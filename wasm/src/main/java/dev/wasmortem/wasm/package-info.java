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
 * instructions), then this one, then {@code validation} (operand-stack typing and whole modules)
 * and {@code text} (disassembly); {@code component} finds the core modules in components, and
 * {@code custom} reads custom sections that tools agree on.
 *
 * <p>All of WebAssembly 3.0 is read, written, printed and typed, and of the proposals legacy
 * exceptions, threads, custom page sizes, wide arithmetic, branch hints and groups of imports.
 * Stack switching is read, written and printed; typing says {@code Unsupported}.
 *
 * <p>{@link dev.wasmortem.wasm.ModuleWriter} writes modules: sections are copied from where they
 * lie, replaced, added or left out; {@link dev.wasmortem.wasm.CodeContent} makes a code section of
 * old bodies and new ones.
 *
 * <p>What is kept of a module is numbers: eight bytes a function for its body, four for its type,
 * twelve a name, four an export. Names, bodies and segments are decoded when they are asked for.
 */
package dev.wasmortem.wasm;
