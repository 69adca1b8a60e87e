package dev.wasmortem.dwarf;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a value of an entry says (§7.5.4, table 7.5), with the extensions of GNU, LLVM and Apple.
 * The one table of attributes.
 */
public enum Attribute {
  SIBLING(0x01),
  LOCATION(0x02),
  NAME(0x03),
  ORDERING(0x09),
  BYTE_SIZE(0x0b),
  BIT_OFFSET(0x0c),
  BIT_SIZE(0x0d),
  STMT_LIST(0x10),
  LOW_PC(0x11),
  HIGH_PC(0x12),
  LANGUAGE(0x13),
  DISCR(0x15),
  DISCR_VALUE(0x16),
  VISIBILITY(0x17),
  IMPORT(0x18),
  STRING_LENGTH(0x19),
  COMMON_REFERENCE(0x1a),
  COMP_DIR(0x1b),
  CONST_VALUE(0x1c),
  CONTAINING_TYPE(0x1d),
  DEFAULT_VALUE(0x1e),
  INLINE(0x20),
  IS_OPTIONAL(0x21),
  LOWER_BOUND(0x22),
  PRODUCER(0x25),
  PROTOTYPED(0x27),
  RETURN_ADDR(0x2a),
  START_SCOPE(0x2c),
  BIT_STRIDE(0x2e),
  UPPER_BOUND(0x2f),
  ABSTRACT_ORIGIN(0x31),
  ACCESSIBILITY(0x32),
  ADDRESS_CLASS(0x33),
  ARTIFICIAL(0x34),
  BASE_TYPES(0x35),
  CALLING_CONVENTION(0x36),
  COUNT(0x37),
  DATA_MEMBER_LOCATION(0x38),
  DECL_COLUMN(0x39),
  DECL_FILE(0x3a),
  DECL_LINE(0x3b),
  DECLARATION(0x3c),
  DISCR_LIST(0x3d),
  ENCODING(0x3e),
  EXTERNAL(0x3f),
  FRAME_BASE(0x40),
  FRIEND(0x41),
  IDENTIFIER_CASE(0x42),
  MACRO_INFO(0x43),
  NAMELIST_ITEM(0x44),
  PRIORITY(0x45),
  SEGMENT(0x46),
  SPECIFICATION(0x47),
  STATIC_LINK(0x48),
  TYPE(0x49),
  USE_LOCATION(0x4a),
  VARIABLE_PARAMETER(0x4b),
  VIRTUALITY(0x4c),
  VTABLE_ELEM_LOCATION(0x4d),
  ALLOCATED(0x4e),
  ASSOCIATED(0x4f),
  DATA_LOCATION(0x50),
  BYTE_STRIDE(0x51),
  ENTRY_PC(0x52),
  USE_UTF8(0x53, "DW_AT_use_UTF8"),
  EXTENSION(0x54),
  RANGES(0x55),
  TRAMPOLINE(0x56),
  CALL_COLUMN(0x57),
  CALL_FILE(0x58),
  CALL_LINE(0x59),
  DESCRIPTION(0x5a),
  BINARY_SCALE(0x5b),
  DECIMAL_SCALE(0x5c),
  SMALL(0x5d),
  DECIMAL_SIGN(0x5e),
  DIGIT_COUNT(0x5f),
  PICTURE_STRING(0x60),
  MUTABLE(0x61),
  THREADS_SCALED(0x62),
  EXPLICIT(0x63),
  OBJECT_POINTER(0x64),
  ENDIANITY(0x65),
  ELEMENTAL(0x66),
  PURE(0x67),
  RECURSIVE(0x68),
  SIGNATURE(0x69),
  MAIN_SUBPROGRAM(0x6a),
  DATA_BIT_OFFSET(0x6b),
  CONST_EXPR(0x6c),
  ENUM_CLASS(0x6d),
  LINKAGE_NAME(0x6e),
  STRING_LENGTH_BIT_SIZE(0x6f),
  STRING_LENGTH_BYTE_SIZE(0x70),
  RANK(0x71),
  STR_OFFSETS_BASE(0x72),
  ADDR_BASE(0x73),
  RNGLISTS_BASE(0x74),
  DWO_NAME(0x76),
  REFERENCE(0x77),
  RVALUE_REFERENCE(0x78),
  MACROS(0x79),
  CALL_ALL_CALLS(0x7a),
  CALL_ALL_SOURCE_CALLS(0x7b),
  CALL_ALL_TAIL_CALLS(0x7c),
  CALL_RETURN_PC(0x7d),
  CALL_VALUE(0x7e),
  CALL_ORIGIN(0x7f),
  CALL_PARAMETER(0x80),
  CALL_PC(0x81),
  CALL_TAIL_CALL(0x82),
  CALL_TARGET(0x83),
  CALL_TARGET_CLOBBERED(0x84),
  CALL_DATA_LOCATION(0x85),
  CALL_DATA_VALUE(0x86),
  NORETURN(0x87),
  ALIGNMENT(0x88),
  EXPORT_SYMBOLS(0x89),
  DELETED(0x8a),
  DEFAULTED(0x8b),
  LOCLISTS_BASE(0x8c),
  LANGUAGE_NAME(0x90),
  LANGUAGE_VERSION(0x91),
  MIPS_LINKAGE_NAME(0x2007, "DW_AT_MIPS_linkage_name"),
  GNU_VECTOR(0x2107, "DW_AT_GNU_vector"),
  GNU_TEMPLATE_NAME(0x2110, "DW_AT_GNU_template_name"),
  GNU_CALL_SITE_VALUE(0x2111, "DW_AT_GNU_call_site_value"),
  GNU_CALL_SITE_DATA_VALUE(0x2112, "DW_AT_GNU_call_site_data_value"),
  GNU_CALL_SITE_TARGET(0x2113, "DW_AT_GNU_call_site_target"),
  GNU_CALL_SITE_TARGET_CLOBBERED(0x2114, "DW_AT_GNU_call_site_target_clobbered"),
  GNU_TAIL_CALL(0x2115, "DW_AT_GNU_tail_call"),
  GNU_ALL_TAIL_CALL_SITES(0x2116, "DW_AT_GNU_all_tail_call_sites"),
  GNU_ALL_CALL_SITES(0x2117, "DW_AT_GNU_all_call_sites"),
  GNU_ALL_SOURCE_CALL_SITES(0x2118, "DW_AT_GNU_all_source_call_sites"),
  GNU_MACROS(0x2119, "DW_AT_GNU_macros"),
  GNU_DELETED(0x211a, "DW_AT_GNU_deleted"),
  GNU_DWO_NAME(0x2130, "DW_AT_GNU_dwo_name"),
  GNU_DWO_ID(0x2131, "DW_AT_GNU_dwo_id"),
  GNU_RANGES_BASE(0x2132, "DW_AT_GNU_ranges_base"),
  GNU_ADDR_BASE(0x2133, "DW_AT_GNU_addr_base"),
  GNU_PUBNAMES(0x2134, "DW_AT_GNU_pubnames"),
  GNU_PUBTYPES(0x2135, "DW_AT_GNU_pubtypes"),
  GNU_DISCRIMINATOR(0x2136, "DW_AT_GNU_discriminator"),
  GNU_LOCVIEWS(0x2137, "DW_AT_GNU_locviews"),
  GNU_ENTRY_VIEW(0x2138, "DW_AT_GNU_entry_view"),
  LLVM_INCLUDE_PATH(0x3e00, "DW_AT_LLVM_include_path"),
  LLVM_CONFIG_MACROS(0x3e01, "DW_AT_LLVM_config_macros"),
  LLVM_SYSROOT(0x3e02, "DW_AT_LLVM_sysroot"),
  LLVM_TAG_OFFSET(0x3e03, "DW_AT_LLVM_tag_offset"),
  LLVM_APINOTES(0x3e07, "DW_AT_LLVM_apinotes"),
  LLVM_ACTIVE_LANE(0x3e08, "DW_AT_LLVM_active_lane"),
  LLVM_AUGMENTATION(0x3e09, "DW_AT_LLVM_augmentation"),
  LLVM_STMT_SEQUENCE(0x3e0b, "DW_AT_LLVM_stmt_sequence"),
  APPLE_OPTIMIZED(0x3fe1, "DW_AT_APPLE_optimized"),
  APPLE_FLAGS(0x3fe2, "DW_AT_APPLE_flags"),
  APPLE_ISA(0x3fe3, "DW_AT_APPLE_isa"),
  APPLE_BLOCK(0x3fe4, "DW_AT_APPLE_block"),
  APPLE_MAJOR_RUNTIME_VERSION(0x3fe5, "DW_AT_APPLE_major_runtime_vers"),
  APPLE_RUNTIME_CLASS(0x3fe6, "DW_AT_APPLE_runtime_class"),
  APPLE_OMIT_FRAME_POINTER(0x3fe7, "DW_AT_APPLE_omit_frame_ptr"),
  APPLE_PROPERTY(0x3fed, "DW_AT_APPLE_property"),
  APPLE_OBJC_DIRECT(0x3fee, "DW_AT_APPLE_objc_direct"),
  APPLE_SDK(0x3fef, "DW_AT_APPLE_sdk"),
  APPLE_ORIGIN(0x3ff0, "DW_AT_APPLE_origin");

  private static final @Nullable Attribute[] STANDARD = new Attribute[0x92];
  private static final Map<Integer, Attribute> EXTENSIONS = new HashMap<>();

  static {
    for (Attribute attribute : values()) {
      if (attribute.code < STANDARD.length) {
        STANDARD[attribute.code] = attribute;
      } else {
        EXTENSIONS.put(attribute.code, attribute);
      }
    }
  }

  private final int code;
  private final @Nullable String vendorsName;

  Attribute(int code) {
    this.code = code;
    this.vendorsName = null;
  }

  Attribute(int code, String vendorsName) {
    this.code = code;
    this.vendorsName = vendorsName;
  }

  /** Returns the attribute of a code, or null when this table has none. */
  static @Nullable Attribute find(int code) {
    return code >= 0 && code < STANDARD.length ? STANDARD[code] : EXTENSIONS.get(code);
  }

  /** Returns the name of a code, {@code DW_AT_0x…} for one that this table does not have. */
  public static String name(int code) {
    Attribute known = find(code);
    return known == null ? "DW_AT_0x" + Integer.toHexString(code) : known.toString();
  }

  /** Returns the number that stands for it in the bytes. */
  public int code() {
    return code;
  }

  /** Returns the name as the specification or the vendor writes it, as {@code DW_AT_low_pc}. */
  @Override
  public String toString() {
    return vendorsName != null ? vendorsName : "DW_AT_" + name().toLowerCase(Locale.ROOT);
  }
}
