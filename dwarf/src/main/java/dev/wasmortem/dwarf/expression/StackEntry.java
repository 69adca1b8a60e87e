package dev.wasmortem.dwarf.expression;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the stack (§2.5.1). A value of the generic type has no {@code type}; it is kept in
 * 64 bits at least, and cut to {@code width} where its sign or its upper bits matter: so the
 * constants and the locals of a 32-bit program that are wider than its addresses keep their value.
 * A place in the Wasm machine is read only when an operation needs its number.
 *
 * @param value an integer, or the bits of a floating-point number
 * @param type the base type, or null for the generic type
 * @param width the bytes that count
 * @param wasm where the value is, not read yet; or null
 */
record StackEntry(
    BigInteger value, @Nullable ScalarType type, int width, Place.@Nullable Wasm wasm) {
  /** The most bytes of a value that are reckoned with. */
  static final int LARGEST = 16;

  static StackEntry generic(BigInteger value, int width) {
    return new StackEntry(signed(value, Math.max(width, 8)), null, width, null);
  }

  static StackEntry generic(long value, int width) {
    return new StackEntry(BigInteger.valueOf(value), null, width, null);
  }

  static StackEntry typed(BigInteger value, ScalarType type) {
    int size = (int) type.size();
    return new StackEntry(
        type.encoding().isSigned() ? signed(value, size) : unsigned(value, size), type, size, null);
  }

  static StackEntry at(Place.Wasm place) {
    return new StackEntry(BigInteger.ZERO, null, 0, place);
  }

  static BigInteger unsigned(BigInteger value, int bytes) {
    return value.and(BigInteger.ONE.shiftLeft(bytes * 8).subtract(BigInteger.ONE));
  }

  static BigInteger signed(BigInteger value, int bytes) {
    BigInteger low = unsigned(value, bytes);
    return bytes > 0 && low.testBit(bytes * 8 - 1)
        ? low.subtract(BigInteger.ONE.shiftLeft(bytes * 8))
        : low;
  }

  static BigInteger of(Bits bits) {
    BigInteger low = unsigned(BigInteger.valueOf(bits.low()), 8);
    BigInteger all = unsigned(BigInteger.valueOf(bits.high()), 8).shiftLeft(64).or(low);
    return unsigned(all, Math.max(0, Math.min(bits.size(), LARGEST)));
  }

  boolean isFloat() {
    return type != null && type.encoding().isFloat();
  }

  /** Returns whether the entry counts as a signed number where the generic type leaves it open. */
  boolean isSigned() {
    return type == null || type.encoding().isSigned();
  }

  BigInteger asSigned() {
    return signed(value, width);
  }

  BigInteger asUnsigned() {
    return unsigned(value, width);
  }

  /** Returns the value as its type has it: of the generic type, signed. */
  BigInteger asNumber() {
    return isSigned() ? asSigned() : asUnsigned();
  }

  double asDouble() {
    return width == 4
        ? Float.intBitsToFloat(value.intValue())
        : Double.longBitsToDouble(value.longValue());
  }

  Bits bits() {
    return new Bits(value.longValue(), value.shiftRight(64).longValue(), width);
  }
}
