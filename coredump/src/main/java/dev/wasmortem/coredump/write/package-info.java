/**
 * How a dump is written. Not exported; {@link dev.wasmortem.coredump.CoredumpWriter} is the entry:
 * it gathers a {@link dev.wasmortem.coredump.write.WriterContent}, of which {@link
 * dev.wasmortem.coredump.write.DumpOutput} makes the bytes.
 *
 * <pre>{@code
 * WriterContent content = new WriterContent();
 * content.executableName = "app.wasm";
 * new DumpOutput(content, WriterOptions.DEFAULT, WriterLimits.SECTION_BYTES).writeTo(channel);
 * }</pre>
 *
 * <p>Head: {@code HeadSections} encodes all but the memories, {@code Gaps} says what is left out.
 * Memories: {@code MemoryCapture} tells what of one is looked at, {@code MemoryScanner} finds what
 * is not zero there, {@code SegmentPlan} makes {@code Segments} of it, of which those are kept that
 * there is room for. Output: {@code OutputSection}s, whose sizes are known beforehand, go through
 * {@code PairedOutput} to the channel.
 *
 * <p>A memory is read in chunks, twice, and never kept. Heap is needed for the head and for a
 * limited number of segments.
 */
package dev.wasmortem.coredump.write;
