/**
 * Bytes to read: where they lie, how a number is taken from them, and what is said when they are
 * wrong.
 *
 * <p>A {@link dev.wasmortem.bytes.ByteSource} is a file, an array, or a slice of either; a slice
 * knows the name of the file it was cut from and where it began there. A {@link
 * dev.wasmortem.bytes.Cursor} reads forward through a source: fixed-size little-endian numbers,
 * LEB128 as WebAssembly wants it (strict) and as DWARF wants it (padded at will), names. Every
 * error is a {@link dev.wasmortem.bytes.FormatException} that carries the file, the absolute offset
 * and the name of the production being read, as in {@code core.wasm+0x1a4 (frame.locals): value
 * type 0x7b}.
 *
 * <pre>{@code
 * try (ByteSource file = ByteSource.open(Path.of("core.wasm"))) {
 *   Cursor cursor = file.cursor().in("magic");
 *   if (cursor.u32le() != 0x6d736100) {
 *     throw new FormatException.Malformed("not a WebAssembly binary", cursor.here());
 *   }
 * }
 * }</pre>
 *
 * <p>A {@link dev.wasmortem.bytes.DraftFile} is written, and there when it is whole.
 *
 * <p>A source never holds more than a few blocks of a file in memory. Nothing here allocates by a
 * count that was read.
 */
package dev.wasmortem.bytes;
