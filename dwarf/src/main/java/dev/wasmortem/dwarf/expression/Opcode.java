package dev.wasmortem.dwarf.expression;

import static dev.wasmortem.dwarf.expression.Opcode.Operand.ADDRESS;
import static dev.wasmortem.dwarf.expression.Opcode.Operand.BASE_TYPE;
import static dev.wasmortem.dwarf.expression.Opcode.Operand.BLOCK_ULEB;
import static dev.wasmortem.dwarf.expression.Opcode.Operand.CONST_TYPE_BLOCK;
import static dev.wasmortem.dwarf.expression.Opcode.Operand.EXPRESSION;
import static dev.wasmortem.dwarf.expression.Opcode.Operand.INFO_REFERENCE;
import static dev.wasmortem.dwarf.expression.Opcode.Operand.LLVM_OPERATION;
import static dev.wasmortem.dwarf.expression.Opcode.Operand.S16;
import static dev.wasmortem.dwarf.expression.Opcode.Operand.S32;
import static dev.wasmortem.dwarf.expression.Opcode.Operand.S64;
import static dev.wasmortem.dwarf.expression.Opcode.Operand.S8;
import static dev.wasmortem.dwarf.expression.Opcode.Operand.SLEB;
import static dev.wasmortem.dwarf.expression.Opcode.Operand.U16;
import static dev.wasmortem.dwarf.expression.Opcode.Operand.U32;
import static dev.wasmortem.dwarf.expression.Opcode.Operand.U64;
import static dev.wasmortem.dwarf.expression.Opcode.Operand.U8;
import static dev.wasmortem.dwarf.expression.Opcode.Operand.ULEB;
import static dev.wasmortem.dwarf.expression.Opcode.Operand.WASM_INDEX;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Every operation of DWARF 2 to 5 (§2.5, §7.7.1), the WebAssembly one, and the extensions of GNU
 * and LLVM: its code, its name and its operands. The one table of operations: reading, printing and
 * evaluating all go by it. A family whose code holds a number, as {@code DW_OP_lit0} to {@code
 * DW_OP_lit31}, is one row.
 */
public enum Opcode {
  ADDR(0x03, "addr", ADDRESS),
  DEREF(0x06, "deref"),
  CONST1U(0x08, "const1u", U8),
  CONST1S(0x09, "const1s", S8),
  CONST2U(0x0a, "const2u", U16),
  CONST2S(0x0b, "const2s", S16),
  CONST4U(0x0c, "const4u", U32),
  CONST4S(0x0d, "const4s", S32),
  CONST8U(0x0e, "const8u", U64),
  CONST8S(0x0f, "const8s", S64),
  CONSTU(0x10, "constu", ULEB),
  CONSTS(0x11, "consts", SLEB),
  DUP(0x12, "dup"),
  DROP(0x13, "drop"),
  OVER(0x14, "over"),
  PICK(0x15, "pick", U8),
  SWAP(0x16, "swap"),
  ROT(0x17, "rot"),
  XDEREF(0x18, "xderef"),
  ABS(0x19, "abs"),
  AND(0x1a, "and"),
  DIV(0x1b, "div"),
  MINUS(0x1c, "minus"),
  MOD(0x1d, "mod"),
  MUL(0x1e, "mul"),
  NEG(0x1f, "neg"),
  NOT(0x20, "not"),
  OR(0x21, "or"),
  PLUS(0x22, "plus"),
  PLUS_UCONST(0x23, "plus_uconst", ULEB),
  SHL(0x24, "shl"),
  SHR(0x25, "shr"),
  SHRA(0x26, "shra"),
  XOR(0x27, "xor"),
  BRA(0x28, "bra", S16),
  EQ(0x29, "eq"),
  GE(0x2a, "ge"),
  GT(0x2b, "gt"),
  LE(0x2c, "le"),
  LT(0x2d, "lt"),
  NE(0x2e, "ne"),
  SKIP(0x2f, "skip", S16),
  LIT(0x30, 32, "lit"),
  REG(0x50, 32, "reg"),
  BREG(0x70, 32, "breg", SLEB),
  REGX(0x90, "regx", ULEB),
  FBREG(0x91, "fbreg", SLEB),
  BREGX(0x92, "bregx", ULEB, SLEB),
  PIECE(0x93, "piece", ULEB),
  DEREF_SIZE(0x94, "deref_size", U8),
  XDEREF_SIZE(0x95, "xderef_size", U8),
  NOP(0x96, "nop"),
  PUSH_OBJECT_ADDRESS(0x97, "push_object_address"),
  CALL2(0x98, "call2", U16),
  CALL4(0x99, "call4", U32),
  CALL_REF(0x9a, "call_ref", INFO_REFERENCE),
  FORM_TLS_ADDRESS(0x9b, "form_tls_address"),
  CALL_FRAME_CFA(0x9c, "call_frame_cfa"),
  BIT_PIECE(0x9d, "bit_piece", ULEB, ULEB),
  IMPLICIT_VALUE(0x9e, "implicit_value", BLOCK_ULEB),
  STACK_VALUE(0x9f, "stack_value"),
  IMPLICIT_POINTER(0xa0, "implicit_pointer", INFO_REFERENCE, SLEB),
  ADDRX(0xa1, "addrx", ULEB),
  CONSTX(0xa2, "constx", ULEB),
  ENTRY_VALUE(0xa3, "entry_value", EXPRESSION),
  CONST_TYPE(0xa4, "const_type", BASE_TYPE, CONST_TYPE_BLOCK),
  REGVAL_TYPE(0xa5, "regval_type", ULEB, BASE_TYPE),
  DEREF_TYPE(0xa6, "deref_type", U8, BASE_TYPE),
  XDEREF_TYPE(0xa7, "xderef_type", U8, BASE_TYPE),
  CONVERT(0xa8, "convert", BASE_TYPE),
  REINTERPRET(0xa9, "reinterpret", BASE_TYPE),
  GNU_PUSH_TLS_ADDRESS(0xe0, "GNU_push_tls_address"),
  LLVM_USER(0xe9, "LLVM_user", LLVM_OPERATION),
  WASM_LOCATION(0xed, "WASM_location", ULEB, WASM_INDEX),
  WASM_LOCATION_INT(0xee, "WASM_location_int", ULEB, U32),
  GNU_UNINIT(0xf0, "GNU_uninit"),
  GNU_IMPLICIT_POINTER(0xf2, "GNU_implicit_pointer", INFO_REFERENCE, SLEB),
  GNU_ENTRY_VALUE(0xf3, "GNU_entry_value", EXPRESSION),
  GNU_CONST_TYPE(0xf4, "GNU_const_type", BASE_TYPE, CONST_TYPE_BLOCK),
  GNU_REGVAL_TYPE(0xf5, "GNU_regval_type", ULEB, BASE_TYPE),
  GNU_DEREF_TYPE(0xf6, "GNU_deref_type", U8, BASE_TYPE),
  GNU_CONVERT(0xf7, "GNU_convert", BASE_TYPE),
  GNU_REINTERPRET(0xf9, "GNU_reinterpret", BASE_TYPE),
  GNU_PARAMETER_REF(0xfa, "GNU_parameter_ref", U32),
  GNU_ADDR_INDEX(0xfb, "GNU_addr_index", ULEB),
  GNU_CONST_INDEX(0xfc, "GNU_const_index", ULEB),
  GNU_VARIABLE_VALUE(0xfd, "GNU_variable_value", INFO_REFERENCE);

  /** How an operand is written. */
  enum Operand {
    U8,
    S8,
    U16,
    S16,
    U32,
    S32,
    U64,
    S64,
    ULEB,
    SLEB,
    /** An address, of the unit's address size. */
    ADDRESS,
    /** An offset in {@code .debug_info}; up to version 2, of the size of an address. */
    INFO_REFERENCE,
    /** The offset of a base type's entry from its unit's start, as a ULEB. */
    BASE_TYPE,
    /** A ULEB and that many bytes. */
    BLOCK_ULEB,
    /** A ULEB and that many bytes, which are an expression. */
    EXPRESSION,
    /** A byte and that many bytes. */
    CONST_TYPE_BLOCK,
    /** An index: four bytes when the operand before is 3, else a ULEB. */
    WASM_INDEX,
    /** A ULEB that names an operation of LLVM's own, and that operation's ULEBs. */
    LLVM_OPERATION
  }

  private static final @Nullable Opcode[] BY_CODE = new Opcode[256];

  static {
    for (Opcode opcode : values()) {
      Arrays.fill(BY_CODE, opcode.code, opcode.code + opcode.codes, opcode);
    }
  }

  private final int code;
  private final int codes;
  private final String name;
  private final @Nullable Operand first;
  private final @Nullable Operand second;

  Opcode(int code, String name) {
    this(code, 1, name, null, null);
  }

  Opcode(int code, String name, Operand first) {
    this(code, 1, name, first, null);
  }

  Opcode(int code, String name, Operand first, Operand second) {
    this(code, 1, name, first, second);
  }

  Opcode(int code, int codes, String name) {
    this(code, codes, name, null, null);
  }

  Opcode(int code, int codes, String name, Operand first) {
    this(code, codes, name, first, null);
  }

  Opcode(int code, int codes, String name, @Nullable Operand first, @Nullable Operand second) {
    this.code = code;
    this.codes = codes;
    this.name = "DW_OP_" + name;
    this.first = first;
    this.second = second;
  }

  /** Returns the operation of a code, or null when there is none. */
  static @Nullable Opcode find(int code) {
    return BY_CODE[code];
  }

  /** Returns the code; of a family, the first. */
  public int code() {
    return code;
  }

  /** Returns whether the code holds a number. */
  boolean isFamily() {
    return codes > 1;
  }

  /** Returns the name as DWARF spells it; of a family, without the number. */
  public String spelling() {
    return name;
  }

  /** Returns how the first operand is written, or null when there is none. */
  @Nullable Operand first() {
    return first;
  }

  /** Returns how the second operand is written, or null when there is none. */
  @Nullable Operand second() {
    return second;
  }
}
