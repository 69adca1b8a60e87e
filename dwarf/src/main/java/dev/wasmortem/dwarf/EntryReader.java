package dev.wasmortem.dwarf;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Cursor;
import dev.wasmortem.bytes.FormatException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Walks over an entry and all that it owns, in the order of the bytes (§2.3). It stands on one
 * entry at a time; the attributes of that are decoded when the first of them is asked for, into
 * holders that the next entry uses again, and passed over otherwise.
 *
 * <pre>{@code
 * EntryReader reader = unit.root().read();
 * while (reader.next()) {
 *   if (reader.is(Tag.SUBPROGRAM)) {
 *     reader.text(Attribute.NAME).ifPresent(System.out::println);
 *   }
 * }
 * }</pre>
 *
 * <p>All methods throw {@link FormatException} where the bytes are no entry, and have no meaning
 * after that but for {@link #moveTo}. A walk takes time linear in the unit; following references is
 * the caller's to bound. Not thread-safe.
 */
public final class EntryReader {
  private static final AttributeValue[] NO_VALUES = {};

  private Unit unit;
  private Cursor cursor;
  private Abbreviations table;
  private Skips skips;

  private long offset;
  private int depth;

  /** The abbreviation of the entry it stands on, or −1 when it stands on none. */
  private int entry = -1;

  private boolean ended;
  private AttributeValue[] values = NO_VALUES;

  /** Whether {@link #values} holds the attributes, and the cursor stands behind them. */
  private boolean decoded;

  private @Nullable Budget rangeBudget;

  private EntryReader(Unit unit, long offset) {
    this.unit = unit;
    this.cursor = unit.cursor();
    this.table = unit.abbreviations();
    this.skips = table.skips(unit.encoding());
    start(offset);
  }

  static EntryReader at(Unit unit, long offset) {
    return new EntryReader(unit, offset);
  }

  private void start(long at) {
    depth = 0;
    ended = false;
    if (at < unit.firstEntry() || at >= unit.end()) {
      throw new FormatException.Malformed(
          "an entry at 0x" + Long.toHexString(at) + ", outside its unit", cursor.here());
    }
    cursor.seek(at);
    if (!step()) {
      throw new FormatException.Malformed("no entry where one is referred to", cursor.at(at));
    }
  }

  /** Moves to another entry, of any unit; from there a walk is over what that entry owns. */
  public void moveTo(Entry target) {
    if (target.unit() != unit) {
      unit = target.unit();
      cursor = unit.cursor();
      table = unit.abbreviations();
      skips = table.skips(unit.encoding());
    }
    start(target.offset().value());
  }

  /** Reads an abbreviation code; returns whether it begins an entry, and does not end a list. */
  private boolean step() {
    offset = cursor.position();
    decoded = false;
    long code = cursor.uleb128();
    if (code == 0) {
      entry = -1;
      return false;
    }
    entry = table.entry(code);
    if (entry < 0) {
      throw new FormatException.Malformed(
          "abbreviation " + Long.toUnsignedString(code) + ", which the table does not have",
          cursor.at(offset));
    }
    return true;
  }

  /** Moves behind the entry's attributes. */
  private void leave() {
    if (entry >= 0) {
      if (!decoded) {
        skips.skip(entry, cursor);
      }
      if (table.hasChildren(entry)) {
        depth++;
      }
      entry = -1;
    }
  }

  /**
   * Moves to the next entry that the first one owns, directly or not.
   *
   * @return false if there is none, or the unit ends
   */
  public boolean next() {
    leave();
    while (depth > 0 && !ended) {
      if (cursor.atEnd()) {
        break;
      }
      if (step()) {
        return true;
      }
      depth--;
    }
    ended = true;
    return false;
  }

  /**
   * Moves to the first entry that this one owns.
   *
   * @return false if there is none
   */
  public boolean firstChild() {
    return hasChildren() && descend();
  }

  private boolean descend() {
    leave();
    return stepInList();
  }

  private boolean stepInList() {
    if (ended || cursor.atEnd()) {
      ended = true;
      return false;
    }
    if (step()) {
      return true;
    }
    depth--;
    ended = depth == 0;
    return false;
  }

  /**
   * Moves to the next entry of the same owner, past all that this one owns.
   *
   * @return false if there is none: then {@link #next} goes on behind the owner
   */
  public boolean nextSibling() {
    if (depth == 0 || entry < 0) {
      return false;
    }
    int level = depth;
    if (hasChildren()) {
      long sibling = siblingOffset();
      if (sibling > offset) {
        cursor.seek(sibling);
        entry = -1;
        return stepInList();
      }
    }
    leave();
    while (depth > level) {
      if (!stepInList()) {
        if (ended) {
          return false;
        }
      } else {
        leave();
      }
    }
    return stepInList();
  }

  /** Returns where {@code DW_AT_sibling} says that the next entry is, or −1. */
  private long siblingOffset() {
    AttributeValue value = value(Attribute.SIBLING);
    if (value == null || value.kind() != Form.Kind.UNIT_REFERENCE) {
      return -1;
    }
    long sibling = unit.header().offset() + value.number();
    return sibling > cursor.position() && sibling < unit.end() ? sibling : -1;
  }

  /** Returns the unit that it stands in. */
  public Unit unit() {
    return unit;
  }

  /** Returns the entry that it stands on. */
  public Entry entry() {
    return new Entry(unit, new InfoOffset(offset));
  }

  /** Returns where the entry begins. */
  long offset() {
    return offset;
  }

  /** Returns how deep the entry is below the one where the walk began, which is at 0. */
  public int depth() {
    return depth;
  }

  /** Returns the entry's tag, or nothing when {@link Tag} does not have it. */
  public Optional<Tag> knownTag() {
    return Optional.ofNullable(Tag.find(tagCode()));
  }

  /** Returns whether the entry has this tag. */
  public boolean is(Tag tag) {
    return tagCode() == tag.code();
  }

  /** Returns the number of the entry's tag. */
  public int tagCode() {
    return table.tag(current());
  }

  /** Returns whether the entry may own others. */
  public boolean hasChildren() {
    return table.hasChildren(current());
  }

  private int current() {
    if (entry < 0) {
      throw new IllegalStateException("the reader stands on no entry");
    }
    return entry;
  }

  /** Returns how many attributes the entry has. */
  public int attributeCount() {
    return table.endAttribute(current()) - table.firstAttribute(entry);
  }

  /** Returns the number of the attribute's name, {@code DW_AT_…}, counted from 0 in their order. */
  public int attributeCode(int index) {
    return table.name(table.firstAttribute(current()) + index);
  }

  /** Returns the value of an attribute, counted from 0; it holds until the reader moves. */
  public AttributeValue value(int index) {
    decode();
    return values[index];
  }

  /** Returns the value of an attribute, or null if there is none; it holds until it moves. */
  public @Nullable AttributeValue value(Attribute attribute) {
    return find(attribute.code());
  }

  @Nullable AttributeValue find(int code) {
    int from = table.firstAttribute(current());
    int end = table.endAttribute(entry);
    for (int i = from; i < end; i++) {
      if (table.name(i) == code) {
        decode();
        return values[i - from];
      }
    }
    return null;
  }

  /** Returns whether the entry has an attribute. */
  public boolean has(Attribute attribute) {
    int end = table.endAttribute(current());
    for (int i = table.firstAttribute(entry); i < end; i++) {
      if (table.name(i) == attribute.code()) {
        return true;
      }
    }
    return false;
  }

  private void decode() {
    if (decoded) {
      return;
    }
    int from = table.firstAttribute(current());
    int count = table.endAttribute(entry) - from;
    if (values.length < count) {
      int known = values.length;
      values = Arrays.copyOf(values, Math.max(16, count));
      for (int i = known; i < values.length; i++) {
        values[i] = new AttributeValue();
      }
    }
    Encoding encoding = unit.encoding();
    for (int i = 0; i < count; i++) {
      Form form = Form.of(table.form(from + i), cursor);
      values[i].read(form, table.constant(from + i), cursor, encoding);
    }
    decoded = true;
  }

  /** Returns whether a flag is set (§7.5.5). */
  public boolean flag(Attribute attribute) {
    AttributeValue value = value(attribute);
    return value != null && value.kind() == Form.Kind.FLAG && value.number() != 0;
  }

  /** Returns a number, or {@code absent} if there is none or it is not written as a number. */
  public long number(Attribute attribute, long absent) {
    AttributeValue value = value(attribute);
    return value != null && value.kind() == Form.Kind.CONSTANT ? value.number() : absent;
  }

  /** Returns a string, as the file has it; nothing if it is absent or in a file that is not. */
  public Optional<String> text(Attribute attribute) {
    AttributeValue value = value(attribute);
    return value == null ? Optional.empty() : Optional.ofNullable(unit.text(value));
  }

  /**
   * Returns an address; nothing if there is none, or it stands for code that was left out by the
   * linker.
   */
  public Optional<Address> address(Attribute attribute) {
    AttributeValue value = value(attribute);
    if (value == null || !Addresses.isAddress(value)) {
      return Optional.empty();
    }
    long address = unit.address(value);
    return Encoding.isTombstone(address, unit.encoding().addressSize())
        ? Optional.empty()
        : Optional.of(new Address(address));
  }

  /** Returns a block of bytes or an expression. */
  public Optional<ByteSource> block(Attribute attribute) {
    AttributeValue value = value(attribute);
    return value == null
            || (value.kind() != Form.Kind.BLOCK && value.kind() != Form.Kind.EXPRESSION)
        ? Optional.empty()
        : Optional.of(unit.block(value));
  }

  /**
   * Returns the addresses of the entry's code (§2.17), without those of code that the linker left
   * out.
   *
   * @throws FormatException.LimitExceeded if this reader read lists far longer than their section:
   *     then many entries share one
   */
  public List<AddressRange> ranges() {
    CodeRanges code = code();
    List<AddressRange> ranges = new ArrayList<>(code.count());
    for (int i = 0; i < code.count(); i++) {
      ranges.add(new AddressRange(new Address(code.low(i)), new Address(code.high(i))));
    }
    return ranges;
  }

  private CodeRanges code() {
    if (rangeBudget == null) {
      rangeBudget = unit.newRangeBudget();
    }
    CodeRanges code = new CodeRanges();
    unit.readRanges(
        value(Attribute.LOW_PC),
        value(Attribute.HIGH_PC),
        value(Attribute.RANGES),
        rangeBudget,
        code);
    return code;
  }

  /** Returns the entry that an attribute refers to, if it and its unit can be found. */
  public Optional<Entry> reference(Attribute attribute) {
    AttributeValue value = value(attribute);
    return value == null ? Optional.empty() : Optional.ofNullable(unit.resolve(value));
  }
}
