package dev.wasmortem.symbols.answer;

/** Reads addresses as tools write them. One object reads many. */
final class AddressForm {
  private final AddressSpace.Radix radix;
  private long value;

  AddressForm(AddressSpace.Radix radix) {
    this.radix = radix;
  }

  long value() {
    return value;
  }

  /** Reads the number that fills bytes {@code from} to {@code to}; returns whether it is one. */
  boolean read(byte[] bytes, int from, int to) {
    int second = to - from > 2 && bytes[from] == '0' ? bytes[from + 1] | 0x20 : 0;
    if (second == 'x') {
      return digits(bytes, from + 2, to, 16);
    }
    if (radix == AddressSpace.Radix.HEXADECIMAL) {
      return digits(bytes, from, to, 16);
    }
    if (second == 'o') {
      return digits(bytes, from + 2, to, 8);
    }
    if (second == 'b' && digits(bytes, from + 2, to, 2)) {
      return true;
    }
    if (bytes[from] == '0' && to - from > 1 && digits(bytes, from + 1, to, 8)) {
      return true;
    }
    return digits(bytes, from, to, 10) || digits(bytes, from, to, 16);
  }

  private boolean digits(byte[] bytes, int from, int to, int base) {
    long number = 0;
    long most = Long.divideUnsigned(-1, base);
    for (int i = from; i < to; i++) {
      int digit = Character.digit(bytes[i], base);
      if (digit < 0 || Long.compareUnsigned(number, most) > 0) {
        return false;
      }
      number = number * base + digit;
      if (Long.compareUnsigned(number, digit) < 0) {
        return false;
      }
    }
    value = number;
    return from < to;
  }
}
