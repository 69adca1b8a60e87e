/** DWARF 2 to 5: from an address to a file and a line. */
@org.jspecify.annotations.NullMarked
module dev.wasmortem.dwarf {
  requires static transitive org.jspecify;
  requires transitive dev.wasmortem.bytes;

  exports dev.wasmortem.dwarf;
  exports dev.wasmortem.dwarf.expression;
  exports dev.wasmortem.dwarf.location;
  exports dev.wasmortem.dwarf.type;
  exports dev.wasmortem.dwarf.variable;
}
