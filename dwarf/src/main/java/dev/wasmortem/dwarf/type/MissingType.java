package dev.wasmortem.dwarf.type;

import dev.wasmortem.dwarf.Entry;
import java.util.Optional;
import java.util.OptionalLong;

/** No type: nothing where a type could be, or one that cannot be told. */
public final class MissingType extends Type {
  private final String words;

  MissingType(Types types, Kind kind, String words) {
    super(types, kind, kind == Kind.VOID ? "void" : "", OptionalLong.empty());
    this.words = words;
  }

  /** Returns why the type cannot be told, for a person; of {@link Type.Kind#VOID}, nothing. */
  public String words() {
    return words;
  }

  @Override
  public Optional<Entry> entry() {
    return Optional.empty();
  }
}
