/**
 * Our custom sections, which say what the convention cannot: one class for each, with its grammar,
 * its encoder and its reader. Not exported; {@link dev.wasmortem.coredump.Coredump} gives what they
 * hold and {@link dev.wasmortem.coredump.CoredumpWriter} takes it. {@code docs/FORMAT.md} is the
 * same for people.
 *
 * <p>Every payload begins with a version. An encoder writes it; a reader gets a cursor behind it,
 * throws {@link dev.wasmortem.bytes.FormatException} where the bytes break the grammar, and hands
 * over each element as soon as it is read, so that those before the damage are not lost. Bytes
 * behind the last field are fields of later days and are not looked at. Counts are loops that end
 * with the bytes; nothing is reserved by them.
 *
 * <pre>{@code
 * ByteWriter payload = NotesSection.write(notes);
 * NotesSection.read(section.payload().cursor(1), found::add);
 * }</pre>
 */
package dev.wasmortem.coredump.extension;
