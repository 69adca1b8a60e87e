/**
 * Core dumps of WebAssembly programs: what was on the stacks, in the memories and in the globals
 * when a program died.
 *
 * <p>The format is the convention's (tool-conventions, {@code Coredump.md}): a WebAssembly binary
 * with custom sections. {@link dev.wasmortem.coredump.Coredump} reads it, in whatever dialect its
 * producer wrote, strictly or as much as there is; {@link dev.wasmortem.coredump.CoredumpWriter}
 * writes the convention exactly or, for old tools, another dialect, and copies whatever can be
 * read. What the convention cannot say (why the program stopped, what is missing) stands in custom
 * sections of ours, which other readers skip; their grammar is in {@code docs/FORMAT.md}.
 *
 * <pre>{@code
 * try (ByteSource file = ByteSource.open(Path.of("crash.core"))) {
 *   Coredump dump = Coredump.read(file);
 *   for (CoreThread thread : dump.threads()) {
 *     for (Frame frame : thread.frames()) {
 *       System.out.println(frame.function() + " at " + frame.codeOffset());
 *     }
 *   }
 * }
 * }</pre>
 *
 * <p>Where a dump deviates tells {@link dev.wasmortem.coredump.lint}, what is done about it {@link
 * dev.wasmortem.coredump.edit}; {@link dev.wasmortem.coredump.diff} compares two, {@link
 * dev.wasmortem.coredump.inspect} shows what stands in one.
 *
 * <p>Here stand the entry points and the model. How reading is done is in {@code read}, how writing
 * in {@code write}, and our sections are in {@code extension}; none of these is exported.
 *
 * <p>Opening costs the section headers, a backtrace the stacks; memories are views over the file.
 */
package dev.wasmortem.coredump;
