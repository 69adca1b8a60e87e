/**
 * DWARF expressions (§2.5, §2.6): read, printed and evaluated.
 *
 * <p>{@link dev.wasmortem.dwarf.expression.Evaluator} is the door. It is given a {@link
 * dev.wasmortem.dwarf.expression.Machine}, which is the state of one frame as far as it is known,
 * and tells where a value is, or the value, or why neither can be told; it never throws for what an
 * expression holds.
 *
 * <pre>{@code
 * Machine machine = new Machine() {
 *   public Reading wasm(WasmSpace space, long index) {
 *     return Reading.of(0x1000, 4);
 *   }
 * };
 * Expression inLocal = Expression.of(bytes, encoding, References.NONE);
 * System.out.println(inLocal); // DW_OP_WASM_location 0x0 0x2, DW_OP_plus_uconst 0xc
 * System.out.println(Evaluator.of(machine).evaluate(inLocal)); // memory at 0x100c
 * }</pre>
 *
 * <p>Sections cited as "§" are those of the DWARF Debugging Information Format, version 5. {@code
 * DW_OP_WASM_location} is that of the WebAssembly tool conventions.
 */
package dev.wasmortem.dwarf.expression;
