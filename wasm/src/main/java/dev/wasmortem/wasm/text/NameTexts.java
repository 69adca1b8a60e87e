package dev.wasmortem.wasm.text;

import dev.wasmortem.bytes.Printable;
import dev.wasmortem.wasm.NameMap;
import dev.wasmortem.wasm.NameSection;
import dev.wasmortem.wasm.WasmModule;
import dev.wasmortem.wasm.code.IndexSpace;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Names of a module as identifiers of the text format, each made once and cut when it is long: one
 * name may stand in many lines.
 */
final class NameTexts {
  private static final int MAX_LENGTH = 200;
  private static final String PUNCTUATION = "!#$%&'*+-./:<=>?@\\^_`|~";

  private final WasmModule module;
  private final Disassembler.Names names;
  private final Map<IndexSpace, Map<Integer, String>> known = new EnumMap<>(IndexSpace.class);
  private final Map<Integer, NameMap> fields = new HashMap<>();

  NameTexts(WasmModule module, Disassembler.Names names) {
    this.module = module;
    this.names = names;
  }

  /** Returns {@code $name (;7;)}, or the index alone if there is no name. */
  String of(IndexSpace space, int index) {
    if (names == Disassembler.Names.INDICES) {
      return Integer.toString(index);
    }
    return known
        .computeIfAbsent(space, key -> new HashMap<>())
        .computeIfAbsent(index, key -> text(lookUp(space, index), index));
  }

  private Optional<String> lookUp(IndexSpace space, int index) {
    return switch (space) {
      case FUNCTION -> module.functionName(index);
      case TYPE -> module.names().names(NameSection.Space.TYPE).get(index);
      case TABLE -> module.names().names(NameSection.Space.TABLE).get(index);
      case MEMORY -> module.names().names(NameSection.Space.MEMORY).get(index);
      case GLOBAL -> module.names().names(NameSection.Space.GLOBAL).get(index);
      case TAG -> module.names().names(NameSection.Space.TAG).get(index);
      case ELEMENT -> module.names().names(NameSection.Space.ELEMENT).get(index);
      case DATA -> module.names().names(NameSection.Space.DATA).get(index);
      case LOCAL, LABEL, FIELD -> Optional.empty(); // named within a function or a type
    };
  }

  /** Returns a field's name, or its index. */
  String field(int typeIndex, int index) {
    if (names == Disassembler.Names.INDICES) {
      return Integer.toString(index);
    }
    NameMap map =
        fields.computeIfAbsent(
            typeIndex, type -> module.names().names(NameSection.InnerSpace.FIELD, type));
    return text(map.get(index), index);
  }

  /** Returns the names of a function's locals. */
  Inner locals(int functionIndex) {
    return new Inner(NameSection.InnerSpace.LOCAL, functionIndex);
  }

  /** Returns the names of a function's labels, counted in the order of their blocks. */
  Inner labels(int functionIndex) {
    return new Inner(NameSection.InnerSpace.LABEL, functionIndex);
  }

  /** Names within a function. */
  final class Inner {
    private final NameMap map;
    private final Map<Integer, Optional<String>> known = new HashMap<>();

    private Inner(NameSection.InnerSpace space, int functionIndex) {
      map = module.names().names(space, names == Disassembler.Names.INDICES ? -1 : functionIndex);
    }

    /** Returns {@code $name}, if there is a name. */
    Optional<String> identifier(int index) {
      return known.computeIfAbsent(index, key -> map.get(key).map(NameTexts::identifier));
    }

    /** Returns {@code $name (;7;)}, or the index alone if there is no name. */
    String of(int index) {
      return identifier(index)
          .map(identifier -> identifier + " (;" + index + ";)")
          .orElseGet(() -> Integer.toString(index));
    }
  }

  private static String text(Optional<String> name, int index) {
    return name.map(verbatim -> identifier(verbatim) + " (;" + index + ";)")
        .orElseGet(() -> Integer.toString(index));
  }

  /** Returns {@code $name}, or {@code $"a name"} where an identifier cannot be without quotes. */
  static String identifier(String name) {
    String cut = name;
    if (name.length() > MAX_LENGTH) {
      int end = Character.isHighSurrogate(name.charAt(MAX_LENGTH - 1)) ? 1 : 0;
      cut = name.substring(0, MAX_LENGTH - end) + "…";
    }
    return isPlain(cut)
        ? "$" + cut
        : "$\"" + Printable.escape(cut.replace("\\", "\\\\").replace("\"", "\\\"")) + "\"";
  }

  private static boolean isPlain(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!letter && PUNCTUATION.indexOf(c) < 0) {
        return false;
      }
    }
    return !name.isEmpty();
  }
}
