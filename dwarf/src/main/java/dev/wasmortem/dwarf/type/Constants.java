package dev.wasmortem.dwarf.type;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.dwarf.Attribute;
import dev.wasmortem.dwarf.AttributeValue;
import dev.wasmortem.dwarf.EntryReader;
import dev.wasmortem.dwarf.expression.Bits;
import dev.wasmortem.dwarf.expression.Place;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The values that entries themselves hold, {@code DW_AT_const_value} (§2.25). */
public final class Constants {
  private Constants() {}

  /**
   * Returns the constant value of the entry that {@code reader} stands on: a number in eight bytes,
   * of which the type of the entry says how many count; or the bytes as they lie in memory, of a
   * string with its NUL.
   */
  public static Optional<Place> read(EntryReader reader) {
    AttributeValue value = reader.value(Attribute.CONST_VALUE);
    if (value == null) {
      return Optional.empty();
    }
    return switch (value.kind()) {
      case CONSTANT, FLAG, ADDRESS -> Optional.of(new Place.Value(Bits.of(value.number(), 8)));
      case BLOCK, EXPRESSION -> reader.block(Attribute.CONST_VALUE).map(Place.Constant::new);
      default -> reader.text(Attribute.CONST_VALUE).map(Constants::ofText);
    };
  }

  private static Place ofText(String text) {
    byte[] bytes = (text + '\0').getBytes(StandardCharsets.UTF_8);
    return new Place.Constant(ByteSource.of("const_value", bytes));
  }
}
