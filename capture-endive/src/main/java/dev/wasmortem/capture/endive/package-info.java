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
 * it, from the trap to the entry, and the host functions between them; for each frame the exact
 * instruction, the locals and the operands by their types; the instances that are linked with those
 * on the stack; their memories, globals and tables, each once however many instances share it, and
 * what the parts of a memory are for; the modules' hashes; the kind of the trap, the instruction's
 * operands, the address that it wanted to access; the process.
 *
 * <p>The youngest frame is shown before the instruction that trapped, with the operands that it was
 * about to take. A caller is shown during its call: the arguments are the callee's, in its first
 * locals, and no longer on the caller's stack. So is a function that called a host function which
 * threw. Of a local that refers to an object Endive shows nothing; it is missing, and a note says
 * how many are.
 *
 * <p>A program that goes on can be dumped, too: by a host function with {@link
 * dev.wasmortem.capture.endive.EndiveCapture#dumpNow}, by another thread with {@link
 * dev.wasmortem.capture.endive.EndiveCapture#requestDump}:
 *
 * <pre>{@code
 * Thread guest = capture.newThread(() -> instance.export("_start").apply(), "guest", 0);
 * guest.start();
 * CapturedDump dump = capture.requestDump(instance, "what is it doing").join();
 * }</pre>
 */
package dev.wasmortem.capture.endive;
