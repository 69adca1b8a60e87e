package dev.wasmortem.dwarf.type;

import dev.wasmortem.bytes.Lazy;
import dev.wasmortem.dwarf.Attribute;
import dev.wasmortem.dwarf.Entry;
import dev.wasmortem.dwarf.EntryReader;
import dev.wasmortem.dwarf.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A struct, class, union or interface; an enum of Rust (§5.7). */
public final class RecordType extends Type {
  /** How deep packs of template parameters may lie in each other. */
  private static final int PACKS = 4;

  private final Entry entry;
  private final boolean declaration;
  private final Lazy<RecordType> definition;
  private final Lazy<Contents> contents;

  private record Contents(
      List<Member> members,
      List<Member> bases,
      List<Member> statics,
      List<VariantPart> variantParts,
      List<TemplateParameter> templateParameters) {}

  RecordType(Types types, Kind kind, EntryReader reader, String name) {
    super(types, kind, name, sizeOf(reader));
    this.entry = reader.entry();
    this.declaration = reader.flag(Attribute.DECLARATION);
    this.definition = new Lazy<>(() -> types.definition(this));
    this.contents =
        new Lazy<>(
            () ->
                read(
                    types,
                    entry,
                    new Contents(List.of(), List.of(), List.of(), List.of(), List.of()),
                    r -> contents(types, r)));
  }

  private static OptionalLong sizeOf(EntryReader reader) {
    long bytes = reader.number(Attribute.BYTE_SIZE, -1);
    return bytes < 0 ? OptionalLong.empty() : OptionalLong.of(bytes);
  }

  private static Contents contents(Types types, EntryReader reader) {
    Contents into =
        new Contents(
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>());
    for (boolean more = reader.firstChild(); more; more = reader.nextSibling()) {
      if (reader.is(Tag.MEMBER)) {
        boolean isStatic = reader.flag(Attribute.EXTERNAL) || reader.flag(Attribute.DECLARATION);
        (isStatic ? into.statics : into.members).add(new Member(types, reader));
      } else if (reader.is(Tag.VARIABLE)) {
        into.statics.add(new Member(types, reader));
      } else if (reader.is(Tag.INHERITANCE)) {
        into.bases.add(new Member(types, reader));
      } else if (reader.is(Tag.VARIANT_PART)) {
        into.variantParts.add(VariantPart.read(types, reader.entry()));
      } else {
        addTemplateParameters(types, reader, into.templateParameters, PACKS);
      }
    }
    return into;
  }

  /** Adds the parameter that {@code reader} stands on, or those of the pack. */
  private static void addTemplateParameters(
      Types types, EntryReader reader, List<TemplateParameter> into, int packs) {
    TemplateParameter parameter = TemplateParameter.read(types, reader);
    if (parameter != null) {
      into.add(parameter);
    } else if (reader.is(Tag.GNU_TEMPLATE_PARAMETER_PACK) && packs > 0) {
      EntryReader pack = reader.entry().read();
      boolean any = false;
      for (boolean more = pack.firstChild(); more; more = pack.nextSibling()) {
        any = true;
        addTemplateParameters(types, pack, into, packs - 1);
      }
      if (!any) {
        into.add(TemplateParameter.emptyPack(types, reader));
      }
    }
  }

  @Override
  public Optional<Entry> entry() {
    return Optional.of(entry);
  }

  /** Returns whether this only says that there is such a type, and not what it holds. */
  public boolean isDeclaration() {
    return declaration;
  }

  /**
   * Returns the definition that a declaration stands for: in its type unit, or the first of the
   * same name in any unit of the file. Itself, if it is no declaration or there is no definition.
   * The first declaration that is asked has all units read for the names of their types.
   */
  public RecordType definition() {
    return definition.get();
  }

  /** Returns the data members in their order, without static ones. */
  public List<Member> members() {
    return List.copyOf(contents.get().members);
  }

  /** Returns the base classes in their order. */
  public List<Member> bases() {
    return List.copyOf(contents.get().bases);
  }

  /** Returns the static data members. */
  public List<Member> staticMembers() {
    return List.copyOf(contents.get().statics);
  }

  /** Returns the parts that depend on a discriminant, as a Rust enum has one. */
  public List<VariantPart> variantParts() {
    return List.copyOf(contents.get().variantParts);
  }

  /** Returns the template parameters in their order, those of packs among them. */
  public List<TemplateParameter> templateParameters() {
    return List.copyOf(contents.get().templateParameters);
  }

  @Override
  OptionalLong size(int hops) {
    return declaration ? definition().ownSize() : ownSize();
  }
}
