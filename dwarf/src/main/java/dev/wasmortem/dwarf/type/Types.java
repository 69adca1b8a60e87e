package dev.wasmortem.dwarf.type;

import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.bytes.Lazy;
import dev.wasmortem.dwarf.Attribute;
import dev.wasmortem.dwarf.Dwarf;
import dev.wasmortem.dwarf.Entry;
import dev.wasmortem.dwarf.EntryReader;
import dev.wasmortem.dwarf.Tag;
import dev.wasmortem.dwarf.Unit;
import dev.wasmortem.dwarf.location.UnitReferences;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * The types of one file. A type is read when it is first met, and kept. Damage is told to the sink;
 * it makes a type one of kind {@link Type.Kind#UNKNOWN}, or leaves out what it touches. Safe for
 * use by several threads.
 */
public final class Types {
  /** How many declarations and specifications may stand for each other. */
  private static final int CHAIN = 8;

  private final Dwarf dwarf;
  private final Diagnostic.Sink sink;
  private final ConcurrentMap<Entry, Type> known = new ConcurrentHashMap<>();
  private final ConcurrentMap<Unit, UnitReferences> references = new ConcurrentHashMap<>();
  private final Lazy<Definitions> definitions;
  private final Type none;

  private Types(Dwarf dwarf, Diagnostic.Sink sink) {
    this.dwarf = dwarf;
    this.sink = sink;
    this.definitions = new Lazy<>(() -> Definitions.read(dwarf, this));
    this.none = new MissingType(this, Type.Kind.VOID, "");
  }

  /** Returns the types of {@code dwarf}; what is damaged is told to {@code sink}. */
  public static Types of(Dwarf dwarf, Diagnostic.Sink sink) {
    return new Types(dwarf, sink);
  }

  /**
   * Returns the type that an entry describes; unknown if it describes none. An entry that stands
   * for one in a type unit gives that one.
   */
  public Type at(Entry entry) {
    Type found = known.get(entry);
    if (found != null) {
      return found;
    }
    Type made = read(entry);
    Type first = known.putIfAbsent(entry, made);
    return first == null ? made : first;
  }

  /** Returns the type of what {@code reader} stands on, {@code DW_AT_type}; void if none. */
  public Type typeOf(EntryReader reader) {
    return TypeReference.of(this, reader).get();
  }

  /**
   * Returns the first type of a name that a unit defines, records and enumerations before aliases
   * and base types; its scopes are part of the name, as {@code std::pair<int, char>}. The first use
   * has all units read.
   */
  public Optional<Type> named(String name) {
    Entry entry = definitions.get().find(name);
    return entry == null ? Optional.empty() : Optional.of(at(entry));
  }

  /** Returns what the expressions of a unit refer to. */
  public UnitReferences references(Unit unit) {
    return references.computeIfAbsent(unit, u -> UnitReferences.of(dwarf, u));
  }

  /** Returns no type. */
  Type none() {
    return none;
  }

  /** Returns a type that cannot be told, and why. */
  public Type unknown(String words) {
    return new MissingType(this, Type.Kind.UNKNOWN, words);
  }

  void report(FormatException error) {
    sink.report(Diagnostic.of("dwarf-type-damaged", error));
  }

  private Type read(Entry entry) {
    try {
      EntryReader reader = entry.read();
      Entry signed = reader.reference(Attribute.SIGNATURE).orElse(null);
      if (signed == null) {
        return read(reader);
      }
      return signed.read().has(Attribute.SIGNATURE)
          ? unknown("a type that another type unit stands for")
          : at(signed);
    } catch (FormatException e) {
      report(e);
      return unknown(e.problem());
    }
  }

  private Type read(EntryReader reader) {
    Tag tag = reader.knownTag().orElse(null);
    if (tag == null) {
      return unknown("a type of " + Tag.name(reader.tagCode()));
    }
    return switch (tag) {
      case BASE_TYPE -> new BaseType(this, reader);
      case POINTER_TYPE -> new PointerType(this, Type.Kind.POINTER, reader);
      case REFERENCE_TYPE -> new PointerType(this, Type.Kind.REFERENCE, reader);
      case RVALUE_REFERENCE_TYPE -> new PointerType(this, Type.Kind.RVALUE_REFERENCE, reader);
      case PTR_TO_MEMBER_TYPE -> new MemberPointerType(this, reader);
      case ARRAY_TYPE -> new ArrayType(this, reader);
      case STRUCTURE_TYPE, INTERFACE_TYPE -> record(Type.Kind.STRUCTURE, reader);
      case CLASS_TYPE -> record(Type.Kind.CLASS, reader);
      case UNION_TYPE -> record(Type.Kind.UNION, reader);
      case ENUMERATION_TYPE -> new EnumerationType(this, reader);
      case TYPEDEF, TEMPLATE_ALIAS -> new AliasType(this, reader);
      case CONST_TYPE -> qualified(QualifiedType.Qualifier.CONST, reader);
      case VOLATILE_TYPE -> qualified(QualifiedType.Qualifier.VOLATILE, reader);
      case RESTRICT_TYPE -> qualified(QualifiedType.Qualifier.RESTRICT, reader);
      case ATOMIC_TYPE -> qualified(QualifiedType.Qualifier.ATOMIC, reader);
      case IMMUTABLE_TYPE -> qualified(QualifiedType.Qualifier.IMMUTABLE, reader);
      case PACKED_TYPE -> qualified(QualifiedType.Qualifier.PACKED, reader);
      case SHARED_TYPE -> qualified(QualifiedType.Qualifier.SHARED, reader);
      case SUBROUTINE_TYPE -> new SubroutineType(this, reader);
      case UNSPECIFIED_TYPE,
          SUBRANGE_TYPE,
          STRING_TYPE,
          SET_TYPE,
          FILE_TYPE,
          DYNAMIC_TYPE,
          COARRAY_TYPE ->
          new OtherType(this, reader);
      default -> unknown("a type that is a " + tag);
    };
  }

  private Type qualified(QualifiedType.Qualifier qualifier, EntryReader reader) {
    return new QualifiedType(this, qualifier, reader);
  }

  /** Returns a record; one that is defined outside its scope has its name there (§5.7.1). */
  private Type record(Type.Kind kind, EntryReader reader) {
    String name = reader.text(Attribute.NAME).orElse("");
    Entry specified = name.isEmpty() ? specification(reader) : null;
    return new RecordType(
        this,
        kind,
        reader,
        specified == null ? name : specified.read().text(Attribute.NAME).orElse(""));
  }

  /** Returns the last entry that {@code DW_AT_specification} leads to, or null if there is none. */
  static @Nullable Entry specification(EntryReader reader) {
    Entry found = reader.reference(Attribute.SPECIFICATION).orElse(null);
    for (int i = 0; found != null && i < CHAIN; i++) {
      Entry next = found.read().reference(Attribute.SPECIFICATION).orElse(null);
      if (next == null) {
        break;
      }
      found = next;
    }
    return found;
  }

  /** Returns the definition that a record stands for; itself, if there is none. */
  RecordType definition(RecordType record) {
    if (!record.isDeclaration()) {
      return record;
    }
    Entry entry = record.entry().orElseThrow(AssertionError::new);
    try {
      Entry found = definitions.get().of(entry);
      if (found != null && at(found) instanceof RecordType definition) {
        return definition.isDeclaration() ? record : definition;
      }
    } catch (FormatException e) {
      report(e);
    }
    return record;
  }
}
