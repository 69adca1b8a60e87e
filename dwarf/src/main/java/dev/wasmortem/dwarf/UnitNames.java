package dev.wasmortem.dwarf;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Cursor;
import dev.wasmortem.bytes.FormatException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The names of one unit's entries as {@code .debug_names} would have them (§6.1.1.1): of functions
 * with code, inlined or not, labels, variables with storage of their own, types and namespaces,
 * wherever they stand, without declarations. Linkage names are names; those of variables, too, and
 * what other names import, as compilers do.
 */
final class UnitNames {
  private static final String ANONYMOUS = "(anonymous namespace)";

  private final Map<String, List<Entry>> entries = new HashMap<>();

  /** By the entry that was referred to: what is inlined often has one origin many times. */
  private final Map<Entry, FunctionTable.FunctionNames> origins = new HashMap<>();

  private UnitNames() {}

  /** Walks over a unit; what stands before damage is kept, and that is reported. */
  static UnitNames of(Unit unit) {
    UnitNames names = new UnitNames();
    try {
      EntryReader reader = unit.root().read();
      while (reader.next()) {
        names.add(reader);
      }
    } catch (FormatException e) {
      unit.file().report("dwarf-unit-damaged", e);
    }
    names.origins.clear();
    return names;
  }

  /** Returns the entries of a name in their order. */
  List<Entry> named(String name) {
    return entries.getOrDefault(name, List.of());
  }

  private void add(EntryReader reader) {
    Optional<Tag> tag = reader.knownTag();
    if (tag.isEmpty() || !isIndexed(tag.get(), reader) || reader.flag(Attribute.DECLARATION)) {
      return;
    }
    String name = reader.text(Attribute.NAME).orElse("");
    String linkageName =
        reader
            .text(Attribute.LINKAGE_NAME)
            .or(() -> reader.text(Attribute.MIPS_LINKAGE_NAME))
            .orElse("");
    Optional<Entry> origin =
        reader
            .reference(Attribute.ABSTRACT_ORIGIN)
            .or(() -> reader.reference(Attribute.SPECIFICATION));
    if (origin.isPresent() && (name.isEmpty() || linkageName.isEmpty())) {
      FunctionTable.FunctionNames inherited =
          origins.computeIfAbsent(origin.get(), UnitNames::inherited);
      name = name.isEmpty() ? inherited.name() : name;
      linkageName = linkageName.isEmpty() ? inherited.linkageName() : linkageName;
    }
    if (name.isEmpty() && tag.get() == Tag.NAMESPACE) {
      name = ANONYMOUS;
    }
    // Thunks and other functions of the compiler's have a linkage name only.
    if (!name.isEmpty()) {
      add(name, reader);
    }
    if (!linkageName.isEmpty() && !linkageName.equals(name) && !isType(tag.get())) {
      add(linkageName, reader);
    }
  }

  /** Returns the names of what an entry refers to; where that is damaged, none. */
  private static FunctionTable.FunctionNames inherited(Entry origin) {
    try {
      return Origins.names(origin);
    } catch (FormatException e) {
      origin.unit().file().report("dwarf-unit-damaged", e);
      return new FunctionTable.FunctionNames("", "");
    }
  }

  private void add(String name, EntryReader reader) {
    entries.computeIfAbsent(name, n -> new ArrayList<>(1)).add(reader.entry());
  }

  private static boolean isIndexed(Tag tag, EntryReader reader) {
    return switch (tag) {
      case SUBPROGRAM, INLINED_SUBROUTINE, LABEL ->
          reader.has(Attribute.LOW_PC)
              || reader.has(Attribute.HIGH_PC)
              || reader.has(Attribute.RANGES)
              || reader.has(Attribute.ENTRY_PC);
      case VARIABLE -> reader.block(Attribute.LOCATION).map(UnitNames::isStatic).orElse(false);
      case NAMESPACE, IMPORTED_DECLARATION -> true;
      default -> isType(tag);
    };
  }

  private static boolean isType(Tag tag) {
    return switch (tag) {
      case ARRAY_TYPE,
          ATOMIC_TYPE,
          BASE_TYPE,
          CLASS_TYPE,
          COARRAY_TYPE,
          CONST_TYPE,
          DYNAMIC_TYPE,
          ENUMERATION_TYPE,
          FILE_TYPE,
          IMMUTABLE_TYPE,
          INTERFACE_TYPE,
          PACKED_TYPE,
          POINTER_TYPE,
          PTR_TO_MEMBER_TYPE,
          REFERENCE_TYPE,
          RESTRICT_TYPE,
          RVALUE_REFERENCE_TYPE,
          SET_TYPE,
          SHARED_TYPE,
          STRING_TYPE,
          STRUCTURE_TYPE,
          SUBRANGE_TYPE,
          SUBROUTINE_TYPE,
          TEMPLATE_ALIAS,
          TYPEDEF,
          UNION_TYPE,
          UNSPECIFIED_TYPE,
          VOLATILE_TYPE ->
          true;
      default -> false;
    };
  }

  /**
   * Returns whether a location is in static or thread-local storage: it has {@code DW_OP_addr},
   * {@code DW_OP_addrx} or {@code DW_OP_form_tls_address}, alone or behind what pushes constants or
   * bases. No compiler writes others.
   */
  private static boolean isStatic(ByteSource location) {
    Cursor cursor = location.cursor().in("debug_info.location");
    while (!cursor.atEnd()) {
      int code = cursor.u8();
      switch (code) {
        case 0x03, 0xa1, 0xfb, 0x9b, 0xe0 -> {
          return true;
        }
        case 0x08, 0x09 -> cursor.skip(1);
        case 0x0a, 0x0b -> cursor.skip(2);
        case 0x0c, 0x0d -> cursor.skip(4);
        case 0x0e, 0x0f -> cursor.skip(8);
        case 0x10, 0x11, 0xa2, 0xfc -> Form.skipLeb(cursor);
        case 0xed -> {
          // DW_OP_WASM_location: what, and its index, which linkers patch where that is 3.
          if (cursor.u8() == 3) {
            cursor.skip(4);
          } else {
            Form.skipLeb(cursor);
          }
        }
        default -> {
          return false;
        }
      }
    }
    return false;
  }
}
