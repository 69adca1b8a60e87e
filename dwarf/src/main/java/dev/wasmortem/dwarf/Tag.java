package dev.wasmortem.dwarf;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an entry describes (§7.5.1, table 7.3), with the extensions of GNU, LLVM and Apple. The one
 * table of tags.
 */
public enum Tag {
  ARRAY_TYPE(0x01),
  CLASS_TYPE(0x02),
  ENTRY_POINT(0x03),
  ENUMERATION_TYPE(0x04),
  FORMAL_PARAMETER(0x05),
  IMPORTED_DECLARATION(0x08),
  LABEL(0x0a),
  LEXICAL_BLOCK(0x0b),
  MEMBER(0x0d),
  POINTER_TYPE(0x0f),
  REFERENCE_TYPE(0x10),
  COMPILE_UNIT(0x11),
  STRING_TYPE(0x12),
  STRUCTURE_TYPE(0x13),
  SUBROUTINE_TYPE(0x15),
  TYPEDEF(0x16),
  UNION_TYPE(0x17),
  UNSPECIFIED_PARAMETERS(0x18),
  VARIANT(0x19),
  COMMON_BLOCK(0x1a),
  COMMON_INCLUSION(0x1b),
  INHERITANCE(0x1c),
  INLINED_SUBROUTINE(0x1d),
  MODULE(0x1e),
  PTR_TO_MEMBER_TYPE(0x1f),
  SET_TYPE(0x20),
  SUBRANGE_TYPE(0x21),
  WITH_STMT(0x22),
  ACCESS_DECLARATION(0x23),
  BASE_TYPE(0x24),
  CATCH_BLOCK(0x25),
  CONST_TYPE(0x26),
  CONSTANT(0x27),
  ENUMERATOR(0x28),
  FILE_TYPE(0x29),
  FRIEND(0x2a),
  NAMELIST(0x2b),
  NAMELIST_ITEM(0x2c),
  PACKED_TYPE(0x2d),
  SUBPROGRAM(0x2e),
  TEMPLATE_TYPE_PARAMETER(0x2f),
  TEMPLATE_VALUE_PARAMETER(0x30),
  THROWN_TYPE(0x31),
  TRY_BLOCK(0x32),
  VARIANT_PART(0x33),
  VARIABLE(0x34),
  VOLATILE_TYPE(0x35),
  DWARF_PROCEDURE(0x36),
  RESTRICT_TYPE(0x37),
  INTERFACE_TYPE(0x38),
  NAMESPACE(0x39),
  IMPORTED_MODULE(0x3a),
  UNSPECIFIED_TYPE(0x3b),
  PARTIAL_UNIT(0x3c),
  IMPORTED_UNIT(0x3d),
  CONDITION(0x3f),
  SHARED_TYPE(0x40),
  TYPE_UNIT(0x41),
  RVALUE_REFERENCE_TYPE(0x42),
  TEMPLATE_ALIAS(0x43),
  COARRAY_TYPE(0x44),
  GENERIC_SUBRANGE(0x45),
  DYNAMIC_TYPE(0x46),
  ATOMIC_TYPE(0x47),
  CALL_SITE(0x48),
  CALL_SITE_PARAMETER(0x49),
  SKELETON_UNIT(0x4a),
  IMMUTABLE_TYPE(0x4b),
  MIPS_LOOP(0x4081, "DW_TAG_MIPS_loop"),
  FORMAT_LABEL(0x4101, "DW_TAG_format_label"),
  FUNCTION_TEMPLATE(0x4102, "DW_TAG_function_template"),
  CLASS_TEMPLATE(0x4103, "DW_TAG_class_template"),
  GNU_BINCL(0x4104, "DW_TAG_GNU_BINCL"),
  GNU_EINCL(0x4105, "DW_TAG_GNU_EINCL"),
  GNU_TEMPLATE_TEMPLATE_PARAMETER(0x4106, "DW_TAG_GNU_template_template_param"),
  GNU_TEMPLATE_PARAMETER_PACK(0x4107, "DW_TAG_GNU_template_parameter_pack"),
  GNU_FORMAL_PARAMETER_PACK(0x4108, "DW_TAG_GNU_formal_parameter_pack"),
  GNU_CALL_SITE(0x4109, "DW_TAG_GNU_call_site"),
  GNU_CALL_SITE_PARAMETER(0x410a, "DW_TAG_GNU_call_site_parameter"),
  APPLE_PROPERTY(0x4200, "DW_TAG_APPLE_property"),
  LLVM_PTRAUTH_TYPE(0x4300, "DW_TAG_LLVM_ptrauth_type"),
  LLVM_ANNOTATION(0x6000, "DW_TAG_LLVM_annotation");

  private static final @Nullable Tag[] STANDARD = new Tag[0x4c];
  private static final Map<Integer, Tag> EXTENSIONS = new HashMap<>();

  static {
    for (Tag tag : values()) {
      if (tag.code < STANDARD.length) {
        STANDARD[tag.code] = tag;
      } else {
        EXTENSIONS.put(tag.code, tag);
      }
    }
  }

  private final int code;
  private final @Nullable String vendorsName;

  Tag(int code) {
    this.code = code;
    this.vendorsName = null;
  }

  Tag(int code, String vendorsName) {
    this.code = code;
    this.vendorsName = vendorsName;
  }

  /** Returns the tag of a code, or null when this table has none. */
  static @Nullable Tag find(int code) {
    return code >= 0 && code < STANDARD.length ? STANDARD[code] : EXTENSIONS.get(code);
  }

  /** Returns the name of a code, {@code DW_TAG_0x…} for one that this table does not have. */
  public static String name(int code) {
    Tag known = find(code);
    return known == null ? "DW_TAG_0x" + Integer.toHexString(code) : known.toString();
  }

  /** Returns the number that stands for it in the bytes. */
  public int code() {
    return code;
  }

  /**
   * Returns the name as the specification or the vendor writes it, as {@code DW_TAG_subprogram}.
   */
  @Override
  public String toString() {
    return vendorsName != null ? vendorsName : "DW_TAG_" + name().toLowerCase(Locale.ROOT);
  }
}
