package dev.wasmortem.wasm.code;

import static dev.wasmortem.wasm.code.Immediate.BLOCK_TYPE;
import static dev.wasmortem.wasm.code.Immediate.CAST_FLAGS;
import static dev.wasmortem.wasm.code.Immediate.CATCHES;
import static dev.wasmortem.wasm.code.Immediate.COUNT;
import static dev.wasmortem.wasm.code.Immediate.DATA;
import static dev.wasmortem.wasm.code.Immediate.ELEMENT;
import static dev.wasmortem.wasm.code.Immediate.F32;
import static dev.wasmortem.wasm.code.Immediate.F64;
import static dev.wasmortem.wasm.code.Immediate.FIELD;
import static dev.wasmortem.wasm.code.Immediate.FUNCTION;
import static dev.wasmortem.wasm.code.Immediate.GLOBAL;
import static dev.wasmortem.wasm.code.Immediate.HANDLERS;
import static dev.wasmortem.wasm.code.Immediate.HEAP_TYPE;
import static dev.wasmortem.wasm.code.Immediate.I32;
import static dev.wasmortem.wasm.code.Immediate.I64;
import static dev.wasmortem.wasm.code.Immediate.LABEL;
import static dev.wasmortem.wasm.code.Immediate.LABELS;
import static dev.wasmortem.wasm.code.Immediate.LANES;
import static dev.wasmortem.wasm.code.Immediate.LANE_16;
import static dev.wasmortem.wasm.code.Immediate.LANE_2;
import static dev.wasmortem.wasm.code.Immediate.LANE_4;
import static dev.wasmortem.wasm.code.Immediate.LANE_8;
import static dev.wasmortem.wasm.code.Immediate.LOCAL;
import static dev.wasmortem.wasm.code.Immediate.MEMARG_1;
import static dev.wasmortem.wasm.code.Immediate.MEMARG_16;
import static dev.wasmortem.wasm.code.Immediate.MEMARG_2;
import static dev.wasmortem.wasm.code.Immediate.MEMARG_4;
import static dev.wasmortem.wasm.code.Immediate.MEMARG_8;
import static dev.wasmortem.wasm.code.Immediate.MEMORY;
import static dev.wasmortem.wasm.code.Immediate.TABLE;
import static dev.wasmortem.wasm.code.Immediate.TAG;
import static dev.wasmortem.wasm.code.Immediate.TYPE;
import static dev.wasmortem.wasm.code.Immediate.V128;
import static dev.wasmortem.wasm.code.Immediate.VALUE_TYPES;
import static dev.wasmortem.wasm.code.Immediate.ZERO;
import static dev.wasmortem.wasm.code.Proposal.BULK_MEMORY;
import static dev.wasmortem.wasm.code.Proposal.CORE_1;
import static dev.wasmortem.wasm.code.Proposal.EXCEPTIONS;
import static dev.wasmortem.wasm.code.Proposal.FUNCTION_REFERENCES;
import static dev.wasmortem.wasm.code.Proposal.GC;
import static dev.wasmortem.wasm.code.Proposal.LEGACY_EXCEPTIONS;
import static dev.wasmortem.wasm.code.Proposal.REFERENCE_TYPES;
import static dev.wasmortem.wasm.code.Proposal.RELAXED_SIMD;
import static dev.wasmortem.wasm.code.Proposal.SATURATING_CONVERSION;
import static dev.wasmortem.wasm.code.Proposal.SIGN_EXTENSION;
import static dev.wasmortem.wasm.code.Proposal.SIMD;
import static dev.wasmortem.wasm.code.Proposal.STACK_SWITCHING;
import static dev.wasmortem.wasm.code.Proposal.TAIL_CALL;
import static dev.wasmortem.wasm.code.Proposal.THREADS;
import static dev.wasmortem.wasm.code.Proposal.WIDE_ARITHMETIC;

import dev.wasmortem.bytes.ByteWriter;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The instructions (Core Specification 3.0, §5.4, and the proposals that {@link Proposal} lists). A
 * row is all that is known of an instruction; what reads, prints, types or rewrites code works from
 * the rows.
 *
 * <p>The columns: the prefix byte (0 for none), the code (after a prefix, a LEB128 number), the
 * name in the text format, the operands popped and pushed, the proposal that brought it, the
 * immediates in the order of the binary format.
 *
 * <p>The operands are types, the topmost last: {@code i32 i64 -> f32}. {@code addr} is the address
 * type of the memory in the immediates, {@code taddr} that of the table, {@code ref.X} the
 * reference to X that is not null. {@code *} says that they depend on the immediates or on what is
 * on the stack.
 */
public enum Opcode {
  // Control (§5.4.1)
  UNREACHABLE(0x00, 0x00, "unreachable", "*", CORE_1),
  NOP(0x00, 0x01, "nop", "->", CORE_1),
  BLOCK(0x00, 0x02, "block", "*", CORE_1, BLOCK_TYPE),
  LOOP(0x00, 0x03, "loop", "*", CORE_1, BLOCK_TYPE),
  IF(0x00, 0x04, "if", "*", CORE_1, BLOCK_TYPE),
  ELSE(0x00, 0x05, "else", "*", CORE_1),
  TRY(0x00, 0x06, "try", "*", LEGACY_EXCEPTIONS, BLOCK_TYPE),
  CATCH(0x00, 0x07, "catch", "*", LEGACY_EXCEPTIONS, TAG),
  THROW(0x00, 0x08, "throw", "*", EXCEPTIONS, TAG),
  RETHROW(0x00, 0x09, "rethrow", "*", LEGACY_EXCEPTIONS, LABEL),
  THROW_REF(0x00, 0x0a, "throw_ref", "*", EXCEPTIONS),
  END(0x00, 0x0b, "end", "*", CORE_1),
  BR(0x00, 0x0c, "br", "*", CORE_1, LABEL),
  BR_IF(0x00, 0x0d, "br_if", "*", CORE_1, LABEL),
  BR_TABLE(0x00, 0x0e, "br_table", "*", CORE_1, LABELS),
  RETURN(0x00, 0x0f, "return", "*", CORE_1),
  CALL(0x00, 0x10, "call", "*", CORE_1, FUNCTION),
  CALL_INDIRECT(0x00, 0x11, "call_indirect", "*", CORE_1, TYPE, TABLE),
  RETURN_CALL(0x00, 0x12, "return_call", "*", TAIL_CALL, FUNCTION),
  RETURN_CALL_INDIRECT(0x00, 0x13, "return_call_indirect", "*", TAIL_CALL, TYPE, TABLE),
  CALL_REF(0x00, 0x14, "call_ref", "*", FUNCTION_REFERENCES, TYPE),
  RETURN_CALL_REF(0x00, 0x15, "return_call_ref", "*", FUNCTION_REFERENCES, TYPE),
  DELEGATE(0x00, 0x18, "delegate", "*", LEGACY_EXCEPTIONS, LABEL),
  CATCH_ALL(0x00, 0x19, "catch_all", "*", LEGACY_EXCEPTIONS),

  // Parametric (§5.4.3)
  DROP(0x00, 0x1a, "drop", "*", CORE_1),
  SELECT(0x00, 0x1b, "select", "*", CORE_1),
  SELECT_T(0x00, 0x1c, "select", "*", REFERENCE_TYPES, VALUE_TYPES),
  TRY_TABLE(0x00, 0x1f, "try_table", "*", EXCEPTIONS, BLOCK_TYPE, CATCHES),

  // Variables (§5.4.4)
  LOCAL_GET(0x00, 0x20, "local.get", "*", CORE_1, LOCAL),
  LOCAL_SET(0x00, 0x21, "local.set", "*", CORE_1, LOCAL),
  LOCAL_TEE(0x00, 0x22, "local.tee", "*", CORE_1, LOCAL),
  GLOBAL_GET(0x00, 0x23, "global.get", "*", CORE_1, GLOBAL),
  GLOBAL_SET(0x00, 0x24, "global.set", "*", CORE_1, GLOBAL),

  // Tables (§5.4.5)
  TABLE_GET(0x00, 0x25, "table.get", "*", REFERENCE_TYPES, TABLE),
  TABLE_SET(0x00, 0x26, "table.set", "*", REFERENCE_TYPES, TABLE),

  // Memory (§5.4.6)
  I32_LOAD(0x00, 0x28, "i32.load", "addr -> i32", CORE_1, MEMARG_4),
  I64_LOAD(0x00, 0x29, "i64.load", "addr -> i64", CORE_1, MEMARG_8),
  F32_LOAD(0x00, 0x2a, "f32.load", "addr -> f32", CORE_1, MEMARG_4),
  F64_LOAD(0x00, 0x2b, "f64.load", "addr -> f64", CORE_1, MEMARG_8),
  I32_LOAD8_S(0x00, 0x2c, "i32.load8_s", "addr -> i32", CORE_1, MEMARG_1),
  I32_LOAD8_U(0x00, 0x2d, "i32.load8_u", "addr -> i32", CORE_1, MEMARG_1),
  I32_LOAD16_S(0x00, 0x2e, "i32.load16_s", "addr -> i32", CORE_1, MEMARG_2),
  I32_LOAD16_U(0x00, 0x2f, "i32.load16_u", "addr -> i32", CORE_1, MEMARG_2),
  I64_LOAD8_S(0x00, 0x30, "i64.load8_s", "addr -> i64", CORE_1, MEMARG_1),
  I64_LOAD8_U(0x00, 0x31, "i64.load8_u", "addr -> i64", CORE_1, MEMARG_1),
  I64_LOAD16_S(0x00, 0x32, "i64.load16_s", "addr -> i64", CORE_1, MEMARG_2),
  I64_LOAD16_U(0x00, 0x33, "i64.load16_u", "addr -> i64", CORE_1, MEMARG_2),
  I64_LOAD32_S(0x00, 0x34, "i64.load32_s", "addr -> i64", CORE_1, MEMARG_4),
  I64_LOAD32_U(0x00, 0x35, "i64.load32_u", "addr -> i64", CORE_1, MEMARG_4),
  I32_STORE(0x00, 0x36, "i32.store", "addr i32 ->", CORE_1, MEMARG_4),
  I64_STORE(0x00, 0x37, "i64.store", "addr i64 ->", CORE_1, MEMARG_8),
  F32_STORE(0x00, 0x38, "f32.store", "addr f32 ->", CORE_1, MEMARG_4),
  F64_STORE(0x00, 0x39, "f64.store", "addr f64 ->", CORE_1, MEMARG_8),
  I32_STORE8(0x00, 0x3a, "i32.store8", "addr i32 ->", CORE_1, MEMARG_1),
  I32_STORE16(0x00, 0x3b, "i32.store16", "addr i32 ->", CORE_1, MEMARG_2),
  I64_STORE8(0x00, 0x3c, "i64.store8", "addr i64 ->", CORE_1, MEMARG_1),
  I64_STORE16(0x00, 0x3d, "i64.store16", "addr i64 ->", CORE_1, MEMARG_2),
  I64_STORE32(0x00, 0x3e, "i64.store32", "addr i64 ->", CORE_1, MEMARG_4),
  MEMORY_SIZE(0x00, 0x3f, "memory.size", "-> addr", CORE_1, MEMORY),
  MEMORY_GROW(0x00, 0x40, "memory.grow", "addr -> addr", CORE_1, MEMORY),

  // Numeric (§5.4.7)
  I32_CONST(0x00, 0x41, "i32.const", "-> i32", CORE_1, I32),
  I64_CONST(0x00, 0x42, "i64.const", "-> i64", CORE_1, I64),
  F32_CONST(0x00, 0x43, "f32.const", "-> f32", CORE_1, F32),
  F64_CONST(0x00, 0x44, "f64.const", "-> f64", CORE_1, F64),
  I32_EQZ(0x00, 0x45, "i32.eqz", "i32 -> i32", CORE_1),
  I32_EQ(0x00, 0x46, "i32.eq", "i32 i32 -> i32", CORE_1),
  I32_NE(0x00, 0x47, "i32.ne", "i32 i32 -> i32", CORE_1),
  I32_LT_S(0x00, 0x48, "i32.lt_s", "i32 i32 -> i32", CORE_1),
  I32_LT_U(0x00, 0x49, "i32.lt_u", "i32 i32 -> i32", CORE_1),
  I32_GT_S(0x00, 0x4a, "i32.gt_s", "i32 i32 -> i32", CORE_1),
  I32_GT_U(0x00, 0x4b, "i32.gt_u", "i32 i32 -> i32", CORE_1),
  I32_LE_S(0x00, 0x4c, "i32.le_s", "i32 i32 -> i32", CORE_1),
  I32_LE_U(0x00, 0x4d, "i32.le_u", "i32 i32 -> i32", CORE_1),
  I32_GE_S(0x00, 0x4e, "i32.ge_s", "i32 i32 -> i32", CORE_1),
  I32_GE_U(0x00, 0x4f, "i32.ge_u", "i32 i32 -> i32", CORE_1),
  I64_EQZ(0x00, 0x50, "i64.eqz", "i64 -> i32", CORE_1),
  I64_EQ(0x00, 0x51, "i64.eq", "i64 i64 -> i32", CORE_1),
  I64_NE(0x00, 0x52, "i64.ne", "i64 i64 -> i32", CORE_1),
  I64_LT_S(0x00, 0x53, "i64.lt_s", "i64 i64 -> i32", CORE_1),
  I64_LT_U(0x00, 0x54, "i64.lt_u", "i64 i64 -> i32", CORE_1),
  I64_GT_S(0x00, 0x55, "i64.gt_s", "i64 i64 -> i32", CORE_1),
  I64_GT_U(0x00, 0x56, "i64.gt_u", "i64 i64 -> i32", CORE_1),
  I64_LE_S(0x00, 0x57, "i64.le_s", "i64 i64 -> i32", CORE_1),
  I64_LE_U(0x00, 0x58, "i64.le_u", "i64 i64 -> i32", CORE_1),
  I64_GE_S(0x00, 0x59, "i64.ge_s", "i64 i64 -> i32", CORE_1),
  I64_GE_U(0x00, 0x5a, "i64.ge_u", "i64 i64 -> i32", CORE_1),
  F32_EQ(0x00, 0x5b, "f32.eq", "f32 f32 -> i32", CORE_1),
  F32_NE(0x00, 0x5c, "f32.ne", "f32 f32 -> i32", CORE_1),
  F32_LT(0x00, 0x5d, "f32.lt", "f32 f32 -> i32", CORE_1),
  F32_GT(0x00, 0x5e, "f32.gt", "f32 f32 -> i32", CORE_1),
  F32_LE(0x00, 0x5f, "f32.le", "f32 f32 -> i32", CORE_1),
  F32_GE(0x00, 0x60, "f32.ge", "f32 f32 -> i32", CORE_1),
  F64_EQ(0x00, 0x61, "f64.eq", "f64 f64 -> i32", CORE_1),
  F64_NE(0x00, 0x62, "f64.ne", "f64 f64 -> i32", CORE_1),
  F64_LT(0x00, 0x63, "f64.lt", "f64 f64 -> i32", CORE_1),
  F64_GT(0x00, 0x64, "f64.gt", "f64 f64 -> i32", CORE_1),
  F64_LE(0x00, 0x65, "f64.le", "f64 f64 -> i32", CORE_1),
  F64_GE(0x00, 0x66, "f64.ge", "f64 f64 -> i32", CORE_1),
  I32_CLZ(0x00, 0x67, "i32.clz", "i32 -> i32", CORE_1),
  I32_CTZ(0x00, 0x68, "i32.ctz", "i32 -> i32", CORE_1),
  I32_POPCNT(0x00, 0x69, "i32.popcnt", "i32 -> i32", CORE_1),
  I32_ADD(0x00, 0x6a, "i32.add", "i32 i32 -> i32", CORE_1),
  I32_SUB(0x00, 0x6b, "i32.sub", "i32 i32 -> i32", CORE_1),
  I32_MUL(0x00, 0x6c, "i32.mul", "i32 i32 -> i32", CORE_1),
  I32_DIV_S(0x00, 0x6d, "i32.div_s", "i32 i32 -> i32", CORE_1),
  I32_DIV_U(0x00, 0x6e, "i32.div_u", "i32 i32 -> i32", CORE_1),
  I32_REM_S(0x00, 0x6f, "i32.rem_s", "i32 i32 -> i32", CORE_1),
  I32_REM_U(0x00, 0x70, "i32.rem_u", "i32 i32 -> i32", CORE_1),
  I32_AND(0x00, 0x71, "i32.and", "i32 i32 -> i32", CORE_1),
  I32_OR(0x00, 0x72, "i32.or", "i32 i32 -> i32", CORE_1),
  I32_XOR(0x00, 0x73, "i32.xor", "i32 i32 -> i32", CORE_1),
  I32_SHL(0x00, 0x74, "i32.shl", "i32 i32 -> i32", CORE_1),
  I32_SHR_S(0x00, 0x75, "i32.shr_s", "i32 i32 -> i32", CORE_1),
  I32_SHR_U(0x00, 0x76, "i32.shr_u", "i32 i32 -> i32", CORE_1),
  I32_ROTL(0x00, 0x77, "i32.rotl", "i32 i32 -> i32", CORE_1),
  I32_ROTR(0x00, 0x78, "i32.rotr", "i32 i32 -> i32", CORE_1),
  I64_CLZ(0x00, 0x79, "i64.clz", "i64 -> i64", CORE_1),
  I64_CTZ(0x00, 0x7a, "i64.ctz", "i64 -> i64", CORE_1),
  I64_POPCNT(0x00, 0x7b, "i64.popcnt", "i64 -> i64", CORE_1),
  I64_ADD(0x00, 0x7c, "i64.add", "i64 i64 -> i64", CORE_1),
  I64_SUB(0x00, 0x7d, "i64.sub", "i64 i64 -> i64", CORE_1),
  I64_MUL(0x00, 0x7e, "i64.mul", "i64 i64 -> i64", CORE_1),
  I64_DIV_S(0x00, 0x7f, "i64.div_s", "i64 i64 -> i64", CORE_1),
  I64_DIV_U(0x00, 0x80, "i64.div_u", "i64 i64 -> i64", CORE_1),
  I64_REM_S(0x00, 0x81, "i64.rem_s", "i64 i64 -> i64", CORE_1),
  I64_REM_U(0x00, 0x82, "i64.rem_u", "i64 i64 -> i64", CORE_1),
  I64_AND(0x00, 0x83, "i64.and", "i64 i64 -> i64", CORE_1),
  I64_OR(0x00, 0x84, "i64.or", "i64 i64 -> i64", CORE_1),
  I64_XOR(0x00, 0x85, "i64.xor", "i64 i64 -> i64", CORE_1),
  I64_SHL(0x00, 0x86, "i64.shl", "i64 i64 -> i64", CORE_1),
  I64_SHR_S(0x00, 0x87, "i64.shr_s", "i64 i64 -> i64", CORE_1),
  I64_SHR_U(0x00, 0x88, "i64.shr_u", "i64 i64 -> i64", CORE_1),
  I64_ROTL(0x00, 0x89, "i64.rotl", "i64 i64 -> i64", CORE_1),
  I64_ROTR(0x00, 0x8a, "i64.rotr", "i64 i64 -> i64", CORE_1),
  F32_ABS(0x00, 0x8b, "f32.abs", "f32 -> f32", CORE_1),
  F32_NEG(0x00, 0x8c, "f32.neg", "f32 -> f32", CORE_1),
  F32_CEIL(0x00, 0x8d, "f32.ceil", "f32 -> f32", CORE_1),
  F32_FLOOR(0x00, 0x8e, "f32.floor", "f32 -> f32", CORE_1),
  F32_TRUNC(0x00, 0x8f, "f32.trunc", "f32 -> f32", CORE_1),
  F32_NEAREST(0x00, 0x90, "f32.nearest", "f32 -> f32", CORE_1),
  F32_SQRT(0x00, 0x91, "f32.sqrt", "f32 -> f32", CORE_1),
  F32_ADD(0x00, 0x92, "f32.add", "f32 f32 -> f32", CORE_1),
  F32_SUB(0x00, 0x93, "f32.sub", "f32 f32 -> f32", CORE_1),
  F32_MUL(0x00, 0x94, "f32.mul", "f32 f32 -> f32", CORE_1),
  F32_DIV(0x00, 0x95, "f32.div", "f32 f32 -> f32", CORE_1),
  F32_MIN(0x00, 0x96, "f32.min", "f32 f32 -> f32", CORE_1),
  F32_MAX(0x00, 0x97, "f32.max", "f32 f32 -> f32", CORE_1),
  F32_COPYSIGN(0x00, 0x98, "f32.copysign", "f32 f32 -> f32", CORE_1),
  F64_ABS(0x00, 0x99, "f64.abs", "f64 -> f64", CORE_1),
  F64_NEG(0x00, 0x9a, "f64.neg", "f64 -> f64", CORE_1),
  F64_CEIL(0x00, 0x9b, "f64.ceil", "f64 -> f64", CORE_1),
  F64_FLOOR(0x00, 0x9c, "f64.floor", "f64 -> f64", CORE_1),
  F64_TRUNC(0x00, 0x9d, "f64.trunc", "f64 -> f64", CORE_1),
  F64_NEAREST(0x00, 0x9e, "f64.nearest", "f64 -> f64", CORE_1),
  F64_SQRT(0x00, 0x9f, "f64.sqrt", "f64 -> f64", CORE_1),
  F64_ADD(0x00, 0xa0, "f64.add", "f64 f64 -> f64", CORE_1),
  F64_SUB(0x00, 0xa1, "f64.sub", "f64 f64 -> f64", CORE_1),
  F64_MUL(0x00, 0xa2, "f64.mul", "f64 f64 -> f64", CORE_1),
  F64_DIV(0x00, 0xa3, "f64.div", "f64 f64 -> f64", CORE_1),
  F64_MIN(0x00, 0xa4, "f64.min", "f64 f64 -> f64", CORE_1),
  F64_MAX(0x00, 0xa5, "f64.max", "f64 f64 -> f64", CORE_1),
  F64_COPYSIGN(0x00, 0xa6, "f64.copysign", "f64 f64 -> f64", CORE_1),
  I32_WRAP_I64(0x00, 0xa7, "i32.wrap_i64", "i64 -> i32", CORE_1),
  I32_TRUNC_F32_S(0x00, 0xa8, "i32.trunc_f32_s", "f32 -> i32", CORE_1),
  I32_TRUNC_F32_U(0x00, 0xa9, "i32.trunc_f32_u", "f32 -> i32", CORE_1),
  I32_TRUNC_F64_S(0x00, 0xaa, "i32.trunc_f64_s", "f64 -> i32", CORE_1),
  I32_TRUNC_F64_U(0x00, 0xab, "i32.trunc_f64_u", "f64 -> i32", CORE_1),
  I64_EXTEND_I32_S(0x00, 0xac, "i64.extend_i32_s", "i32 -> i64", CORE_1),
  I64_EXTEND_I32_U(0x00, 0xad, "i64.extend_i32_u", "i32 -> i64", CORE_1),
  I64_TRUNC_F32_S(0x00, 0xae, "i64.trunc_f32_s", "f32 -> i64", CORE_1),
  I64_TRUNC_F32_U(0x00, 0xaf, "i64.trunc_f32_u", "f32 -> i64", CORE_1),
  I64_TRUNC_F64_S(0x00, 0xb0, "i64.trunc_f64_s", "f64 -> i64", CORE_1),
  I64_TRUNC_F64_U(0x00, 0xb1, "i64.trunc_f64_u", "f64 -> i64", CORE_1),
  F32_CONVERT_I32_S(0x00, 0xb2, "f32.convert_i32_s", "i32 -> f32", CORE_1),
  F32_CONVERT_I32_U(0x00, 0xb3, "f32.convert_i32_u", "i32 -> f32", CORE_1),
  F32_CONVERT_I64_S(0x00, 0xb4, "f32.convert_i64_s", "i64 -> f32", CORE_1),
  F32_CONVERT_I64_U(0x00, 0xb5, "f32.convert_i64_u", "i64 -> f32", CORE_1),
  F32_DEMOTE_F64(0x00, 0xb6, "f32.demote_f64", "f64 -> f32", CORE_1),
  F64_CONVERT_I32_S(0x00, 0xb7, "f64.convert_i32_s", "i32 -> f64", CORE_1),
  F64_CONVERT_I32_U(0x00, 0xb8, "f64.convert_i32_u", "i32 -> f64", CORE_1),
  F64_CONVERT_I64_S(0x00, 0xb9, "f64.convert_i64_s", "i64 -> f64", CORE_1),
  F64_CONVERT_I64_U(0x00, 0xba, "f64.convert_i64_u", "i64 -> f64", CORE_1),
  F64_PROMOTE_F32(0x00, 0xbb, "f64.promote_f32", "f32 -> f64", CORE_1),
  I32_REINTERPRET_F32(0x00, 0xbc, "i32.reinterpret_f32", "f32 -> i32", CORE_1),
  I64_REINTERPRET_F64(0x00, 0xbd, "i64.reinterpret_f64", "f64 -> i64", CORE_1),
  F32_REINTERPRET_I32(0x00, 0xbe, "f32.reinterpret_i32", "i32 -> f32", CORE_1),
  F64_REINTERPRET_I64(0x00, 0xbf, "f64.reinterpret_i64", "i64 -> f64", CORE_1),
  I32_EXTEND8_S(0x00, 0xc0, "i32.extend8_s", "i32 -> i32", SIGN_EXTENSION),
  I32_EXTEND16_S(0x00, 0xc1, "i32.extend16_s", "i32 -> i32", SIGN_EXTENSION),
  I64_EXTEND8_S(0x00, 0xc2, "i64.extend8_s", "i64 -> i64", SIGN_EXTENSION),
  I64_EXTEND16_S(0x00, 0xc3, "i64.extend16_s", "i64 -> i64", SIGN_EXTENSION),
  I64_EXTEND32_S(0x00, 0xc4, "i64.extend32_s", "i64 -> i64", SIGN_EXTENSION),

  // References (§5.4.2)
  REF_NULL(0x00, 0xd0, "ref.null", "*", REFERENCE_TYPES, HEAP_TYPE),
  REF_IS_NULL(0x00, 0xd1, "ref.is_null", "*", REFERENCE_TYPES),
  REF_FUNC(0x00, 0xd2, "ref.func", "*", REFERENCE_TYPES, FUNCTION),
  REF_EQ(0x00, 0xd3, "ref.eq", "eqref eqref -> i32", GC),
  REF_AS_NON_NULL(0x00, 0xd4, "ref.as_non_null", "*", FUNCTION_REFERENCES),
  BR_ON_NULL(0x00, 0xd5, "br_on_null", "*", FUNCTION_REFERENCES, LABEL),
  BR_ON_NON_NULL(0x00, 0xd6, "br_on_non_null", "*", FUNCTION_REFERENCES, LABEL),

  // Continuations (stack-switching proposal)
  CONT_NEW(0x00, 0xe0, "cont.new", "*", STACK_SWITCHING, TYPE),
  CONT_BIND(0x00, 0xe1, "cont.bind", "*", STACK_SWITCHING, TYPE, TYPE),
  SUSPEND(0x00, 0xe2, "suspend", "*", STACK_SWITCHING, TAG),
  RESUME(0x00, 0xe3, "resume", "*", STACK_SWITCHING, TYPE, HANDLERS),
  RESUME_THROW(0x00, 0xe4, "resume_throw", "*", STACK_SWITCHING, TYPE, TAG, HANDLERS),
  RESUME_THROW_REF(0x00, 0xe5, "resume_throw_ref", "*", STACK_SWITCHING, TYPE, HANDLERS),
  SWITCH(0x00, 0xe6, "switch", "*", STACK_SWITCHING, TYPE, TAG),

  // Garbage-collected objects (§5.4.2)
  STRUCT_NEW(0xfb, 0x00, "struct.new", "*", GC, TYPE),
  STRUCT_NEW_DEFAULT(0xfb, 0x01, "struct.new_default", "*", GC, TYPE),
  STRUCT_GET(0xfb, 0x02, "struct.get", "*", GC, TYPE, FIELD),
  STRUCT_GET_S(0xfb, 0x03, "struct.get_s", "*", GC, TYPE, FIELD),
  STRUCT_GET_U(0xfb, 0x04, "struct.get_u", "*", GC, TYPE, FIELD),
  STRUCT_SET(0xfb, 0x05, "struct.set", "*", GC, TYPE, FIELD),
  ARRAY_NEW(0xfb, 0x06, "array.new", "*", GC, TYPE),
  ARRAY_NEW_DEFAULT(0xfb, 0x07, "array.new_default", "*", GC, TYPE),
  ARRAY_NEW_FIXED(0xfb, 0x08, "array.new_fixed", "*", GC, TYPE, COUNT),
  ARRAY_NEW_DATA(0xfb, 0x09, "array.new_data", "*", GC, TYPE, DATA),
  ARRAY_NEW_ELEM(0xfb, 0x0a, "array.new_elem", "*", GC, TYPE, ELEMENT),
  ARRAY_GET(0xfb, 0x0b, "array.get", "*", GC, TYPE),
  ARRAY_GET_S(0xfb, 0x0c, "array.get_s", "*", GC, TYPE),
  ARRAY_GET_U(0xfb, 0x0d, "array.get_u", "*", GC, TYPE),
  ARRAY_SET(0xfb, 0x0e, "array.set", "*", GC, TYPE),
  ARRAY_LEN(0xfb, 0x0f, "array.len", "arrayref -> i32", GC),
  ARRAY_FILL(0xfb, 0x10, "array.fill", "*", GC, TYPE),
  ARRAY_COPY(0xfb, 0x11, "array.copy", "*", GC, TYPE, TYPE),
  ARRAY_INIT_DATA(0xfb, 0x12, "array.init_data", "*", GC, TYPE, DATA),
  ARRAY_INIT_ELEM(0xfb, 0x13, "array.init_elem", "*", GC, TYPE, ELEMENT),
  REF_TEST(0xfb, 0x14, "ref.test", "*", GC, HEAP_TYPE),
  REF_TEST_NULL(0xfb, 0x15, "ref.test null", "*", GC, HEAP_TYPE),
  REF_CAST(0xfb, 0x16, "ref.cast", "*", GC, HEAP_TYPE),
  REF_CAST_NULL(0xfb, 0x17, "ref.cast null", "*", GC, HEAP_TYPE),
  BR_ON_CAST(0xfb, 0x18, "br_on_cast", "*", GC, CAST_FLAGS, LABEL, HEAP_TYPE, HEAP_TYPE),
  BR_ON_CAST_FAIL(0xfb, 0x19, "br_on_cast_fail", "*", GC, CAST_FLAGS, LABEL, HEAP_TYPE, HEAP_TYPE),
  ANY_CONVERT_EXTERN(0xfb, 0x1a, "any.convert_extern", "*", GC),
  EXTERN_CONVERT_ANY(0xfb, 0x1b, "extern.convert_any", "*", GC),
  REF_I31(0xfb, 0x1c, "ref.i31", "i32 -> ref.i31", GC),
  I31_GET_S(0xfb, 0x1d, "i31.get_s", "i31ref -> i32", GC),
  I31_GET_U(0xfb, 0x1e, "i31.get_u", "i31ref -> i32", GC),

  // Saturating conversions, bulk memory, tables, wide arithmetic (§5.4.5 to §5.4.7)
  I32_TRUNC_SAT_F32_S(0xfc, 0x00, "i32.trunc_sat_f32_s", "f32 -> i32", SATURATING_CONVERSION),
  I32_TRUNC_SAT_F32_U(0xfc, 0x01, "i32.trunc_sat_f32_u", "f32 -> i32", SATURATING_CONVERSION),
  I32_TRUNC_SAT_F64_S(0xfc, 0x02, "i32.trunc_sat_f64_s", "f64 -> i32", SATURATING_CONVERSION),
  I32_TRUNC_SAT_F64_U(0xfc, 0x03, "i32.trunc_sat_f64_u", "f64 -> i32", SATURATING_CONVERSION),
  I64_TRUNC_SAT_F32_S(0xfc, 0x04, "i64.trunc_sat_f32_s", "f32 -> i64", SATURATING_CONVERSION),
  I64_TRUNC_SAT_F32_U(0xfc, 0x05, "i64.trunc_sat_f32_u", "f32 -> i64", SATURATING_CONVERSION),
  I64_TRUNC_SAT_F64_S(0xfc, 0x06, "i64.trunc_sat_f64_s", "f64 -> i64", SATURATING_CONVERSION),
  I64_TRUNC_SAT_F64_U(0xfc, 0x07, "i64.trunc_sat_f64_u", "f64 -> i64", SATURATING_CONVERSION),
  MEMORY_INIT(0xfc, 0x08, "memory.init", "addr i32 i32 ->", BULK_MEMORY, DATA, MEMORY),
  DATA_DROP(0xfc, 0x09, "data.drop", "->", BULK_MEMORY, DATA),
  MEMORY_COPY(0xfc, 0x0a, "memory.copy", "*", BULK_MEMORY, MEMORY, MEMORY),
  MEMORY_FILL(0xfc, 0x0b, "memory.fill", "addr i32 addr ->", BULK_MEMORY, MEMORY),
  TABLE_INIT(0xfc, 0x0c, "table.init", "*", BULK_MEMORY, ELEMENT, TABLE),
  ELEM_DROP(0xfc, 0x0d, "elem.drop", "->", BULK_MEMORY, ELEMENT),
  TABLE_COPY(0xfc, 0x0e, "table.copy", "*", BULK_MEMORY, TABLE, TABLE),
  TABLE_GROW(0xfc, 0x0f, "table.grow", "*", REFERENCE_TYPES, TABLE),
  TABLE_SIZE(0xfc, 0x10, "table.size", "-> taddr", REFERENCE_TYPES, TABLE),
  TABLE_FILL(0xfc, 0x11, "table.fill", "*", REFERENCE_TYPES, TABLE),
  I64_ADD128(0xfc, 0x13, "i64.add128", "i64 i64 i64 i64 -> i64 i64", WIDE_ARITHMETIC),
  I64_SUB128(0xfc, 0x14, "i64.sub128", "i64 i64 i64 i64 -> i64 i64", WIDE_ARITHMETIC),
  I64_MUL_WIDE_S(0xfc, 0x15, "i64.mul_wide_s", "i64 i64 -> i64 i64", WIDE_ARITHMETIC),
  I64_MUL_WIDE_U(0xfc, 0x16, "i64.mul_wide_u", "i64 i64 -> i64 i64", WIDE_ARITHMETIC),

  // Vectors (§5.4.8)
  V128_LOAD(0xfd, 0x00, "v128.load", "addr -> v128", SIMD, MEMARG_16),
  V128_LOAD8X8_S(0xfd, 0x01, "v128.load8x8_s", "addr -> v128", SIMD, MEMARG_8),
  V128_LOAD8X8_U(0xfd, 0x02, "v128.load8x8_u", "addr -> v128", SIMD, MEMARG_8),
  V128_LOAD16X4_S(0xfd, 0x03, "v128.load16x4_s", "addr -> v128", SIMD, MEMARG_8),
  V128_LOAD16X4_U(0xfd, 0x04, "v128.load16x4_u", "addr -> v128", SIMD, MEMARG_8),
  V128_LOAD32X2_S(0xfd, 0x05, "v128.load32x2_s", "addr -> v128", SIMD, MEMARG_8),
  V128_LOAD32X2_U(0xfd, 0x06, "v128.load32x2_u", "addr -> v128", SIMD, MEMARG_8),
  V128_LOAD8_SPLAT(0xfd, 0x07, "v128.load8_splat", "addr -> v128", SIMD, MEMARG_1),
  V128_LOAD16_SPLAT(0xfd, 0x08, "v128.load16_splat", "addr -> v128", SIMD, MEMARG_2),
  V128_LOAD32_SPLAT(0xfd, 0x09, "v128.load32_splat", "addr -> v128", SIMD, MEMARG_4),
  V128_LOAD64_SPLAT(0xfd, 0x0a, "v128.load64_splat", "addr -> v128", SIMD, MEMARG_8),
  V128_STORE(0xfd, 0x0b, "v128.store", "addr v128 ->", SIMD, MEMARG_16),
  V128_CONST(0xfd, 0x0c, "v128.const", "-> v128", SIMD, V128),
  I8X16_SHUFFLE(0xfd, 0x0d, "i8x16.shuffle", "v128 v128 -> v128", SIMD, LANES),
  I8X16_SWIZZLE(0xfd, 0x0e, "i8x16.swizzle", "v128 v128 -> v128", SIMD),
  I8X16_SPLAT(0xfd, 0x0f, "i8x16.splat", "i32 -> v128", SIMD),
  I16X8_SPLAT(0xfd, 0x10, "i16x8.splat", "i32 -> v128", SIMD),
  I32X4_SPLAT(0xfd, 0x11, "i32x4.splat", "i32 -> v128", SIMD),
  I64X2_SPLAT(0xfd, 0x12, "i64x2.splat", "i64 -> v128", SIMD),
  F32X4_SPLAT(0xfd, 0x13, "f32x4.splat", "f32 -> v128", SIMD),
  F64X2_SPLAT(0xfd, 0x14, "f64x2.splat", "f64 -> v128", SIMD),
  I8X16_EXTRACT_LANE_S(0xfd, 0x15, "i8x16.extract_lane_s", "v128 -> i32", SIMD, LANE_16),
  I8X16_EXTRACT_LANE_U(0xfd, 0x16, "i8x16.extract_lane_u", "v128 -> i32", SIMD, LANE_16),
  I8X16_REPLACE_LANE(0xfd, 0x17, "i8x16.replace_lane", "v128 i32 -> v128", SIMD, LANE_16),
  I16X8_EXTRACT_LANE_S(0xfd, 0x18, "i16x8.extract_lane_s", "v128 -> i32", SIMD, LANE_8),
  I16X8_EXTRACT_LANE_U(0xfd, 0x19, "i16x8.extract_lane_u", "v128 -> i32", SIMD, LANE_8),
  I16X8_REPLACE_LANE(0xfd, 0x1a, "i16x8.replace_lane", "v128 i32 -> v128", SIMD, LANE_8),
  I32X4_EXTRACT_LANE(0xfd, 0x1b, "i32x4.extract_lane", "v128 -> i32", SIMD, LANE_4),
  I32X4_REPLACE_LANE(0xfd, 0x1c, "i32x4.replace_lane", "v128 i32 -> v128", SIMD, LANE_4),
  I64X2_EXTRACT_LANE(0xfd, 0x1d, "i64x2.extract_lane", "v128 -> i64", SIMD, LANE_2),
  I64X2_REPLACE_LANE(0xfd, 0x1e, "i64x2.replace_lane", "v128 i64 -> v128", SIMD, LANE_2),
  F32X4_EXTRACT_LANE(0xfd, 0x1f, "f32x4.extract_lane", "v128 -> f32", SIMD, LANE_4),
  F32X4_REPLACE_LANE(0xfd, 0x20, "f32x4.replace_lane", "v128 f32 -> v128", SIMD, LANE_4),
  F64X2_EXTRACT_LANE(0xfd, 0x21, "f64x2.extract_lane", "v128 -> f64", SIMD, LANE_2),
  F64X2_REPLACE_LANE(0xfd, 0x22, "f64x2.replace_lane", "v128 f64 -> v128", SIMD, LANE_2),
  I8X16_EQ(0xfd, 0x23, "i8x16.eq", "v128 v128 -> v128", SIMD),
  I8X16_NE(0xfd, 0x24, "i8x16.ne", "v128 v128 -> v128", SIMD),
  I8X16_LT_S(0xfd, 0x25, "i8x16.lt_s", "v128 v128 -> v128", SIMD),
  I8X16_LT_U(0xfd, 0x26, "i8x16.lt_u", "v128 v128 -> v128", SIMD),
  I8X16_GT_S(0xfd, 0x27, "i8x16.gt_s", "v128 v128 -> v128", SIMD),
  I8X16_GT_U(0xfd, 0x28, "i8x16.gt_u", "v128 v128 -> v128", SIMD),
  I8X16_LE_S(0xfd, 0x29, "i8x16.le_s", "v128 v128 -> v128", SIMD),
  I8X16_LE_U(0xfd, 0x2a, "i8x16.le_u", "v128 v128 -> v128", SIMD),
  I8X16_GE_S(0xfd, 0x2b, "i8x16.ge_s", "v128 v128 -> v128", SIMD),
  I8X16_GE_U(0xfd, 0x2c, "i8x16.ge_u", "v128 v128 -> v128", SIMD),
  I16X8_EQ(0xfd, 0x2d, "i16x8.eq", "v128 v128 -> v128", SIMD),
  I16X8_NE(0xfd, 0x2e, "i16x8.ne", "v128 v128 -> v128", SIMD),
  I16X8_LT_S(0xfd, 0x2f, "i16x8.lt_s", "v128 v128 -> v128", SIMD),
  I16X8_LT_U(0xfd, 0x30, "i16x8.lt_u", "v128 v128 -> v128", SIMD),
  I16X8_GT_S(0xfd, 0x31, "i16x8.gt_s", "v128 v128 -> v128", SIMD),
  I16X8_GT_U(0xfd, 0x32, "i16x8.gt_u", "v128 v128 -> v128", SIMD),
  I16X8_LE_S(0xfd, 0x33, "i16x8.le_s", "v128 v128 -> v128", SIMD),
  I16X8_LE_U(0xfd, 0x34, "i16x8.le_u", "v128 v128 -> v128", SIMD),
  I16X8_GE_S(0xfd, 0x35, "i16x8.ge_s", "v128 v128 -> v128", SIMD),
  I16X8_GE_U(0xfd, 0x36, "i16x8.ge_u", "v128 v128 -> v128", SIMD),
  I32X4_EQ(0xfd, 0x37, "i32x4.eq", "v128 v128 -> v128", SIMD),
  I32X4_NE(0xfd, 0x38, "i32x4.ne", "v128 v128 -> v128", SIMD),
  I32X4_LT_S(0xfd, 0x39, "i32x4.lt_s", "v128 v128 -> v128", SIMD),
  I32X4_LT_U(0xfd, 0x3a, "i32x4.lt_u", "v128 v128 -> v128", SIMD),
  I32X4_GT_S(0xfd, 0x3b, "i32x4.gt_s", "v128 v128 -> v128", SIMD),
  I32X4_GT_U(0xfd, 0x3c, "i32x4.gt_u", "v128 v128 -> v128", SIMD),
  I32X4_LE_S(0xfd, 0x3d, "i32x4.le_s", "v128 v128 -> v128", SIMD),
  I32X4_LE_U(0xfd, 0x3e, "i32x4.le_u", "v128 v128 -> v128", SIMD),
  I32X4_GE_S(0xfd, 0x3f, "i32x4.ge_s", "v128 v128 -> v128", SIMD),
  I32X4_GE_U(0xfd, 0x40, "i32x4.ge_u", "v128 v128 -> v128", SIMD),
  F32X4_EQ(0xfd, 0x41, "f32x4.eq", "v128 v128 -> v128", SIMD),
  F32X4_NE(0xfd, 0x42, "f32x4.ne", "v128 v128 -> v128", SIMD),
  F32X4_LT(0xfd, 0x43, "f32x4.lt", "v128 v128 -> v128", SIMD),
  F32X4_GT(0xfd, 0x44, "f32x4.gt", "v128 v128 -> v128", SIMD),
  F32X4_LE(0xfd, 0x45, "f32x4.le", "v128 v128 -> v128", SIMD),
  F32X4_GE(0xfd, 0x46, "f32x4.ge", "v128 v128 -> v128", SIMD),
  F64X2_EQ(0xfd, 0x47, "f64x2.eq", "v128 v128 -> v128", SIMD),
  F64X2_NE(0xfd, 0x48, "f64x2.ne", "v128 v128 -> v128", SIMD),
  F64X2_LT(0xfd, 0x49, "f64x2.lt", "v128 v128 -> v128", SIMD),
  F64X2_GT(0xfd, 0x4a, "f64x2.gt", "v128 v128 -> v128", SIMD),
  F64X2_LE(0xfd, 0x4b, "f64x2.le", "v128 v128 -> v128", SIMD),
  F64X2_GE(0xfd, 0x4c, "f64x2.ge", "v128 v128 -> v128", SIMD),
  V128_NOT(0xfd, 0x4d, "v128.not", "v128 -> v128", SIMD),
  V128_AND(0xfd, 0x4e, "v128.and", "v128 v128 -> v128", SIMD),
  V128_ANDNOT(0xfd, 0x4f, "v128.andnot", "v128 v128 -> v128", SIMD),
  V128_OR(0xfd, 0x50, "v128.or", "v128 v128 -> v128", SIMD),
  V128_XOR(0xfd, 0x51, "v128.xor", "v128 v128 -> v128", SIMD),
  V128_BITSELECT(0xfd, 0x52, "v128.bitselect", "v128 v128 v128 -> v128", SIMD),
  V128_ANY_TRUE(0xfd, 0x53, "v128.any_true", "v128 -> i32", SIMD),
  V128_LOAD8_LANE(0xfd, 0x54, "v128.load8_lane", "addr v128 -> v128", SIMD, MEMARG_1, LANE_16),
  V128_LOAD16_LANE(0xfd, 0x55, "v128.load16_lane", "addr v128 -> v128", SIMD, MEMARG_2, LANE_8),
  V128_LOAD32_LANE(0xfd, 0x56, "v128.load32_lane", "addr v128 -> v128", SIMD, MEMARG_4, LANE_4),
  V128_LOAD64_LANE(0xfd, 0x57, "v128.load64_lane", "addr v128 -> v128", SIMD, MEMARG_8, LANE_2),
  V128_STORE8_LANE(0xfd, 0x58, "v128.store8_lane", "addr v128 ->", SIMD, MEMARG_1, LANE_16),
  V128_STORE16_LANE(0xfd, 0x59, "v128.store16_lane", "addr v128 ->", SIMD, MEMARG_2, LANE_8),
  V128_STORE32_LANE(0xfd, 0x5a, "v128.store32_lane", "addr v128 ->", SIMD, MEMARG_4, LANE_4),
  V128_STORE64_LANE(0xfd, 0x5b, "v128.store64_lane", "addr v128 ->", SIMD, MEMARG_8, LANE_2),
  V128_LOAD32_ZERO(0xfd, 0x5c, "v128.load32_zero", "addr -> v128", SIMD, MEMARG_4),
  V128_LOAD64_ZERO(0xfd, 0x5d, "v128.load64_zero", "addr -> v128", SIMD, MEMARG_8),
  F32X4_DEMOTE_F64X2_ZERO(0xfd, 0x5e, "f32x4.demote_f64x2_zero", "v128 -> v128", SIMD),
  F64X2_PROMOTE_LOW_F32X4(0xfd, 0x5f, "f64x2.promote_low_f32x4", "v128 -> v128", SIMD),
  I8X16_ABS(0xfd, 0x60, "i8x16.abs", "v128 -> v128", SIMD),
  I8X16_NEG(0xfd, 0x61, "i8x16.neg", "v128 -> v128", SIMD),
  I8X16_POPCNT(0xfd, 0x62, "i8x16.popcnt", "v128 -> v128", SIMD),
  I8X16_ALL_TRUE(0xfd, 0x63, "i8x16.all_true", "v128 -> i32", SIMD),
  I8X16_BITMASK(0xfd, 0x64, "i8x16.bitmask", "v128 -> i32", SIMD),
  I8X16_NARROW_I16X8_S(0xfd, 0x65, "i8x16.narrow_i16x8_s", "v128 v128 -> v128", SIMD),
  I8X16_NARROW_I16X8_U(0xfd, 0x66, "i8x16.narrow_i16x8_u", "v128 v128 -> v128", SIMD),
  F32X4_CEIL(0xfd, 0x67, "f32x4.ceil", "v128 -> v128", SIMD),
  F32X4_FLOOR(0xfd, 0x68, "f32x4.floor", "v128 -> v128", SIMD),
  F32X4_TRUNC(0xfd, 0x69, "f32x4.trunc", "v128 -> v128", SIMD),
  F32X4_NEAREST(0xfd, 0x6a, "f32x4.nearest", "v128 -> v128", SIMD),
  I8X16_SHL(0xfd, 0x6b, "i8x16.shl", "v128 i32 -> v128", SIMD),
  I8X16_SHR_S(0xfd, 0x6c, "i8x16.shr_s", "v128 i32 -> v128", SIMD),
  I8X16_SHR_U(0xfd, 0x6d, "i8x16.shr_u", "v128 i32 -> v128", SIMD),
  I8X16_ADD(0xfd, 0x6e, "i8x16.add", "v128 v128 -> v128", SIMD),
  I8X16_ADD_SAT_S(0xfd, 0x6f, "i8x16.add_sat_s", "v128 v128 -> v128", SIMD),
  I8X16_ADD_SAT_U(0xfd, 0x70, "i8x16.add_sat_u", "v128 v128 -> v128", SIMD),
  I8X16_SUB(0xfd, 0x71, "i8x16.sub", "v128 v128 -> v128", SIMD),
  I8X16_SUB_SAT_S(0xfd, 0x72, "i8x16.sub_sat_s", "v128 v128 -> v128", SIMD),
  I8X16_SUB_SAT_U(0xfd, 0x73, "i8x16.sub_sat_u", "v128 v128 -> v128", SIMD),
  F64X2_CEIL(0xfd, 0x74, "f64x2.ceil", "v128 -> v128", SIMD),
  F64X2_FLOOR(0xfd, 0x75, "f64x2.floor", "v128 -> v128", SIMD),
  I8X16_MIN_S(0xfd, 0x76, "i8x16.min_s", "v128 v128 -> v128", SIMD),
  I8X16_MIN_U(0xfd, 0x77, "i8x16.min_u", "v128 v128 -> v128", SIMD),
  I8X16_MAX_S(0xfd, 0x78, "i8x16.max_s", "v128 v128 -> v128", SIMD),
  I8X16_MAX_U(0xfd, 0x79, "i8x16.max_u", "v128 v128 -> v128", SIMD),
  F64X2_TRUNC(0xfd, 0x7a, "f64x2.trunc", "v128 -> v128", SIMD),
  I8X16_AVGR_U(0xfd, 0x7b, "i8x16.avgr_u", "v128 v128 -> v128", SIMD),
  I16X8_EXTADD_PAIRWISE_I8X16_S(0xfd, 0x7c, "i16x8.extadd_pairwise_i8x16_s", "v128 -> v128", SIMD),
  I16X8_EXTADD_PAIRWISE_I8X16_U(0xfd, 0x7d, "i16x8.extadd_pairwise_i8x16_u", "v128 -> v128", SIMD),
  I32X4_EXTADD_PAIRWISE_I16X8_S(0xfd, 0x7e, "i32x4.extadd_pairwise_i16x8_s", "v128 -> v128", SIMD),
  I32X4_EXTADD_PAIRWISE_I16X8_U(0xfd, 0x7f, "i32x4.extadd_pairwise_i16x8_u", "v128 -> v128", SIMD),
  I16X8_ABS(0xfd, 0x80, "i16x8.abs", "v128 -> v128", SIMD),
  I16X8_NEG(0xfd, 0x81, "i16x8.neg", "v128 -> v128", SIMD),
  I16X8_Q15MULR_SAT_S(0xfd, 0x82, "i16x8.q15mulr_sat_s", "v128 v128 -> v128", SIMD),
  I16X8_ALL_TRUE(0xfd, 0x83, "i16x8.all_true", "v128 -> i32", SIMD),
  I16X8_BITMASK(0xfd, 0x84, "i16x8.bitmask", "v128 -> i32", SIMD),
  I16X8_NARROW_I32X4_S(0xfd, 0x85, "i16x8.narrow_i32x4_s", "v128 v128 -> v128", SIMD),
  I16X8_NARROW_I32X4_U(0xfd, 0x86, "i16x8.narrow_i32x4_u", "v128 v128 -> v128", SIMD),
  I16X8_EXTEND_LOW_I8X16_S(0xfd, 0x87, "i16x8.extend_low_i8x16_s", "v128 -> v128", SIMD),
  I16X8_EXTEND_HIGH_I8X16_S(0xfd, 0x88, "i16x8.extend_high_i8x16_s", "v128 -> v128", SIMD),
  I16X8_EXTEND_LOW_I8X16_U(0xfd, 0x89, "i16x8.extend_low_i8x16_u", "v128 -> v128", SIMD),
  I16X8_EXTEND_HIGH_I8X16_U(0xfd, 0x8a, "i16x8.extend_high_i8x16_u", "v128 -> v128", SIMD),
  I16X8_SHL(0xfd, 0x8b, "i16x8.shl", "v128 i32 -> v128", SIMD),
  I16X8_SHR_S(0xfd, 0x8c, "i16x8.shr_s", "v128 i32 -> v128", SIMD),
  I16X8_SHR_U(0xfd, 0x8d, "i16x8.shr_u", "v128 i32 -> v128", SIMD),
  I16X8_ADD(0xfd, 0x8e, "i16x8.add", "v128 v128 -> v128", SIMD),
  I16X8_ADD_SAT_S(0xfd, 0x8f, "i16x8.add_sat_s", "v128 v128 -> v128", SIMD),
  I16X8_ADD_SAT_U(0xfd, 0x90, "i16x8.add_sat_u", "v128 v128 -> v128", SIMD),
  I16X8_SUB(0xfd, 0x91, "i16x8.sub", "v128 v128 -> v128", SIMD),
  I16X8_SUB_SAT_S(0xfd, 0x92, "i16x8.sub_sat_s", "v128 v128 -> v128", SIMD),
  I16X8_SUB_SAT_U(0xfd, 0x93, "i16x8.sub_sat_u", "v128 v128 -> v128", SIMD),
  F64X2_NEAREST(0xfd, 0x94, "f64x2.nearest", "v128 -> v128", SIMD),
  I16X8_MUL(0xfd, 0x95, "i16x8.mul", "v128 v128 -> v128", SIMD),
  I16X8_MIN_S(0xfd, 0x96, "i16x8.min_s", "v128 v128 -> v128", SIMD),
  I16X8_MIN_U(0xfd, 0x97, "i16x8.min_u", "v128 v128 -> v128", SIMD),
  I16X8_MAX_S(0xfd, 0x98, "i16x8.max_s", "v128 v128 -> v128", SIMD),
  I16X8_MAX_U(0xfd, 0x99, "i16x8.max_u", "v128 v128 -> v128", SIMD),
  I16X8_AVGR_U(0xfd, 0x9b, "i16x8.avgr_u", "v128 v128 -> v128", SIMD),
  I16X8_EXTMUL_LOW_I8X16_S(0xfd, 0x9c, "i16x8.extmul_low_i8x16_s", "v128 v128 -> v128", SIMD),
  I16X8_EXTMUL_HIGH_I8X16_S(0xfd, 0x9d, "i16x8.extmul_high_i8x16_s", "v128 v128 -> v128", SIMD),
  I16X8_EXTMUL_LOW_I8X16_U(0xfd, 0x9e, "i16x8.extmul_low_i8x16_u", "v128 v128 -> v128", SIMD),
  I16X8_EXTMUL_HIGH_I8X16_U(0xfd, 0x9f, "i16x8.extmul_high_i8x16_u", "v128 v128 -> v128", SIMD),
  I32X4_ABS(0xfd, 0xa0, "i32x4.abs", "v128 -> v128", SIMD),
  I32X4_NEG(0xfd, 0xa1, "i32x4.neg", "v128 -> v128", SIMD),
  I32X4_ALL_TRUE(0xfd, 0xa3, "i32x4.all_true", "v128 -> i32", SIMD),
  I32X4_BITMASK(0xfd, 0xa4, "i32x4.bitmask", "v128 -> i32", SIMD),
  I32X4_EXTEND_LOW_I16X8_S(0xfd, 0xa7, "i32x4.extend_low_i16x8_s", "v128 -> v128", SIMD),
  I32X4_EXTEND_HIGH_I16X8_S(0xfd, 0xa8, "i32x4.extend_high_i16x8_s", "v128 -> v128", SIMD),
  I32X4_EXTEND_LOW_I16X8_U(0xfd, 0xa9, "i32x4.extend_low_i16x8_u", "v128 -> v128", SIMD),
  I32X4_EXTEND_HIGH_I16X8_U(0xfd, 0xaa, "i32x4.extend_high_i16x8_u", "v128 -> v128", SIMD),
  I32X4_SHL(0xfd, 0xab, "i32x4.shl", "v128 i32 -> v128", SIMD),
  I32X4_SHR_S(0xfd, 0xac, "i32x4.shr_s", "v128 i32 -> v128", SIMD),
  I32X4_SHR_U(0xfd, 0xad, "i32x4.shr_u", "v128 i32 -> v128", SIMD),
  I32X4_ADD(0xfd, 0xae, "i32x4.add", "v128 v128 -> v128", SIMD),
  I32X4_SUB(0xfd, 0xb1, "i32x4.sub", "v128 v128 -> v128", SIMD),
  I32X4_MUL(0xfd, 0xb5, "i32x4.mul", "v128 v128 -> v128", SIMD),
  I32X4_MIN_S(0xfd, 0xb6, "i32x4.min_s", "v128 v128 -> v128", SIMD),
  I32X4_MIN_U(0xfd, 0xb7, "i32x4.min_u", "v128 v128 -> v128", SIMD),
  I32X4_MAX_S(0xfd, 0xb8, "i32x4.max_s", "v128 v128 -> v128", SIMD),
  I32X4_MAX_U(0xfd, 0xb9, "i32x4.max_u", "v128 v128 -> v128", SIMD),
  I32X4_DOT_I16X8_S(0xfd, 0xba, "i32x4.dot_i16x8_s", "v128 v128 -> v128", SIMD),
  I32X4_EXTMUL_LOW_I16X8_S(0xfd, 0xbc, "i32x4.extmul_low_i16x8_s", "v128 v128 -> v128", SIMD),
  I32X4_EXTMUL_HIGH_I16X8_S(0xfd, 0xbd, "i32x4.extmul_high_i16x8_s", "v128 v128 -> v128", SIMD),
  I32X4_EXTMUL_LOW_I16X8_U(0xfd, 0xbe, "i32x4.extmul_low_i16x8_u", "v128 v128 -> v128", SIMD),
  I32X4_EXTMUL_HIGH_I16X8_U(0xfd, 0xbf, "i32x4.extmul_high_i16x8_u", "v128 v128 -> v128", SIMD),
  I64X2_ABS(0xfd, 0xc0, "i64x2.abs", "v128 -> v128", SIMD),
  I64X2_NEG(0xfd, 0xc1, "i64x2.neg", "v128 -> v128", SIMD),
  I64X2_ALL_TRUE(0xfd, 0xc3, "i64x2.all_true", "v128 -> i32", SIMD),
  I64X2_BITMASK(0xfd, 0xc4, "i64x2.bitmask", "v128 -> i32", SIMD),
  I64X2_EXTEND_LOW_I32X4_S(0xfd, 0xc7, "i64x2.extend_low_i32x4_s", "v128 -> v128", SIMD),
  I64X2_EXTEND_HIGH_I32X4_S(0xfd, 0xc8, "i64x2.extend_high_i32x4_s", "v128 -> v128", SIMD),
  I64X2_EXTEND_LOW_I32X4_U(0xfd, 0xc9, "i64x2.extend_low_i32x4_u", "v128 -> v128", SIMD),
  I64X2_EXTEND_HIGH_I32X4_U(0xfd, 0xca, "i64x2.extend_high_i32x4_u", "v128 -> v128", SIMD),
  I64X2_SHL(0xfd, 0xcb, "i64x2.shl", "v128 i32 -> v128", SIMD),
  I64X2_SHR_S(0xfd, 0xcc, "i64x2.shr_s", "v128 i32 -> v128", SIMD),
  I64X2_SHR_U(0xfd, 0xcd, "i64x2.shr_u", "v128 i32 -> v128", SIMD),
  I64X2_ADD(0xfd, 0xce, "i64x2.add", "v128 v128 -> v128", SIMD),
  I64X2_SUB(0xfd, 0xd1, "i64x2.sub", "v128 v128 -> v128", SIMD),
  I64X2_MUL(0xfd, 0xd5, "i64x2.mul", "v128 v128 -> v128", SIMD),
  I64X2_EQ(0xfd, 0xd6, "i64x2.eq", "v128 v128 -> v128", SIMD),
  I64X2_NE(0xfd, 0xd7, "i64x2.ne", "v128 v128 -> v128", SIMD),
  I64X2_LT_S(0xfd, 0xd8, "i64x2.lt_s", "v128 v128 -> v128", SIMD),
  I64X2_GT_S(0xfd, 0xd9, "i64x2.gt_s", "v128 v128 -> v128", SIMD),
  I64X2_LE_S(0xfd, 0xda, "i64x2.le_s", "v128 v128 -> v128", SIMD),
  I64X2_GE_S(0xfd, 0xdb, "i64x2.ge_s", "v128 v128 -> v128", SIMD),
  I64X2_EXTMUL_LOW_I32X4_S(0xfd, 0xdc, "i64x2.extmul_low_i32x4_s", "v128 v128 -> v128", SIMD),
  I64X2_EXTMUL_HIGH_I32X4_S(0xfd, 0xdd, "i64x2.extmul_high_i32x4_s", "v128 v128 -> v128", SIMD),
  I64X2_EXTMUL_LOW_I32X4_U(0xfd, 0xde, "i64x2.extmul_low_i32x4_u", "v128 v128 -> v128", SIMD),
  I64X2_EXTMUL_HIGH_I32X4_U(0xfd, 0xdf, "i64x2.extmul_high_i32x4_u", "v128 v128 -> v128", SIMD),
  F32X4_ABS(0xfd, 0xe0, "f32x4.abs", "v128 -> v128", SIMD),
  F32X4_NEG(0xfd, 0xe1, "f32x4.neg", "v128 -> v128", SIMD),
  F32X4_SQRT(0xfd, 0xe3, "f32x4.sqrt", "v128 -> v128", SIMD),
  F32X4_ADD(0xfd, 0xe4, "f32x4.add", "v128 v128 -> v128", SIMD),
  F32X4_SUB(0xfd, 0xe5, "f32x4.sub", "v128 v128 -> v128", SIMD),
  F32X4_MUL(0xfd, 0xe6, "f32x4.mul", "v128 v128 -> v128", SIMD),
  F32X4_DIV(0xfd, 0xe7, "f32x4.div", "v128 v128 -> v128", SIMD),
  F32X4_MIN(0xfd, 0xe8, "f32x4.min", "v128 v128 -> v128", SIMD),
  F32X4_MAX(0xfd, 0xe9, "f32x4.max", "v128 v128 -> v128", SIMD),
  F32X4_PMIN(0xfd, 0xea, "f32x4.pmin", "v128 v128 -> v128", SIMD),
  F32X4_PMAX(0xfd, 0xeb, "f32x4.pmax", "v128 v128 -> v128", SIMD),
  F64X2_ABS(0xfd, 0xec, "f64x2.abs", "v128 -> v128", SIMD),
  F64X2_NEG(0xfd, 0xed, "f64x2.neg", "v128 -> v128", SIMD),
  F64X2_SQRT(0xfd, 0xef, "f64x2.sqrt", "v128 -> v128", SIMD),
  F64X2_ADD(0xfd, 0xf0, "f64x2.add", "v128 v128 -> v128", SIMD),
  F64X2_SUB(0xfd, 0xf1, "f64x2.sub", "v128 v128 -> v128", SIMD),
  F64X2_MUL(0xfd, 0xf2, "f64x2.mul", "v128 v128 -> v128", SIMD),
  F64X2_DIV(0xfd, 0xf3, "f64x2.div", "v128 v128 -> v128", SIMD),
  F64X2_MIN(0xfd, 0xf4, "f64x2.min", "v128 v128 -> v128", SIMD),
  F64X2_MAX(0xfd, 0xf5, "f64x2.max", "v128 v128 -> v128", SIMD),
  F64X2_PMIN(0xfd, 0xf6, "f64x2.pmin", "v128 v128 -> v128", SIMD),
  F64X2_PMAX(0xfd, 0xf7, "f64x2.pmax", "v128 v128 -> v128", SIMD),
  I32X4_TRUNC_SAT_F32X4_S(0xfd, 0xf8, "i32x4.trunc_sat_f32x4_s", "v128 -> v128", SIMD),
  I32X4_TRUNC_SAT_F32X4_U(0xfd, 0xf9, "i32x4.trunc_sat_f32x4_u", "v128 -> v128", SIMD),
  F32X4_CONVERT_I32X4_S(0xfd, 0xfa, "f32x4.convert_i32x4_s", "v128 -> v128", SIMD),
  F32X4_CONVERT_I32X4_U(0xfd, 0xfb, "f32x4.convert_i32x4_u", "v128 -> v128", SIMD),
  I32X4_TRUNC_SAT_F64X2_S_ZERO(0xfd, 0xfc, "i32x4.trunc_sat_f64x2_s_zero", "v128 -> v128", SIMD),
  I32X4_TRUNC_SAT_F64X2_U_ZERO(0xfd, 0xfd, "i32x4.trunc_sat_f64x2_u_zero", "v128 -> v128", SIMD),
  F64X2_CONVERT_LOW_I32X4_S(0xfd, 0xfe, "f64x2.convert_low_i32x4_s", "v128 -> v128", SIMD),
  F64X2_CONVERT_LOW_I32X4_U(0xfd, 0xff, "f64x2.convert_low_i32x4_u", "v128 -> v128", SIMD),

  // Relaxed vectors (§5.4.8)
  I8X16_RELAXED_SWIZZLE(0xfd, 0x100, "i8x16.relaxed_swizzle", "v128 v128 -> v128", RELAXED_SIMD),
  I32X4_RELAXED_TRUNC_F32X4_S(
      0xfd, 0x101, "i32x4.relaxed_trunc_f32x4_s", "v128 -> v128", RELAXED_SIMD),
  I32X4_RELAXED_TRUNC_F32X4_U(
      0xfd, 0x102, "i32x4.relaxed_trunc_f32x4_u", "v128 -> v128", RELAXED_SIMD),
  I32X4_RELAXED_TRUNC_F64X2_S_ZERO(
      0xfd, 0x103, "i32x4.relaxed_trunc_f64x2_s_zero", "v128 -> v128", RELAXED_SIMD),
  I32X4_RELAXED_TRUNC_F64X2_U_ZERO(
      0xfd, 0x104, "i32x4.relaxed_trunc_f64x2_u_zero", "v128 -> v128", RELAXED_SIMD),
  F32X4_RELAXED_MADD(0xfd, 0x105, "f32x4.relaxed_madd", "v128 v128 v128 -> v128", RELAXED_SIMD),
  F32X4_RELAXED_NMADD(0xfd, 0x106, "f32x4.relaxed_nmadd", "v128 v128 v128 -> v128", RELAXED_SIMD),
  F64X2_RELAXED_MADD(0xfd, 0x107, "f64x2.relaxed_madd", "v128 v128 v128 -> v128", RELAXED_SIMD),
  F64X2_RELAXED_NMADD(0xfd, 0x108, "f64x2.relaxed_nmadd", "v128 v128 v128 -> v128", RELAXED_SIMD),
  I8X16_RELAXED_LANESELECT(
      0xfd, 0x109, "i8x16.relaxed_laneselect", "v128 v128 v128 -> v128", RELAXED_SIMD),
  I16X8_RELAXED_LANESELECT(
      0xfd, 0x10a, "i16x8.relaxed_laneselect", "v128 v128 v128 -> v128", RELAXED_SIMD),
  I32X4_RELAXED_LANESELECT(
      0xfd, 0x10b, "i32x4.relaxed_laneselect", "v128 v128 v128 -> v128", RELAXED_SIMD),
  I64X2_RELAXED_LANESELECT(
      0xfd, 0x10c, "i64x2.relaxed_laneselect", "v128 v128 v128 -> v128", RELAXED_SIMD),
  F32X4_RELAXED_MIN(0xfd, 0x10d, "f32x4.relaxed_min", "v128 v128 -> v128", RELAXED_SIMD),
  F32X4_RELAXED_MAX(0xfd, 0x10e, "f32x4.relaxed_max", "v128 v128 -> v128", RELAXED_SIMD),
  F64X2_RELAXED_MIN(0xfd, 0x10f, "f64x2.relaxed_min", "v128 v128 -> v128", RELAXED_SIMD),
  F64X2_RELAXED_MAX(0xfd, 0x110, "f64x2.relaxed_max", "v128 v128 -> v128", RELAXED_SIMD),
  I16X8_RELAXED_Q15MULR_S(
      0xfd, 0x111, "i16x8.relaxed_q15mulr_s", "v128 v128 -> v128", RELAXED_SIMD),
  I16X8_RELAXED_DOT_I8X16_I7X16_S(
      0xfd, 0x112, "i16x8.relaxed_dot_i8x16_i7x16_s", "v128 v128 -> v128", RELAXED_SIMD),
  I32X4_RELAXED_DOT_I8X16_I7X16_ADD_S(
      0xfd, 0x113, "i32x4.relaxed_dot_i8x16_i7x16_add_s", "v128 v128 v128 -> v128", RELAXED_SIMD),

  // Atomics (threads proposal)
  MEMORY_ATOMIC_NOTIFY(0xfe, 0x00, "memory.atomic.notify", "addr i32 -> i32", THREADS, MEMARG_4),
  MEMORY_ATOMIC_WAIT32(
      0xfe, 0x01, "memory.atomic.wait32", "addr i32 i64 -> i32", THREADS, MEMARG_4),
  MEMORY_ATOMIC_WAIT64(
      0xfe, 0x02, "memory.atomic.wait64", "addr i64 i64 -> i32", THREADS, MEMARG_8),
  ATOMIC_FENCE(0xfe, 0x03, "atomic.fence", "->", THREADS, ZERO),
  I32_ATOMIC_LOAD(0xfe, 0x10, "i32.atomic.load", "addr -> i32", THREADS, MEMARG_4),
  I64_ATOMIC_LOAD(0xfe, 0x11, "i64.atomic.load", "addr -> i64", THREADS, MEMARG_8),
  I32_ATOMIC_LOAD8_U(0xfe, 0x12, "i32.atomic.load8_u", "addr -> i32", THREADS, MEMARG_1),
  I32_ATOMIC_LOAD16_U(0xfe, 0x13, "i32.atomic.load16_u", "addr -> i32", THREADS, MEMARG_2),
  I64_ATOMIC_LOAD8_U(0xfe, 0x14, "i64.atomic.load8_u", "addr -> i64", THREADS, MEMARG_1),
  I64_ATOMIC_LOAD16_U(0xfe, 0x15, "i64.atomic.load16_u", "addr -> i64", THREADS, MEMARG_2),
  I64_ATOMIC_LOAD32_U(0xfe, 0x16, "i64.atomic.load32_u", "addr -> i64", THREADS, MEMARG_4),
  I32_ATOMIC_STORE(0xfe, 0x17, "i32.atomic.store", "addr i32 ->", THREADS, MEMARG_4),
  I64_ATOMIC_STORE(0xfe, 0x18, "i64.atomic.store", "addr i64 ->", THREADS, MEMARG_8),
  I32_ATOMIC_STORE8(0xfe, 0x19, "i32.atomic.store8", "addr i32 ->", THREADS, MEMARG_1),
  I32_ATOMIC_STORE16(0xfe, 0x1a, "i32.atomic.store16", "addr i32 ->", THREADS, MEMARG_2),
  I64_ATOMIC_STORE8(0xfe, 0x1b, "i64.atomic.store8", "addr i64 ->", THREADS, MEMARG_1),
  I64_ATOMIC_STORE16(0xfe, 0x1c, "i64.atomic.store16", "addr i64 ->", THREADS, MEMARG_2),
  I64_ATOMIC_STORE32(0xfe, 0x1d, "i64.atomic.store32", "addr i64 ->", THREADS, MEMARG_4),
  I32_ATOMIC_RMW_ADD(0xfe, 0x1e, "i32.atomic.rmw.add", "addr i32 -> i32", THREADS, MEMARG_4),
  I64_ATOMIC_RMW_ADD(0xfe, 0x1f, "i64.atomic.rmw.add", "addr i64 -> i64", THREADS, MEMARG_8),
  I32_ATOMIC_RMW8_ADD_U(0xfe, 0x20, "i32.atomic.rmw8.add_u", "addr i32 -> i32", THREADS, MEMARG_1),
  I32_ATOMIC_RMW16_ADD_U(
      0xfe, 0x21, "i32.atomic.rmw16.add_u", "addr i32 -> i32", THREADS, MEMARG_2),
  I64_ATOMIC_RMW8_ADD_U(0xfe, 0x22, "i64.atomic.rmw8.add_u", "addr i64 -> i64", THREADS, MEMARG_1),
  I64_ATOMIC_RMW16_ADD_U(
      0xfe, 0x23, "i64.atomic.rmw16.add_u", "addr i64 -> i64", THREADS, MEMARG_2),
  I64_ATOMIC_RMW32_ADD_U(
      0xfe, 0x24, "i64.atomic.rmw32.add_u", "addr i64 -> i64", THREADS, MEMARG_4),
  I32_ATOMIC_RMW_SUB(0xfe, 0x25, "i32.atomic.rmw.sub", "addr i32 -> i32", THREADS, MEMARG_4),
  I64_ATOMIC_RMW_SUB(0xfe, 0x26, "i64.atomic.rmw.sub", "addr i64 -> i64", THREADS, MEMARG_8),
  I32_ATOMIC_RMW8_SUB_U(0xfe, 0x27, "i32.atomic.rmw8.sub_u", "addr i32 -> i32", THREADS, MEMARG_1),
  I32_ATOMIC_RMW16_SUB_U(
      0xfe, 0x28, "i32.atomic.rmw16.sub_u", "addr i32 -> i32", THREADS, MEMARG_2),
  I64_ATOMIC_RMW8_SUB_U(0xfe, 0x29, "i64.atomic.rmw8.sub_u", "addr i64 -> i64", THREADS, MEMARG_1),
  I64_ATOMIC_RMW16_SUB_U(
      0xfe, 0x2a, "i64.atomic.rmw16.sub_u", "addr i64 -> i64", THREADS, MEMARG_2),
  I64_ATOMIC_RMW32_SUB_U(
      0xfe, 0x2b, "i64.atomic.rmw32.sub_u", "addr i64 -> i64", THREADS, MEMARG_4),
  I32_ATOMIC_RMW_AND(0xfe, 0x2c, "i32.atomic.rmw.and", "addr i32 -> i32", THREADS, MEMARG_4),
  I64_ATOMIC_RMW_AND(0xfe, 0x2d, "i64.atomic.rmw.and", "addr i64 -> i64", THREADS, MEMARG_8),
  I32_ATOMIC_RMW8_AND_U(0xfe, 0x2e, "i32.atomic.rmw8.and_u", "addr i32 -> i32", THREADS, MEMARG_1),
  I32_ATOMIC_RMW16_AND_U(
      0xfe, 0x2f, "i32.atomic.rmw16.and_u", "addr i32 -> i32", THREADS, MEMARG_2),
  I64_ATOMIC_RMW8_AND_U(0xfe, 0x30, "i64.atomic.rmw8.and_u", "addr i64 -> i64", THREADS, MEMARG_1),
  I64_ATOMIC_RMW16_AND_U(
      0xfe, 0x31, "i64.atomic.rmw16.and_u", "addr i64 -> i64", THREADS, MEMARG_2),
  I64_ATOMIC_RMW32_AND_U(
      0xfe, 0x32, "i64.atomic.rmw32.and_u", "addr i64 -> i64", THREADS, MEMARG_4),
  I32_ATOMIC_RMW_OR(0xfe, 0x33, "i32.atomic.rmw.or", "addr i32 -> i32", THREADS, MEMARG_4),
  I64_ATOMIC_RMW_OR(0xfe, 0x34, "i64.atomic.rmw.or", "addr i64 -> i64", THREADS, MEMARG_8),
  I32_ATOMIC_RMW8_OR_U(0xfe, 0x35, "i32.atomic.rmw8.or_u", "addr i32 -> i32", THREADS, MEMARG_1),
  I32_ATOMIC_RMW16_OR_U(0xfe, 0x36, "i32.atomic.rmw16.or_u", "addr i32 -> i32", THREADS, MEMARG_2),
  I64_ATOMIC_RMW8_OR_U(0xfe, 0x37, "i64.atomic.rmw8.or_u", "addr i64 -> i64", THREADS, MEMARG_1),
  I64_ATOMIC_RMW16_OR_U(0xfe, 0x38, "i64.atomic.rmw16.or_u", "addr i64 -> i64", THREADS, MEMARG_2),
  I64_ATOMIC_RMW32_OR_U(0xfe, 0x39, "i64.atomic.rmw32.or_u", "addr i64 -> i64", THREADS, MEMARG_4),
  I32_ATOMIC_RMW_XOR(0xfe, 0x3a, "i32.atomic.rmw.xor", "addr i32 -> i32", THREADS, MEMARG_4),
  I64_ATOMIC_RMW_XOR(0xfe, 0x3b, "i64.atomic.rmw.xor", "addr i64 -> i64", THREADS, MEMARG_8),
  I32_ATOMIC_RMW8_XOR_U(0xfe, 0x3c, "i32.atomic.rmw8.xor_u", "addr i32 -> i32", THREADS, MEMARG_1),
  I32_ATOMIC_RMW16_XOR_U(
      0xfe, 0x3d, "i32.atomic.rmw16.xor_u", "addr i32 -> i32", THREADS, MEMARG_2),
  I64_ATOMIC_RMW8_XOR_U(0xfe, 0x3e, "i64.atomic.rmw8.xor_u", "addr i64 -> i64", THREADS, MEMARG_1),
  I64_ATOMIC_RMW16_XOR_U(
      0xfe, 0x3f, "i64.atomic.rmw16.xor_u", "addr i64 -> i64", THREADS, MEMARG_2),
  I64_ATOMIC_RMW32_XOR_U(
      0xfe, 0x40, "i64.atomic.rmw32.xor_u", "addr i64 -> i64", THREADS, MEMARG_4),
  I32_ATOMIC_RMW_XCHG(0xfe, 0x41, "i32.atomic.rmw.xchg", "addr i32 -> i32", THREADS, MEMARG_4),
  I64_ATOMIC_RMW_XCHG(0xfe, 0x42, "i64.atomic.rmw.xchg", "addr i64 -> i64", THREADS, MEMARG_8),
  I32_ATOMIC_RMW8_XCHG_U(
      0xfe, 0x43, "i32.atomic.rmw8.xchg_u", "addr i32 -> i32", THREADS, MEMARG_1),
  I32_ATOMIC_RMW16_XCHG_U(
      0xfe, 0x44, "i32.atomic.rmw16.xchg_u", "addr i32 -> i32", THREADS, MEMARG_2),
  I64_ATOMIC_RMW8_XCHG_U(
      0xfe, 0x45, "i64.atomic.rmw8.xchg_u", "addr i64 -> i64", THREADS, MEMARG_1),
  I64_ATOMIC_RMW16_XCHG_U(
      0xfe, 0x46, "i64.atomic.rmw16.xchg_u", "addr i64 -> i64", THREADS, MEMARG_2),
  I64_ATOMIC_RMW32_XCHG_U(
      0xfe, 0x47, "i64.atomic.rmw32.xchg_u", "addr i64 -> i64", THREADS, MEMARG_4),
  I32_ATOMIC_RMW_CMPXCHG(
      0xfe, 0x48, "i32.atomic.rmw.cmpxchg", "addr i32 i32 -> i32", THREADS, MEMARG_4),
  I64_ATOMIC_RMW_CMPXCHG(
      0xfe, 0x49, "i64.atomic.rmw.cmpxchg", "addr i64 i64 -> i64", THREADS, MEMARG_8),
  I32_ATOMIC_RMW8_CMPXCHG_U(
      0xfe, 0x4a, "i32.atomic.rmw8.cmpxchg_u", "addr i32 i32 -> i32", THREADS, MEMARG_1),
  I32_ATOMIC_RMW16_CMPXCHG_U(
      0xfe, 0x4b, "i32.atomic.rmw16.cmpxchg_u", "addr i32 i32 -> i32", THREADS, MEMARG_2),
  I64_ATOMIC_RMW8_CMPXCHG_U(
      0xfe, 0x4c, "i64.atomic.rmw8.cmpxchg_u", "addr i64 i64 -> i64", THREADS, MEMARG_1),
  I64_ATOMIC_RMW16_CMPXCHG_U(
      0xfe, 0x4d, "i64.atomic.rmw16.cmpxchg_u", "addr i64 i64 -> i64", THREADS, MEMARG_2),
  I64_ATOMIC_RMW32_CMPXCHG_U(
      0xfe, 0x4e, "i64.atomic.rmw32.cmpxchg_u", "addr i64 i64 -> i64", THREADS, MEMARG_4);

  /** Operands that depend on the immediates or the stack. */
  public static final String CONTEXTUAL = "*";

  private static final @Nullable Opcode[] PLAIN_CODES = new @Nullable Opcode[0x100];
  private static final @Nullable Opcode[] GC_CODES = new @Nullable Opcode[0x20];
  private static final @Nullable Opcode[] MISC_CODES = new @Nullable Opcode[0x20];
  private static final @Nullable Opcode[] VECTOR_CODES = new @Nullable Opcode[0x120];
  private static final @Nullable Opcode[] ATOMIC_CODES = new @Nullable Opcode[0x50];
  private static final @Nullable Opcode[] NO_CODES = {};

  static {
    for (Opcode opcode : values()) {
      (opcode.prefix == 0 ? PLAIN_CODES : table(opcode.prefix))[opcode.code] = opcode;
    }
  }

  private final int prefix;
  private final int code;
  private final String mnemonic;
  private final String signature;
  private final Proposal proposal;

  @SuppressWarnings("ImmutableEnumChecker") // never written after construction, never handed out
  private final Immediate[] immediates;

  @SuppressWarnings("ImmutableEnumChecker") // List.of
  private final List<Immediate> immediateList;

  private final Nesting nesting;
  private final Form form;

  /** What follows the code, where that is one of a few frequent things; for a quick choice. */
  enum Form {
    /** Nothing. */
    BARE,
    /** An index. */
    INDEX,
    /** An {@code s32}. */
    NUMBER,
    /** A memory argument. */
    ACCESS,
    /** Anything else; or the nesting of blocks changes. */
    OTHER
  }

  /** What an instruction does to the nesting of blocks. */
  public enum Nesting {
    /** Nothing. */
    NONE,
    /** It begins a block. */
    OPENS,
    /** It ends a part of a block and begins the next. */
    DIVIDES,
    /** It ends a block. */
    CLOSES
  }

  Opcode(
      int prefix,
      int code,
      String mnemonic,
      String signature,
      Proposal proposal,
      Immediate... immediates) {
    this.prefix = prefix;
    this.code = code;
    this.mnemonic = mnemonic;
    this.signature = signature;
    this.proposal = proposal;
    this.immediates = immediates;
    this.immediateList = List.of(immediates);
    this.nesting = nestingOf(mnemonic, immediates);
    this.form = formOf(nesting, immediates);
  }

  private static Nesting nestingOf(String mnemonic, Immediate[] immediates) {
    if (immediates.length > 0 && immediates[0] == Immediate.BLOCK_TYPE) {
      return Nesting.OPENS;
    }
    return switch (mnemonic) {
      case "else", "catch", "catch_all" -> Nesting.DIVIDES;
      case "end", "delegate" -> Nesting.CLOSES;
      default -> Nesting.NONE;
    };
  }

  private static Form formOf(Nesting nesting, Immediate[] immediates) {
    if (nesting != Nesting.NONE || immediates.length > 1) {
      return Form.OTHER;
    }
    if (immediates.length == 0) {
      return Form.BARE;
    }
    return switch (immediates[0].encoding()) {
      case U32 -> Form.INDEX;
      case S32 -> Form.NUMBER;
      case MEMARG -> Form.ACCESS;
      default -> Form.OTHER;
    };
  }

  private static @Nullable Opcode[] table(int prefix) {
    return switch (prefix) {
      case 0xfb -> GC_CODES;
      case 0xfc -> MISC_CODES;
      case 0xfd -> VECTOR_CODES;
      case 0xfe -> ATOMIC_CODES;
      default -> NO_CODES;
    };
  }

  /** Returns whether {@code b} is no instruction but the first byte of several. */
  static boolean isPrefix(int b) {
    return b >= 0xfb && b <= 0xfe;
  }

  static @Nullable Opcode plain(int code) {
    return PLAIN_CODES[code];
  }

  static @Nullable Opcode prefixed(int prefix, long code) {
    @Nullable Opcode[] table = table(prefix);
    return code < table.length ? table[(int) code] : null;
  }

  /**
   * Returns the instruction of a code.
   *
   * @param prefix the prefix byte, 0 for none
   * @param code the byte, or the number after the prefix
   */
  public static Optional<Opcode> of(int prefix, int code) {
    if (prefix != 0) {
      return Optional.ofNullable(code < 0 ? null : prefixed(prefix, code));
    }
    return Optional.ofNullable(code < 0 || code > 0xff ? null : PLAIN_CODES[code]);
  }

  /** Returns the prefix byte, or 0. */
  public int prefix() {
    return prefix;
  }

  /** Returns the code, after a prefix a number of its own. */
  public int code() {
    return code;
  }

  /** Writes prefix and code; returns {@code out} for the immediates. */
  public ByteWriter writeTo(ByteWriter out) {
    return prefix == 0 ? out.u8(code) : out.u8(prefix).unsigned(code);
  }

  /** Returns the name in the text format, as {@code i32.add}. */
  public String mnemonic() {
    return mnemonic;
  }

  /** Returns the operands popped and pushed, or {@link #CONTEXTUAL}. */
  public String signature() {
    return signature;
  }

  /** Returns what brought the instruction into the language. */
  public Proposal proposal() {
    return proposal;
  }

  /** Returns the immediates in the order of the binary format. */
  public List<Immediate> immediates() {
    return immediateList;
  }

  Form form() {
    return form;
  }

  int immediateCount() {
    return immediates.length;
  }

  Immediate immediate(int position) {
    return immediates[position];
  }

  /** Returns what it does to the nesting of blocks. */
  public Nesting nesting() {
    return nesting;
  }

  /** Returns the mnemonic. */
  @Override
  public String toString() {
    return mnemonic;
  }
}
