/**
 * A module's symbols in a file beside it, so that the first address costs a search in a sorted
 * table and not the reading of debug information.
 *
 * <p>{@link dev.wasmortem.symbols.index.SymbolCache} is the door: it takes the index that was kept,
 * if it was made of this module, and makes and keeps it otherwise. {@link
 * dev.wasmortem.symbols.index.SymbolIndex} reads one, {@link
 * dev.wasmortem.symbols.index.IndexBuilder} makes one, and the format is described at {@link
 * dev.wasmortem.symbols.index.IndexHeader}.
 *
 * <pre>{@code
 * SymbolCache cache = SymbolCache.beside(Path.of("app.wasm")); // app.wasm.wmsym
 * CachedSymbols symbols = cache.open(Symbolizer.of(module, sink), sink);
 * symbols.sources(new CodeOffset(0x1a4)).forEach(System.out::println);
 * }</pre>
 *
 * <p>An index answers what {@link dev.wasmortem.symbols.Symbolizer} would, no less and no more.
 */
package dev.wasmortem.symbols.index;
