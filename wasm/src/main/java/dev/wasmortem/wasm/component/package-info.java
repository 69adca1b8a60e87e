/**
 * Components (component model, Binary.md): which core modules are in them. Nothing else of a
 * component is read.
 *
 * <p>{@link dev.wasmortem.wasm.component.Component} is the entry.
 *
 * <pre>{@code
 * try (ByteSource file = ByteSource.open(Path.of("app.component.wasm"))) {
 *   for (NestedModule nested : Component.modulesOf(file)) {
 *     WasmModule module = WasmModule.read(nested.source());
 *     System.out.println(nested.position() + " " + nested.name().orElse("?"));
 *   }
 * }
 * }</pre>
 */
package dev.wasmortem.wasm.component;
