/**
 * From a module and an offset in one of its functions to names, files and lines.
 *
 * <p>{@link dev.wasmortem.symbols.Symbolizer} is the door: it asks the name section and the exports
 * for names, DWARF for lines, and a {@linkplain dev.wasmortem.symbols.sourcemap source map} where
 * DWARF has none, and says in {@link dev.wasmortem.symbols.DebugInfo} what there is and, where
 * there is nothing, why. {@link dev.wasmortem.symbols.DebugFileSearch} says where DWARF and source
 * maps may be looked for that are not in the module. {@link dev.wasmortem.symbols.SourcePaths}
 * finds the sources that debug information names, in the directories that the user allows and
 * nowhere else.
 *
 * <pre>{@code
 * Symbolizer symbols = Symbolizer.of(WasmModule.read(file), Diagnostic.Sink.IGNORE);
 * for (SourceFrame frame : symbols.sources(12, new BodyOffset(0x1f))) {
 *   System.out.println(frame); // mean_price at ./order.c:9:28
 * }
 * }</pre>
 *
 * <p>Absence is an answer here: damage and missing sections lead to frames with less in them, and
 * to diagnostics, not to exceptions.
 */
package dev.wasmortem.symbols;
