package dev.wasmortem.dwarf.location;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Cursor;
import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.dwarf.Address;
import dev.wasmortem.dwarf.AddressRange;
import dev.wasmortem.dwarf.AttributeValue;
import dev.wasmortem.dwarf.Encoding;
import dev.wasmortem.dwarf.Form;
import dev.wasmortem.dwarf.Unit;
import dev.wasmortem.dwarf.expression.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The location lists of a unit (§2.6.2): {@code .debug_loc} of versions 2 to 4, {@code
 * .debug_loclists} of version 5 (§7.29).
 *
 * <pre>
 * .debug_loc:      entry = low:address high:address length:u16 expression
 *                        | highest:address base:address
 *                        | 0:address 0:address, the last
 * .debug_loclists: entry = kind:u8 operands [length:uleb expression]
 * </pre>
 *
 * <p>Entries of code that the linker left out are passed over. Nothing is kept: each call reads its
 * list, and takes time linear in it. View pairs, an extension of GNU's, are passed over.
 */
public final class LocationLists {
  private static final int END_OF_LIST = 0;
  private static final int BASE_ADDRESSX = 1;
  private static final int STARTX_ENDX = 2;
  private static final int STARTX_LENGTH = 3;
  private static final int OFFSET_PAIR = 4;
  private static final int DEFAULT_LOCATION = 5;
  private static final int BASE_ADDRESS = 6;
  private static final int START_END = 7;
  private static final int START_LENGTH = 8;
  private static final int GNU_VIEW_PAIR = 9;

  private final Unit unit;
  private final Encoding encoding;
  private final UnitReferences references;

  private LocationLists(Unit unit, UnitReferences references) {
    this.unit = unit;
    this.encoding = unit.encoding();
    this.references = references;
  }

  /** Returns the location lists of a unit. */
  public static LocationLists of(Unit unit, UnitReferences references) {
    return new LocationLists(unit, references);
  }

  /** Returns whether {@code value} refers to a location list. */
  public static boolean isList(AttributeValue value) {
    return value.isSectionOffset() || value.kind() == Form.Kind.LOCATION_LIST_INDEX;
  }

  /**
   * Returns the entries of a list, in their order.
   *
   * @throws FormatException if the list is damaged
   */
  public List<LocationEntry> entries(ListOffset list) {
    List<LocationEntry> all = new ArrayList<>();
    read(
        list,
        entry -> {
          all.add(entry);
          return false;
        });
    return all;
  }

  /**
   * Returns where the object is when the code at {@code address} runs: by the first entry whose
   * range holds the address, else by the default entry.
   *
   * @return nothing if no entry says so: the object is optimised out there
   * @throws FormatException if the list is damaged before such an entry
   */
  public Optional<Expression> at(ListOffset list, Address address) {
    Search search = new Search(address);
    read(list, search);
    return Optional.ofNullable(search.found);
  }

  private static final class Search implements Predicate<LocationEntry> {
    private final Address address;
    @Nullable Expression found;

    Search(Address address) {
      this.address = address;
    }

    @Override
    public boolean test(LocationEntry entry) {
      if (entry.kind() == LocationEntry.Kind.DEFAULT) {
        found = found == null ? entry.expression() : found;
        return false;
      }
      if (entry.range().contains(address)) {
        found = entry.expression();
        return true;
      }
      return false;
    }
  }

  /**
   * Returns the list that {@code value}, which {@link #isList}, refers to.
   *
   * @throws FormatException if its index is not in the unit's table
   */
  public ListOffset list(AttributeValue value) {
    if (value.kind() != Form.Kind.LOCATION_LIST_INDEX) {
      return new ListOffset(value.number());
    }
    long base = unit.locationListsBase();
    long index = value.number();
    long size = encoding.offsetSize();
    Cursor cursor = unit.section(".debug_loclists").cursor().in("debug_loclists.offset");
    boolean fits = base >= 0 && index >= 0 && index <= (Long.MAX_VALUE - base) / size;
    cursor.seek(fits ? base + index * size : -1);
    long offset = encoding.offset(cursor);
    return new ListOffset(offset < 0 ? -1 : base + offset);
  }

  /** Gives {@code taker} the entries until it returns true or they end. */
  private void read(ListOffset list, Predicate<LocationEntry> taker) {
    if (encoding.version() < 5) {
      readPairs(list.value(), taker);
    } else {
      readEntries(list.value(), taker);
    }
  }

  private void readPairs(long offset, Predicate<LocationEntry> taker) {
    int size = encoding.addressSize();
    long highest = encoding.wrap(-1);
    Cursor cursor = unit.section(".debug_loc").cursor().in("debug_loc.entry").seek(offset);
    long base = unit.baseAddress().value();
    while (true) {
      long low = encoding.address(cursor);
      long high = encoding.address(cursor);
      if (low == 0 && high == 0) {
        return;
      }
      if (low == highest && !(high == highest && expressionFollows(cursor))) {
        base = high;
        continue;
      }
      ByteSource bytes = cursor.take(cursor.u16le());
      boolean leftOut = Encoding.isTombstone(low, size) || Encoding.isTombstone(base, size);
      if (!leftOut && give(base + low, base + high, bytes, taker)) {
        return;
      }
    }
  }

  /**
   * Returns whether an expression follows on two highest addresses. Some linkers wrote them for
   * code they left out, where they ought to select a base; then what follows is no pair.
   */
  private boolean expressionFollows(Cursor cursor) {
    try {
      Cursor ahead = cursor.source().cursor(cursor.position());
      int length = ahead.u16le();
      return length > 0 && !references.expression(ahead.take(length)).operations().isEmpty();
    } catch (FormatException e) {
      return false;
    }
  }

  private void readEntries(long offset, Predicate<LocationEntry> taker) {
    Cursor cursor =
        unit.section(".debug_loclists").cursor().in("debug_loclists.entry").seek(offset);
    int size = encoding.addressSize();
    long base = unit.baseAddress().value();
    while (true) {
      long start = cursor.position();
      int kind = cursor.u8();
      long low = 0;
      long high = 0;
      switch (kind) {
        case END_OF_LIST -> {
          return;
        }
        case BASE_ADDRESSX -> base = indexedAddress(cursor);
        case BASE_ADDRESS -> base = encoding.address(cursor);
        case STARTX_ENDX -> {
          low = indexedAddress(cursor);
          high = indexedAddress(cursor);
        }
        case STARTX_LENGTH -> {
          low = indexedAddress(cursor);
          high = low + cursor.uleb128();
        }
        case OFFSET_PAIR -> {
          boolean leftOut = Encoding.isTombstone(base, size);
          low = base + cursor.uleb128();
          high = base + cursor.uleb128();
          low = leftOut ? base : low;
        }
        case START_END -> {
          low = encoding.address(cursor);
          high = encoding.address(cursor);
        }
        case START_LENGTH -> {
          low = encoding.address(cursor);
          high = low + cursor.uleb128();
        }
        case DEFAULT_LOCATION -> {
          // It has no addresses.
        }
        case GNU_VIEW_PAIR -> {
          cursor.uleb128();
          cursor.uleb128();
        }
        default ->
            throw new FormatException.Malformed(
                "a location list entry of kind 0x" + Integer.toHexString(kind), cursor.at(start));
      }
      if (kind == BASE_ADDRESSX || kind == BASE_ADDRESS || kind == GNU_VIEW_PAIR) {
        continue;
      }
      ByteSource bytes = cursor.take(cursor.uleb128());
      boolean last =
          kind == DEFAULT_LOCATION
              ? taker.test(
                  new LocationEntry(
                      LocationEntry.Kind.DEFAULT,
                      LocationEntry.EVERYWHERE,
                      references.expression(bytes)))
              : !Encoding.isTombstone(low, size) && give(low, high, bytes, taker);
      if (last) {
        return;
      }
    }
  }

  /** Gives an entry if its range holds anything. */
  private boolean give(long low, long high, ByteSource bytes, Predicate<LocationEntry> taker) {
    long first = encoding.wrap(low);
    long end = encoding.wrap(high);
    if (first < 0 || first >= end) {
      return false;
    }
    AddressRange range = new AddressRange(new Address(first), new Address(end));
    return taker.test(
        new LocationEntry(LocationEntry.Kind.RANGE, range, references.expression(bytes)));
  }

  private long indexedAddress(Cursor cursor) {
    return unit.addressAt(cursor.uleb128()).value();
  }
}
