/**
 * The types of WebAssembly (Core Specification 3.0, §2.3 and §5.3): values, functions, structures,
 * arrays, memories, tables, globals.
 *
 * <p>Everything here is an immutable value that knows its own binary form: {@code read} takes it
 * from a {@link dev.wasmortem.bytes.Cursor}, {@code writeTo} gives it to a {@link
 * dev.wasmortem.bytes.ByteWriter} in the shortest form, {@code toString} is the text format's.
 *
 * <pre>{@code
 * GlobalType pointer = new GlobalType(NumType.I32, Mutability.CONST);
 * ByteWriter out = new ByteWriter();
 * pointer.writeTo(out); // 7f 00
 * }</pre>
 */
package dev.wasmortem.wasm.types;
