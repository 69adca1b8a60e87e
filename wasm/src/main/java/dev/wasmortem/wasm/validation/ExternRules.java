package dev.wasmortem.wasm.validation;

import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.bytes.Location;
import dev.wasmortem.wasm.types.AddressType;
import dev.wasmortem.wasm.types.CompositeType;
import dev.wasmortem.wasm.types.ExternType;
import dev.wasmortem.wasm.types.GlobalType;
import dev.wasmortem.wasm.types.MemoryType;
import dev.wasmortem.wasm.types.SizeLimits;
import dev.wasmortem.wasm.types.TableType;
import dev.wasmortem.wasm.types.ValueType;

/**
 * The types of what is imported and defined (§3.2.13 to §3.2.17; shared memories: proposal threads;
 * page sizes: proposal custom page sizes).
 */
final class ExternRules {
  private static final int BYTE_PAGES_LOG2 = 0;

  private final TypeSpace types;

  /** Whether tags may give something back, which they may where continuations are suspended. */
  private final boolean suspends;

  ExternRules(TypeSpace types) {
    this.types = types;
    this.suspends = types.has(CompositeType.Kind.CONT);
  }

  /**
   * Checks a type.
   *
   * @param what whose type it is, for errors
   */
  void check(ExternType type, String what, Location location) {
    switch (type.kind()) {
      case FUNCTION -> function(((ExternType.Function) type).typeIndex(), what, location);
      case TABLE -> {
        TableType table = (TableType) type;
        value(table.element(), what, location);
        size(table.limits(), -1, what, location);
      }
      case MEMORY -> memory((MemoryType) type, what, location);
      case GLOBAL -> value(((GlobalType) type).type(), what, location);
      case TAG -> {
        TypeSpace.Signature tag = function(((ExternType.Tag) type).typeIndex(), what, location);
        if (tag.results.length > 0 && !suspends) {
          throw error("non-empty tag result type", what, location);
        }
      }
    }
  }

  TypeSpace.Signature function(int index, String what, Location location) {
    TypeSpace.Signature function = types.function(index);
    if (function == null) {
      String problem =
          types.composite(index) == null ? "unknown type " : "not a function type: type ";
      throw error(problem + index, what, location);
    }
    return function;
  }

  void value(ValueType type, String what, Location location) {
    int code = TypeCode.of(type);
    if (TypeCode.isReference(code)
        && (code & TypeCode.ABSTRACT) == 0
        && types.composite(TypeCode.index(code)) == null) {
      throw error("unknown type " + TypeCode.index(code), what, location);
    }
  }

  private void memory(MemoryType type, String what, Location location) {
    int log2 = type.pageSizeLog2();
    if (log2 != MemoryType.DEFAULT_PAGE_SIZE_LOG2 && log2 != BYTE_PAGES_LOG2) {
      throw error("invalid custom page size", what, location);
    }
    int bits = (type.addressType() == AddressType.I64 ? 64 : 32) - log2;
    size(type.limits(), bits == 64 ? -1 : 1L << bits, what, location);
    if (type.sharing() == MemoryType.Sharing.SHARED && type.limits().max().isEmpty()) {
      throw error("shared memory must have a maximum", what, location);
    }
  }

  private static void size(SizeLimits limits, long most, String what, Location location) {
    long max = limits.max().orElse(limits.min());
    if (Long.compareUnsigned(limits.min(), max) > 0) {
      throw error("size minimum must not be greater than maximum", what, location);
    }
    if (Long.compareUnsigned(max, most) > 0) {
      throw error("memory size must be at most " + most + " pages, is " + limits, what, location);
    }
  }

  private static FormatException error(String problem, String what, Location location) {
    return new FormatException.Malformed(what + ": " + problem, location);
  }
}
