/**
 * Core dumps from Endive, the WebAssembly runtime in Java: its interpreter, as it is, by public and
 * protected methods only.
 *
 * <p>{@link dev.wasmortem.capture.endive.EndiveCapture} is the entry. It takes the place of {@code
 * Instance.builder(Parser.parse(file))}; nothing else of a program changes:
 *
 * <pre>{@code
 * EndiveCapture capture = EndiveCapture.create(CaptureOptions.toFiles("%e.%p.%u.core"));
 * Instance instance = capture.builder(Path.of("app.wasm")).withImportValues(imports).build();
 * instance.export("_start").apply(); // a trap leaves a dump, and is thrown as ever
 * }</pre>
 *
 * <p>What a dump holds: the thread that died with every frame of every instance of the session on
 * it, from the trap to the entry, through host functions (which a dump cannot represent, so they
 * are left out); for each frame the exact instruction, the locals and the operands by their types;
 * the instances that are linked with those on the stack; their memories and globals, each once
 * however many instances share it; and the kind of the trap.
 *
 * <p>The youngest frame is shown before the instruction that trapped, with the operands that it was
 * about to take. A caller is shown during its call: the arguments are the callee's, in its first
 * locals, and no longer on the caller's stack. So is a function that called a host function which
 * threw. Vectors and references have no form in a dump's frame; they are missing, and a note says
 * how many.
 */
package dev.wasmortem.capture.endive;
