/**
 * DWARF debug information, versions 2 to 5, in the 32- and the 64-bit format: which unit's code
 * stands at an address, and which line of which file it came from.
 *
 * <p>{@link dev.wasmortem.dwarf.Dwarf} is the door. It is given the sections by name and reads
 * nothing before it is asked: the first look-up reads the unit headers and root entries and sorts
 * the units' ranges, and a unit's line program is decoded when an address of that unit is first
 * looked up. Damage becomes a {@link dev.wasmortem.bytes.Diagnostic} and absence, never an
 * exception; work and memory are linear in the size of the sections.
 *
 * <pre>{@code
 * Dwarf dwarf = Dwarf.of(sections, Diagnostic.Sink.IGNORE);
 * Optional<SourceLine> line = dwarf.lineAt(new Address(0x1d5));
 * System.out.println(line.map(SourceLine::toString).orElse("??:0:0"));
 * }</pre>
 *
 * <p>{@link dev.wasmortem.dwarf.Dwarf#named} finds functions, variables, types and namespaces by
 * name: through {@code .debug_names} where that is there and sound, else by a walk over all
 * entries.
 *
 * <p>Nothing here knows of WebAssembly. What an address counts from is the caller's knowledge: in a
 * Wasm module, from the first byte of the code section's payload.
 *
 * <p>Sections cited as "§" are those of the DWARF Debugging Information Format, version 5.
 */
package dev.wasmortem.dwarf;
