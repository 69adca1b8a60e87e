package dev.wasmortem.dwarf.variable;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.dwarf.Attribute;
import dev.wasmortem.dwarf.AttributeValue;
import dev.wasmortem.dwarf.Entry;
import dev.wasmortem.dwarf.EntryReader;
import dev.wasmortem.dwarf.Form;
import dev.wasmortem.dwarf.SourceLine;
import dev.wasmortem.dwarf.Tag;
import dev.wasmortem.dwarf.expression.Expression;
import dev.wasmortem.dwarf.expression.Place;
import dev.wasmortem.dwarf.location.ListOffset;
import dev.wasmortem.dwarf.location.LocationLists;
import dev.wasmortem.dwarf.type.Constants;
import dev.wasmortem.dwarf.type.Type;
import dev.wasmortem.dwarf.type.Types;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the entries of a variable say of it, wherever it is looked at from. Immutable. */
final class Described {
  private final Types types;
  private final List<Entry> chain;
  private final boolean parameter;
  private String name = "";
  private boolean artificial;
  private boolean external;

  private @Nullable Entry typedBy;
  private @Nullable Entry declaredBy;
  private @Nullable Entry locatedBy;

  /** One of these is set if {@link #locatedBy} is, or {@link #constant} alone. */
  private @Nullable Expression expression;

  private @Nullable ListOffset list;
  private @Nullable Place constant;

  /**
   * Reads a variable.
   *
   * @throws dev.wasmortem.bytes.FormatException if one of its entries is damaged
   */
  Described(Types types, Entry entry) {
    this.types = types;
    this.chain = Chain.of(entry);
    this.parameter = entry.read().is(Tag.FORMAL_PARAMETER);
    for (Entry link : chain) {
      read(link, link.read());
    }
  }

  private void read(Entry link, EntryReader reader) {
    if (name.isEmpty()) {
      name = reader.text(Attribute.NAME).orElse("");
    }
    artificial |= reader.flag(Attribute.ARTIFICIAL);
    external |= reader.flag(Attribute.EXTERNAL);
    typedBy = typedBy == null && reader.has(Attribute.TYPE) ? link : typedBy;
    declaredBy = declaredBy == null && reader.has(Attribute.DECL_LINE) ? link : declaredBy;
    if (locatedBy == null && constant == null) {
      readPlace(link, reader);
    }
  }

  private void readPlace(Entry link, EntryReader reader) {
    AttributeValue value = reader.value(Attribute.LOCATION);
    Optional<ByteSource> block = reader.block(Attribute.LOCATION);
    if (block.isPresent()) {
      expression = types.references(link.unit()).expression(block.get());
      locatedBy = link;
    } else if (value != null && LocationLists.isList(value)) {
      list = lists(link).list(value);
      locatedBy = link;
    } else if (value != null && value.kind() == Form.Kind.CONSTANT) {
      list = new ListOffset(value.number()); // version 2 and 3 write offsets as constants
      locatedBy = link;
    } else {
      constant = Constants.read(reader).orElse(null);
    }
  }

  private LocationLists lists(Entry link) {
    return LocationLists.of(link.unit(), types.references(link.unit()));
  }

  Entry entry() {
    return chain.get(0);
  }

  /** Returns the entries that describe it, its own first. */
  List<Entry> chain() {
    return chain;
  }

  String name() {
    return name;
  }

  boolean isParameter() {
    return parameter;
  }

  boolean isArtificial() {
    return artificial;
  }

  boolean isExternal() {
    return external;
  }

  Type type() {
    return typedBy == null ? types.typeOf(entry().read()) : types.typeOf(typedBy.read());
  }

  Optional<SourceLine> declaration() {
    if (declaredBy == null) {
      return Optional.empty();
    }
    EntryReader reader = declaredBy.read();
    int file = small(reader, Attribute.DECL_FILE);
    int line = small(reader, Attribute.DECL_LINE);
    int column = small(reader, Attribute.DECL_COLUMN);
    return declaredBy.unit().lines().flatMap(lines -> lines.line(file, line, column, 0));
  }

  private static int small(EntryReader reader, Attribute attribute) {
    return (int) Math.max(0, Math.min(Integer.MAX_VALUE, reader.number(attribute, 0)));
  }

  Optional<Expression> expression() {
    return Optional.ofNullable(expression);
  }

  Optional<Place> constant() {
    return Optional.ofNullable(constant);
  }

  Optional<ListOffset> list() {
    return Optional.ofNullable(list);
  }

  /** Returns the lists that {@link #list} is one of. */
  LocationLists lists() {
    return lists(locatedBy == null ? entry() : locatedBy);
  }
}
