/**
 * What tests share: where the test material lies, bytes written by hand, mutations of them, golden
 * files, and the tools of others to compare with.
 *
 * <p>Nothing here uses a reader or writer of the product: {@link dev.wasmortem.testkit.WasmBytes}
 * and {@link dev.wasmortem.testkit.DumpBytes} write modules and dumps from the text of the
 * specification and of the convention, so that a test's expectation and the code under test cannot
 * share a mistake.
 *
 * <pre>{@code
 * byte[] dump =
 *     WasmBytes.module()
 *         .add(DumpBytes.core("a.out"))
 *         .add(DumpBytes.corestack("main", DumpBytes.frame(0, 7, 0x1a)))
 *         .toByteArray();
 * Mutations.check(dump, source -> Coredump.read(source).threads());
 * }</pre>
 */
package dev.wasmortem.testkit;
