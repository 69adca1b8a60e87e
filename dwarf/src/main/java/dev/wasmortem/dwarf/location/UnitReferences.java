package dev.wasmortem.dwarf.location;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.dwarf.Attribute;
import dev.wasmortem.dwarf.Dwarf;
import dev.wasmortem.dwarf.Entry;
import dev.wasmortem.dwarf.EntryReader;
import dev.wasmortem.dwarf.InfoOffset;
import dev.wasmortem.dwarf.Tag;
import dev.wasmortem.dwarf.Unit;
import dev.wasmortem.dwarf.expression.BaseEncoding;
import dev.wasmortem.dwarf.expression.Expression;
import dev.wasmortem.dwarf.expression.References;
import dev.wasmortem.dwarf.expression.ScalarType;
import java.util.Optional;
import java.util.OptionalLong;

/** What the expressions of a unit refer to. What is damaged is absent. */
public final class UnitReferences implements References {
  private final Dwarf dwarf;
  private final Unit unit;

  private UnitReferences(Dwarf dwarf, Unit unit) {
    this.dwarf = dwarf;
    this.unit = unit;
  }

  /** Returns the references of a unit of {@code dwarf}. */
  public static UnitReferences of(Dwarf dwarf, Unit unit) {
    return new UnitReferences(dwarf, unit);
  }

  /** Returns the expression that {@code bytes}, which stand in the unit, are. */
  public Expression expression(ByteSource bytes) {
    return Expression.of(bytes, unit.encoding(), this);
  }

  @Override
  public InfoOffset unit() {
    return unit.offset();
  }

  @Override
  public OptionalLong address(long index) {
    try {
      return OptionalLong.of(unit.addressAt(index).value());
    } catch (FormatException e) {
      return OptionalLong.empty();
    }
  }

  @Override
  public Optional<ScalarType> baseType(InfoOffset entry) {
    return entryAt(entry).flatMap(UnitReferences::scalar);
  }

  @Override
  public Optional<Expression> location(InfoOffset entry) {
    return entryAt(entry).flatMap(this::location);
  }

  private Optional<Entry> entryAt(InfoOffset offset) {
    Optional<Entry> own = unit.entryAt(offset);
    return own.isPresent() ? own : dwarf.entryAt(offset);
  }

  private static Optional<ScalarType> scalar(Entry entry) {
    try {
      EntryReader reader = entry.read();
      return reader.is(Tag.BASE_TYPE)
          ? Optional.of(
              new ScalarType(
                  reader.text(Attribute.NAME).orElse(""),
                  BaseEncoding.of(reader.number(Attribute.ENCODING, 0)),
                  Math.max(0, reader.number(Attribute.BYTE_SIZE, 0))))
          : Optional.empty();
    } catch (FormatException e) {
      return Optional.empty();
    }
  }

  private Optional<Expression> location(Entry entry) {
    try {
      UnitReferences there = entry.unit() == unit ? this : of(dwarf, entry.unit());
      return entry.read().block(Attribute.LOCATION).map(there::expression);
    } catch (FormatException e) {
      return Optional.empty();
    }
  }
}
