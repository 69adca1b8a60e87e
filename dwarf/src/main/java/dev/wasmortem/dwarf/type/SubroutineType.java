package dev.wasmortem.dwarf.type;

import dev.wasmortem.bytes.Lazy;
import dev.wasmortem.dwarf.Attribute;
import dev.wasmortem.dwarf.Entry;
import dev.wasmortem.dwarf.EntryReader;
import dev.wasmortem.dwarf.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The type of a function (§5.8). */
public final class SubroutineType extends Type {
  private final Entry entry;
  private final TypeReference result;
  private final String reference;
  private final Lazy<Parameters> parameters;

  /**
   * What a function takes.
   *
   * @param references the types in their order
   * @param artificial how many of the first the source does not have, as {@code this}
   * @param variadic whether more may follow
   */
  private record Parameters(List<TypeReference> references, int artificial, boolean variadic) {}

  SubroutineType(Types types, EntryReader reader) {
    super(types, Kind.SUBROUTINE, reader);
    this.entry = reader.entry();
    this.result = TypeReference.of(types, reader);
    this.reference =
        reader.flag(Attribute.REFERENCE)
            ? " &"
            : reader.flag(Attribute.RVALUE_REFERENCE) ? " &&" : "";
    this.parameters =
        new Lazy<>(
            () ->
                read(types, entry, new Parameters(List.of(), 0, false), r -> parameters(types, r)));
  }

  private static Parameters parameters(Types types, EntryReader reader) {
    List<TypeReference> all = new ArrayList<>();
    int artificial = 0;
    boolean variadic = false;
    for (boolean more = reader.firstChild(); more; more = reader.nextSibling()) {
      if (reader.is(Tag.FORMAL_PARAMETER)) {
        if (artificial == all.size() && reader.flag(Attribute.ARTIFICIAL)) {
          artificial++;
        }
        all.add(TypeReference.of(types, reader));
      } else if (reader.is(Tag.UNSPECIFIED_PARAMETERS)) {
        variadic = true;
      }
    }
    return new Parameters(List.copyOf(all), artificial, variadic);
  }

  @Override
  public Optional<Entry> entry() {
    return Optional.of(entry);
  }

  /** Returns the type of what it returns; of kind {@link Type.Kind#VOID} if nothing. */
  public Type result() {
    return result.get();
  }

  /** Returns the types of its parameters. */
  public List<Type> parameters() {
    return parameters.get().references().stream().map(TypeReference::get).toList();
  }

  /** Returns how many of the first parameters the source does not have, as {@code this}. */
  public int artificialParameters() {
    return parameters.get().artificial();
  }

  /** Returns whether more parameters may follow. */
  public boolean isVariadic() {
    return parameters.get().variadic();
  }

  /** Returns what a member function's name ends with: the reference it binds to. */
  String referenceSuffix() {
    return reference;
  }
}
