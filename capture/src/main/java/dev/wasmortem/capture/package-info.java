/**
 * What every capture shares, whatever the runtime: what to put into a dump, where to write it, whom
 * to tell.
 *
 * <p>{@link dev.wasmortem.capture.CaptureOptions} is the entry. A program that embeds a runtime
 * makes one and hands it to that runtime's capture:
 *
 * <pre>{@code
 * CaptureOptions options =
 *     CaptureOptions.builder()
 *         .sink(DumpSink.files(CorePattern.parse("/var/crash/%e.%p.%u.core")))
 *         .maxBytes(64L << 20)
 *         .moduleBytes(ModuleBytes.EXTENSION)
 *         .listener(CaptureListener.onCaptured(dump -> System.err.println(dump.file())))
 *         .build();
 * }</pre>
 *
 * <p>A runtime's capture hands each crash to a {@link dev.wasmortem.capture.CaptureAttempt}, which
 * writes the dump, keeps it back until the crash has really left the guest, and lets nothing that
 * goes wrong on the way reach the program.
 */
package dev.wasmortem.capture;
