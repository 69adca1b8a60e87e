package dev.wasmortem.wasm.validation;

import dev.wasmortem.wasm.types.AbstractHeapType;
import dev.wasmortem.wasm.types.CompositeType;
import dev.wasmortem.wasm.types.FuncType;
import dev.wasmortem.wasm.types.RecType;
import dev.wasmortem.wasm.types.SubType;
import dev.wasmortem.wasm.types.TypeLimits;
import dev.wasmortem.wasm.types.ValueType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A module's types, and which matches which (§3.3). Immutable. */
final class TypeSpace {
  private static final int[] NOTHING = {};

  private final List<SubType> types;
  private final @Nullable Signature[] functions;
  private final int[] canonical;

  /** A function type's operands as type codes. */
  static final class Signature {
    final int[] parameters;
    final int[] results;

    Signature(int[] parameters, int[] results) {
      this.parameters = parameters;
      this.results = results;
    }
  }

  TypeSpace(List<RecType> groups, List<SubType> types) {
    this.types = types;
    this.functions = new @Nullable Signature[types.size()];
    for (int i = 0; i < functions.length; i++) {
      if (types.get(i).composite() instanceof FuncType type) {
        functions[i] = new Signature(codes(type.parameters()), codes(type.results()));
      }
    }
    this.canonical = CanonicalTypes.of(groups);
  }

  static int[] codes(List<ValueType> types) {
    if (types.isEmpty()) {
      return NOTHING;
    }
    int[] codes = new int[types.size()];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = TypeCode.of(types.get(i));
    }
    return codes;
  }

  /** Returns the function type of an index; null if there is none. */
  @Nullable Signature function(int index) {
    return index >= 0 && index < functions.length ? functions[index] : null;
  }

  /** Returns the type of an index; null if there is none. */
  @Nullable CompositeType composite(int index) {
    return index >= 0 && index < types.size() ? types.get(index).composite() : null;
  }

  /** Returns whether any type is of a kind. */
  boolean has(CompositeType.Kind kind) {
    for (SubType type : types) {
      if (type.composite().kind() == kind) {
        return true;
      }
    }
    return false;
  }

  boolean matches(int[] subs, int[] supers) {
    if (subs.length != supers.length) {
      return false;
    }
    for (int i = 0; i < subs.length; i++) {
      if (!matches(subs[i], supers[i])) {
        return false;
      }
    }
    return true;
  }

  /** Returns whether an operand of type {@code sub} may stand where {@code sup} is wanted. */
  boolean matches(int sub, int sup) {
    if (sub == sup || sub == TypeCode.UNKNOWN || sup == TypeCode.UNKNOWN) {
      return true;
    }
    if (!TypeCode.isReference(sub) || !TypeCode.isReference(sup)) {
      return false;
    }
    if ((sub & TypeCode.NULL) != 0 && (sup & TypeCode.NULL) == 0) {
      return false;
    }
    return heapMatches(sub & TypeCode.HEAP, sup & TypeCode.HEAP);
  }

  boolean heapMatches(int sub, int sup) {
    if (sub == sup || sub == TypeCode.BOTTOM) {
      return true;
    }
    if (TypeCode.isAbstract(sup)) {
      return sup != TypeCode.BOTTOM && below(sub, AbstractHeapType.of(sup & 0xff).orElseThrow());
    }
    return TypeCode.isAbstract(sub)
        ? sub == bottomOf(sup)
        : extendsType(TypeCode.index(sub), TypeCode.index(sup));
  }

  private boolean below(int sub, AbstractHeapType sup) {
    AbstractHeapType type = TypeCode.isAbstract(sub) ? abstractOf(sub) : kindOf(sub);
    if (type == null) {
      return false;
    }
    return switch (sup) {
      case ANY ->
          switch (type) {
            case ANY, EQ, I31, STRUCT, ARRAY, NONE -> true;
            default -> false;
          };
      case EQ ->
          switch (type) {
            case EQ, I31, STRUCT, ARRAY, NONE -> true;
            default -> false;
          };
      case I31, STRUCT, ARRAY -> type == sup || type == AbstractHeapType.NONE;
      case FUNC -> type == sup || type == AbstractHeapType.NOFUNC;
      case EXTERN -> type == sup || type == AbstractHeapType.NOEXTERN;
      case EXN -> type == sup || type == AbstractHeapType.NOEXN;
      case CONT -> type == sup || type == AbstractHeapType.NOCONT;
      case NONE, NOFUNC, NOEXTERN, NOEXN, NOCONT -> TypeCode.isAbstract(sub) && type == sup;
    };
  }

  private static AbstractHeapType abstractOf(int heap) {
    return AbstractHeapType.of(heap & 0xff).orElseThrow();
  }

  /** Returns the abstract type right above a type of the module; null if there is no such type. */
  private @Nullable AbstractHeapType kindOf(int heap) {
    CompositeType type = composite(TypeCode.index(heap));
    if (type == null) {
      return null;
    }
    return switch (type.kind()) {
      case FUNC -> AbstractHeapType.FUNC;
      case STRUCT -> AbstractHeapType.STRUCT;
      case ARRAY -> AbstractHeapType.ARRAY;
      case CONT -> AbstractHeapType.CONT;
    };
  }

  private int bottomOf(int heap) {
    AbstractHeapType kind = kindOf(heap);
    if (kind == null) {
      return -1;
    }
    return TypeCode.heap(
        switch (kind) {
          case FUNC -> AbstractHeapType.NOFUNC;
          case CONT -> AbstractHeapType.NOCONT;
          default -> AbstractHeapType.NONE;
        });
  }

  /** Returns the top of the hierarchy that a heap type belongs to, as a nullable reference. */
  int topOf(int heap) {
    if (heap == TypeCode.BOTTOM) {
      return TypeCode.UNKNOWN;
    }
    AbstractHeapType type = TypeCode.isAbstract(heap) ? abstractOf(heap) : kindOf(heap);
    if (type == null) {
      return TypeCode.UNKNOWN;
    }
    return TypeCode.nullable(
        switch (type) {
          case FUNC, NOFUNC -> AbstractHeapType.FUNC;
          case EXTERN, NOEXTERN -> AbstractHeapType.EXTERN;
          case EXN, NOEXN -> AbstractHeapType.EXN;
          case CONT, NOCONT -> AbstractHeapType.CONT;
          case ANY, EQ, I31, STRUCT, ARRAY, NONE -> AbstractHeapType.ANY;
        });
  }

  /** Walks the declared supertypes, at most as many as a chain may have. */
  private boolean extendsType(int sub, int sup) {
    if (sub >= types.size() || sup >= types.size()) {
      return false;
    }
    int at = sub;
    for (int depth = 0; depth <= TypeLimits.SUPERTYPE_DEPTH; depth++) {
      if (canonical[at] == canonical[sup]) {
        return true;
      }
      List<Integer> supertypes = types.get(at).supertypes();
      if (supertypes.isEmpty() || supertypes.get(0) >= types.size()) {
        return false;
      }
      at = supertypes.get(0);
    }
    return false;
  }
}
