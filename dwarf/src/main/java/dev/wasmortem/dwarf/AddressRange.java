package dev.wasmortem.dwarf;

/**
 * Addresses from {@code low} up to, but without, {@code high}.
 *
 * @param low the first address
 * @param high the first address behind, above {@code low}
 */
public record AddressRange(Address low, Address high) {
  /** Returns whether {@code address} is one of these. */
  public boolean contains(Address address) {
    return address.value() >= low.value() && address.value() < high.value();
  }

  /** Returns the range as {@code [0x1d5, 0x1f0)}. */
  @Override
  public String toString() {
    return "[" + low + ", " + high + ")";
  }
}
