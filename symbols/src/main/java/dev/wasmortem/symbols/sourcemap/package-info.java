/**
 * Source maps (ECMA-426) of WebAssembly modules.
 *
 * <p>{@link dev.wasmortem.symbols.sourcemap.SourceMap} reads one and tells for an offset in the
 * module's file the place in the source.
 *
 * <pre>{@code
 * SourceMap map = SourceMap.read(ByteSource.open(Path.of("crash.wasm.map")));
 * System.out.println(map.at(new FileOffset(0x20aa)).flatMap(Mapping::original)); // crash.ts:20:23
 * }</pre>
 *
 * <p>A map that breaks the format throws {@link dev.wasmortem.bytes.FormatException}; one whose
 * mappings are damaged can be {@linkplain dev.wasmortem.symbols.sourcemap.SourceMap#salvage
 * salvaged}.
 */
package dev.wasmortem.symbols.sourcemap;
