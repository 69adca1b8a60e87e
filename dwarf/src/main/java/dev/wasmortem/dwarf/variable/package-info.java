/**
 * Variables and parameters: which of them are in scope at an address, of what type, declared where,
 * and in what place (§3.3.4, §4.1).
 *
 * <p>{@link dev.wasmortem.dwarf.variable.Scopes} is the door.
 *
 * <pre>{@code
 * Scopes scopes = Scopes.of(dwarf, Types.of(dwarf, sink), sink);
 * for (FrameScope frame : scopes.at(new Address(0x1d5))) {
 *   for (Variable variable : frame.variables()) {
 *     System.out.println(variable + " in " + variable.place(machine)); // int n in local 3
 *   }
 * }
 * }</pre>
 *
 * <p>Sections cited as "§" are those of the DWARF Debugging Information Format, version 5.
 */
package dev.wasmortem.dwarf.variable;
