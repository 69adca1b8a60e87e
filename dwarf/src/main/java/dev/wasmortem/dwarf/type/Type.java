package dev.wasmortem.dwarf.type;

import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.dwarf.Attribute;
import dev.wasmortem.dwarf.Entry;
import dev.wasmortem.dwarf.EntryReader;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * A type that debug information describes (§5). What one entry says is read when the type is first
 * met; types that it refers to, members and the like are read when they are asked for, so that
 * types may be each other's parts in any way, and even their own. Two of one entry are the same
 * object. Immutable as far as can be seen, and thread-safe.
 */
public abstract sealed class Type
    permits AliasType,
        ArrayType,
        BaseType,
        EnumerationType,
        MemberPointerType,
        MissingType,
        OtherType,
        PointerType,
        QualifiedType,
        RecordType,
        SubroutineType {
  /** How many names, qualifiers and elements a type may be away from what it stands for. */
  static final int HOPS = 100;

  /** The kinds of types. */
  public enum Kind {
    /** {@link BaseType} */
    BASE,
    /** {@link PointerType}: a pointer. */
    POINTER,
    /** {@link PointerType}: an lvalue reference. */
    REFERENCE,
    /** {@link PointerType}: an rvalue reference. */
    RVALUE_REFERENCE,
    /** {@link MemberPointerType} */
    MEMBER_POINTER,
    /** {@link ArrayType} */
    ARRAY,
    /** {@link RecordType}: a struct. */
    STRUCTURE,
    /** {@link RecordType}: a class. */
    CLASS,
    /** {@link RecordType}: a union. */
    UNION,
    /** {@link EnumerationType} */
    ENUMERATION,
    /** {@link AliasType} */
    ALIAS,
    /** {@link QualifiedType} */
    QUALIFIED,
    /** {@link SubroutineType} */
    SUBROUTINE,
    /** {@link OtherType} */
    OTHER,
    /** {@link MissingType}: no type at all, as that of a function that returns nothing. */
    VOID,
    /** {@link MissingType}: a type that cannot be told. */
    UNKNOWN
  }

  private final Types types;
  private final Kind kind;
  private final String ownName;
  private final OptionalLong ownSize;

  Type(Types types, Kind kind, String ownName, OptionalLong ownSize) {
    this.types = types;
    this.kind = kind;
    this.ownName = ownName;
    this.ownSize = ownSize;
  }

  Type(Types types, Kind kind, EntryReader reader) {
    this(types, kind, reader.text(Attribute.NAME).orElse(""), size(reader));
  }

  private static OptionalLong size(EntryReader reader) {
    long bytes = reader.number(Attribute.BYTE_SIZE, -1);
    if (bytes >= 0) {
      return OptionalLong.of(bytes);
    }
    long bits = reader.number(Attribute.BIT_SIZE, -1);
    return bits >= 0 ? OptionalLong.of(bits / 8 + (bits % 8 == 0 ? 0 : 1)) : OptionalLong.empty();
  }

  /** Returns what kind of type this is. */
  public final Kind kind() {
    return kind;
  }

  /** Returns the entry that describes the type; nothing for {@link MissingType}. */
  public abstract Optional<Entry> entry();

  final Types types() {
    return types;
  }

  /** Returns the name that the entry itself has, without scopes and arguments; empty if none. */
  public final String ownName() {
    return ownName;
  }

  /** Returns the size that the entry itself tells. */
  final OptionalLong ownSize() {
    return ownSize;
  }

  /**
   * Returns the name as a declaration of the language has it, with namespaces and template
   * arguments: {@code const char *}, {@code int (*)[4]}, {@code std::pair<int, char>}, {@code
   * &[u8]}. A name that would be longer than {@link TypeNames#LENGTH} ends with {@code …}. It is as
   * the file has it, not made safe to print.
   */
  public final String name() {
    return TypeNames.of(this);
  }

  /**
   * Returns the size in bytes; nothing when it depends on a value, cannot be told or is 2⁶³ or
   * more.
   */
  public final OptionalLong size() {
    return size(HOPS);
  }

  /** Returns the size, at most so many types away. */
  OptionalLong size(int hops) {
    return ownSize;
  }

  /**
   * Returns the type that this one is another name of, or a qualified one of, through as many of
   * them as there are: never of kind {@link Kind#ALIAS} or {@link Kind#QUALIFIED}. The declaration
   * of a record is replaced by its definition where there is one.
   */
  public final Type stripped() {
    Type type = underneath();
    return type instanceof RecordType record ? record.definition() : type;
  }

  /** Does as {@link #stripped}, but leaves declarations as they are. */
  final Type underneath() {
    Type type = this;
    for (int i = 0; i < HOPS; i++) {
      if (type instanceof AliasType alias) {
        type = alias.target();
      } else if (type instanceof QualifiedType qualified) {
        type = qualified.target();
      } else {
        return type;
      }
    }
    return types.unknown("a type that is another name of itself");
  }

  /** Reads of the type's entry, or returns {@code absent} if that is damaged. */
  static <T> T read(Types types, Entry entry, T absent, Function<EntryReader, T> reading) {
    try {
      return reading.apply(entry.read());
    } catch (FormatException e) {
      types.report(e);
      return absent;
    }
  }

  /** Returns {@link #name}. */
  @Override
  public final String toString() {
    return name();
  }
}
