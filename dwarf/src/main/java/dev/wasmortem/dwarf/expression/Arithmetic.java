package dev.wasmortem.dwarf.expression;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * The arithmetic, logical and comparing operations (§2.5.1.4) and the conversions between types
 * (§2.5.1.6). Where the generic type leaves a sign open, division, comparison, {@code abs} and
 * {@code shra} are signed, {@code mod} and {@code shr} unsigned.
 */
final class Arithmetic {
  private final int addressSize;

  Arithmetic(int addressSize) {
    this.addressSize = addressSize;
  }

  StackEntry unary(Opcode opcode, StackEntry entry) {
    if (entry.isFloat()) {
      double value = entry.asDouble();
      return switch (opcode) {
        case ABS -> ofDouble(Math.abs(value), entry);
        case NEG -> ofDouble(-value, entry);
        default -> throw notForFloats(opcode);
      };
    }
    return switch (opcode) {
      case ABS -> like(entry, entry.asNumber().abs());
      case NEG -> like(entry, entry.value().negate());
      default -> like(entry, entry.value().not());
    };
  }

  StackEntry binary(Opcode opcode, StackEntry left, StackEntry right) {
    boolean shift = opcode == Opcode.SHL || opcode == Opcode.SHR || opcode == Opcode.SHRA;
    if (shift) {
      return shift(opcode, left, right);
    }
    ScalarType type = common(left, right);
    int width = Math.max(left.width(), right.width());
    if (type != null && type.encoding().isFloat()) {
      return floats(opcode, left, right);
    }
    BigInteger a = left.value();
    BigInteger b = right.value();
    return switch (opcode) {
      case PLUS -> result(a.add(b), type, width);
      case MINUS -> result(a.subtract(b), type, width);
      case MUL -> result(a.multiply(b), type, width);
      case AND -> result(a.and(b), type, width);
      case OR -> result(a.or(b), type, width);
      case XOR -> result(a.xor(b), type, width);
      case DIV -> result(left.asNumber().divide(divisor(right.asNumber())), type, width);
      case MOD -> {
        boolean signed = type != null && type.encoding().isSigned();
        BigInteger by = divisor(signed ? right.asSigned() : right.asUnsigned());
        yield result((signed ? left.asSigned() : left.asUnsigned()).remainder(by), type, width);
      }
      default -> compared(opcode, left.asNumber().compareTo(right.asNumber()));
    };
  }

  /** Returns the sum of an entry and an unsigned constant, in the entry's type. */
  StackEntry addUnsigned(StackEntry entry, long number) {
    if (entry.isFloat()) {
      throw notForFloats(Opcode.PLUS_UCONST);
    }
    BigInteger addend = StackEntry.unsigned(BigInteger.valueOf(number), 8);
    return like(entry, entry.value().add(addend));
  }

  private StackEntry floats(Opcode opcode, StackEntry left, StackEntry right) {
    double a = left.asDouble();
    double b = right.asDouble();
    return switch (opcode) {
      case PLUS -> ofDouble(a + b, left);
      case MINUS -> ofDouble(a - b, left);
      case MUL -> ofDouble(a * b, left);
      case DIV -> ofDouble(a / b, left);
      case EQ -> truth(a == b);
      case NE -> truth(a != b);
      case LT -> truth(a < b);
      case LE -> truth(a <= b);
      case GT -> truth(a > b);
      case GE -> truth(a >= b);
      default -> throw notForFloats(opcode);
    };
  }

  private StackEntry shift(Opcode opcode, StackEntry left, StackEntry right) {
    if (left.isFloat() || right.isFloat()) {
      throw notForFloats(opcode);
    }
    BigInteger by = right.asUnsigned();
    int bits = left.width() * 8;
    int count = by.bitLength() > 8 ? bits : Math.min(by.intValue(), 8 * StackEntry.LARGEST);
    return switch (opcode) {
      case SHL -> like(left, left.value().shiftLeft(count));
      case SHR -> like(left, left.asUnsigned().shiftRight(count));
      default -> like(left, left.asSigned().shiftRight(count));
    };
  }

  private StackEntry compared(Opcode opcode, int order) {
    return truth(
        switch (opcode) {
          case EQ -> order == 0;
          case NE -> order != 0;
          case LT -> order < 0;
          case LE -> order <= 0;
          case GT -> order > 0;
          default -> order >= 0;
        });
  }

  /** Returns the entry as a value of a type, the number being kept (§2.5.1.6.1). */
  StackEntry convert(StackEntry entry, @Nullable ScalarType to) {
    if (to == null) {
      BigInteger whole = entry.isFloat() ? whole(entry.asDouble()) : entry.asNumber();
      return StackEntry.generic(whole, addressSize);
    }
    check(to);
    if (to.encoding().isFloat()) {
      double value = entry.isFloat() ? entry.asDouble() : entry.asNumber().doubleValue();
      return ofDouble(value, to);
    }
    if (entry.isFloat()) {
      return StackEntry.typed(whole(entry.asDouble()), to);
    }
    BigInteger number =
        entry.type() == null && !to.encoding().isSigned() ? entry.asUnsigned() : entry.asNumber();
    return StackEntry.typed(number, to);
  }

  /** Returns the entry's bits as a value of a type of the same size (§2.5.1.6.2). */
  StackEntry reinterpret(StackEntry entry, @Nullable ScalarType to) {
    int size = to == null ? addressSize : (int) Math.min(to.size(), Integer.MAX_VALUE);
    if (size != entry.width()) {
      throw new Stop(
          Place.Reason.MALFORMED,
          "a value of " + entry.width() + " bytes cannot be read as one of " + size);
    }
    if (to == null) {
      return StackEntry.generic(entry.value(), addressSize);
    }
    check(to);
    return StackEntry.typed(entry.value(), to);
  }

  /** Checks that values of a type can be reckoned with. */
  static void check(ScalarType type) {
    boolean known =
        type.encoding().isFloat()
            ? type.size() == 4 || type.size() == 8
            : type.encoding().isInteger() && type.size() >= 1 && type.size() <= StackEntry.LARGEST;
    if (!known) {
      throw new Stop(
          Place.Reason.UNSUPPORTED,
          "values of " + type.encoding() + " and " + type.size() + " bytes are not reckoned with");
    }
  }

  private static @Nullable ScalarType common(StackEntry left, StackEntry right) {
    ScalarType a = left.type();
    ScalarType b = right.type();
    if (a == null || b == null) {
      ScalarType one = a == null ? b : a;
      if (one != null && one.encoding().isFloat()) {
        throw differ("the generic type", one.name());
      }
      return one;
    }
    if (!a.matches(b)) {
      throw differ(a.name(), b.name());
    }
    return a;
  }

  private static Stop differ(String a, String b) {
    return new Stop(
        Place.Reason.MALFORMED, "an operation on values of two types, " + a + " and " + b);
  }

  private static StackEntry like(StackEntry entry, BigInteger value) {
    return result(value, entry.type(), entry.width());
  }

  private static StackEntry result(BigInteger value, @Nullable ScalarType type, int width) {
    return type == null ? StackEntry.generic(value, width) : StackEntry.typed(value, type);
  }

  private static StackEntry ofDouble(double value, StackEntry like) {
    ScalarType type = like.type();
    if (type == null) {
      throw new AssertionError(like);
    }
    return ofDouble(value, type);
  }

  private static StackEntry ofDouble(double value, ScalarType type) {
    long bits =
        type.size() == 4
            ? Float.floatToRawIntBits((float) value)
            : Double.doubleToRawLongBits(value);
    return StackEntry.typed(BigInteger.valueOf(bits), type);
  }

  private static BigInteger whole(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      throw new Stop(Place.Reason.MALFORMED, value + " is converted to a whole number");
    }
    return new BigDecimal(value).toBigInteger();
  }

  private StackEntry truth(boolean value) {
    return StackEntry.generic(value ? 1 : 0, addressSize);
  }

  private static BigInteger divisor(BigInteger by) {
    if (by.signum() == 0) {
      throw new Stop(Place.Reason.MALFORMED, "a division by zero");
    }
    return by;
  }

  private static Stop notForFloats(Opcode opcode) {
    return new Stop(Place.Reason.MALFORMED, opcode.spelling() + " on a floating-point number");
  }
}
