package dev.wasmortem.wasm;

import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The kinds of sections (§5.5.2). */
public enum SectionId {
  CUSTOM(0),
  TYPE(1),
  IMPORT(2),
  FUNCTION(3),
  TABLE(4),
  MEMORY(5),
  GLOBAL(6),
  EXPORT(7),
  START(8),
  ELEMENT(9),
  CODE(10),
  DATA(11),
  DATA_COUNT(12),
  TAG(13);

  private static final SectionId[] BY_CODE = values();

  /** The order in a module (§5.5.16); custom sections may stand anywhere. */
  private static final List<SectionId> ORDER =
      List.of(
          TYPE,
          IMPORT,
          FUNCTION,
          TABLE,
          MEMORY,
          TAG,
          GLOBAL,
          EXPORT,
          START,
          ELEMENT,
          DATA_COUNT,
          CODE,
          DATA);

  private final int code;

  SectionId(int code) {
    this.code = code;
  }

  static @Nullable SectionId ofCode(int code) {
    return code < BY_CODE.length ? BY_CODE[code] : null;
  }

  /** Returns the byte that stands for the kind. */
  public int code() {
    return code;
  }

  /** Returns the place in the order that the format asks for; none for custom sections. */
  public OptionalInt place() {
    return this == CUSTOM ? OptionalInt.empty() : OptionalInt.of(ORDER.indexOf(this));
  }
}
