/**
 * The types that debug information describes (§5): of C, C++, Rust, Zig, Swift and others.
 *
 * <p>{@link dev.wasmortem.dwarf.type.Types} is the door.
 *
 * <pre>{@code
 * Types types = Types.of(dwarf, Diagnostic.Sink.IGNORE);
 * Type type = types.at(entry);
 * System.out.println(type + ", " + type.size().orElse(0) + " bytes"); // geo::Point *, 4 bytes
 * if (type.stripped() instanceof PointerType pointer
 *     && pointer.target().stripped() instanceof RecordType record) {
 *   record.members().forEach(System.out::println); // int x
 * }
 * }</pre>
 *
 * <p>Types may be each other's parts without end, and files may say that they are: whatever walks
 * over them bounds its steps, as all that is here does.
 *
 * <p>Sections cited as "§" are those of the DWARF Debugging Information Format, version 5.
 */
package dev.wasmortem.dwarf.type;
