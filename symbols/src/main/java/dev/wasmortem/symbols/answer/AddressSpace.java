package dev.wasmortem.symbols.answer;

import dev.wasmortem.bytes.FileOffset;
import dev.wasmortem.wasm.WasmModule;
import dev.wasmortem.wasm.code.CodeOffset;

/**
 * What the addresses of the input are, and how they are written.
 *
 * @param radix what numbers without a prefix are
 * @param codeStart what the address of the code section's first byte is: 0 for offsets in the code
 *     section, as DWARF has them, else its offset in the file
 * @param adjustment what was added to all addresses
 */
public record AddressSpace(Radix radix, long codeStart, long adjustment) {
  /** What numbers without a prefix are. */
  public enum Radix {
    /**
     * As LLVM reads numbers: decimal, or octal after a 0; and with letters in them hexadecimal,
     * which LLVM takes for names.
     */
    BY_PREFIX,
    /** Hexadecimal, as addr2line reads them. */
    HEXADECIMAL
  }

  /** Offsets in the code section, as DWARF has them. */
  public static AddressSpace codeSection(Radix radix) {
    return new AddressSpace(radix, 0, 0);
  }

  /** Offsets in the module's file, as engines' stack traces have them. */
  public static AddressSpace file(WasmModule module, Radix radix) {
    return new AddressSpace(radix, -module.codeOffset(new FileOffset(0)).value(), 0);
  }

  /** Returns the same for addresses to all of which a number was added. */
  public AddressSpace adjusted(long number) {
    return new AddressSpace(radix, codeStart, number);
  }

  CodeOffset codeOffset(long address) {
    return new CodeOffset(address - adjustment - codeStart);
  }

  long address(CodeOffset offset) {
    return offset.value() + codeStart;
  }
}
