package dev.wasmortem.dwarf.type;

import dev.wasmortem.dwarf.Attribute;
import dev.wasmortem.dwarf.EntryReader;
import dev.wasmortem.dwarf.Tag;
import dev.wasmortem.dwarf.expression.Place;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A parameter of a template, and what it stands for in an instance (§2.23). */
public final class TemplateParameter {
  private final Kind kind;
  private final String name;
  private final TypeReference type;
  private final @Nullable Place value;
  private final String template;

  /** What parameters stand for. */
  public enum Kind {
    /** A type. */
    TYPE,
    /** A value. */
    VALUE,
    /** A template. */
    TEMPLATE,
    /** Nothing: it holds the place of a pack that is empty. */
    EMPTY_PACK
  }

  private TemplateParameter(Types types, Kind kind, EntryReader reader) {
    this.kind = kind;
    this.name = reader.text(Attribute.NAME).orElse("");
    this.type = TypeReference.of(types, reader);
    this.value = Constants.read(reader).orElse(null);
    this.template = reader.text(Attribute.GNU_TEMPLATE_NAME).orElse("");
  }

  /** Returns the parameter that {@code reader} stands on, or null if it is none. */
  static @Nullable TemplateParameter read(Types types, EntryReader reader) {
    if (reader.is(Tag.TEMPLATE_TYPE_PARAMETER)) {
      return new TemplateParameter(types, Kind.TYPE, reader);
    }
    if (reader.is(Tag.TEMPLATE_VALUE_PARAMETER)) {
      return new TemplateParameter(types, Kind.VALUE, reader);
    }
    return reader.is(Tag.GNU_TEMPLATE_TEMPLATE_PARAMETER)
        ? new TemplateParameter(types, Kind.TEMPLATE, reader)
        : null;
  }

  static TemplateParameter emptyPack(Types types, EntryReader reader) {
    return new TemplateParameter(types, Kind.EMPTY_PACK, reader);
  }

  /** Returns what it stands for. */
  public Kind kind() {
    return kind;
  }

  /** Returns its name in the template; empty if none. */
  public String name() {
    return name;
  }

  /** Returns the type that it stands for, or the type of the value. */
  public Type type() {
    return type.get();
  }

  /** Returns the value that it stands for. */
  public Optional<Place> value() {
    return Optional.ofNullable(value);
  }

  /** Returns the name of the template that it stands for; empty if it stands for none. */
  public String template() {
    return template;
  }
}
