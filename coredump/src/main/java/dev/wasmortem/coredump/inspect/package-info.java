/**
 * What stands in a dump, byte by byte, the way object dumpers show it: the table of sections, the
 * data segments, the bytes of a memory with what they are worth, values as text.
 *
 * <pre>{@code
 * for (SectionRow row : SectionRow.of(dump)) {
 *   System.out.println(row.start() + " " + row.title() + " " + row.size());
 * }
 * HexDump.of(dump.memories().get(0)).print(new MemoryAddress(16), 64, System.out::println);
 * }</pre>
 *
 * <p>Of a damaged dump everything is shown that is there. Nothing here takes more heap than a row.
 */
package dev.wasmortem.coredump.inspect;
