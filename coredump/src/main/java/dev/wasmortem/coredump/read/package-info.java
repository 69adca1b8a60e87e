/**
 * How a dump is read, in whatever dialect it was written and however little of it is there. Not
 * exported; {@link dev.wasmortem.coredump.Coredump} is the entry and decides what is read when.
 *
 * <pre>
 * core, coremodules, coreinstances   HeaderReader
 * corestack                          DialectDetector, which tries StackReaders
 * Memory and Data sections           SegmentReader finds the segments, MemoryReader says what is
 *                                    there, and SparseMemory is the view
 * wasmortem.*                        ExtensionReader
 * who wrote it                       ProducerDetector
 * </pre>
 *
 * <p>All of them report to one {@link dev.wasmortem.coredump.read.Findings}, which throws what is
 * damaged when a dump is read strictly, and keeps it when it is salvaged.
 *
 * <pre>{@code
 * Findings findings = new Findings(Findings.Mode.SALVAGE, sink);
 * WasmModule binary = WasmModule.salvage(source, findings);
 * Optional<String> name = new HeaderReader(binary, findings).executableName();
 * }</pre>
 */
package dev.wasmortem.coredump.read;
