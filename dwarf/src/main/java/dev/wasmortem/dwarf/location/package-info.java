/**
 * Location lists: where an object is while which code runs (§2.6.2, §7.29), and what expressions
 * refer to in their unit.
 *
 * <p>{@link dev.wasmortem.dwarf.location.LocationLists} is the door.
 *
 * <pre>{@code
 * UnitReferences references = UnitReferences.of(dwarf, unit);
 * LocationLists lists = LocationLists.of(unit, references);
 * for (LocationEntry entry : lists.entries(lists.list(attribute))) {
 *   System.out.println(entry); // [0x1d5, 0x1f0): DW_OP_lit0, DW_OP_stack_value
 * }
 * }</pre>
 *
 * <p>Sections cited as "§" are those of the DWARF Debugging Information Format, version 5.
 */
package dev.wasmortem.dwarf.location;
