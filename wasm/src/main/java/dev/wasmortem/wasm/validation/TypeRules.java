package dev.wasmortem.wasm.validation;

import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.bytes.Location;
import dev.wasmortem.wasm.types.ArrayType;
import dev.wasmortem.wasm.types.CompositeType;
import dev.wasmortem.wasm.types.ContType;
import dev.wasmortem.wasm.types.FieldType;
import dev.wasmortem.wasm.types.FuncType;
import dev.wasmortem.wasm.types.HeapType;
import dev.wasmortem.wasm.types.Mutability;
import dev.wasmortem.wasm.types.RecType;
import dev.wasmortem.wasm.types.StorageType;
import dev.wasmortem.wasm.types.StructType;
import dev.wasmortem.wasm.types.SubType;
import dev.wasmortem.wasm.types.TypeLimits;
import dev.wasmortem.wasm.types.ValueType;
import java.util.List;

/**
 * Type definitions (§3.2.10 to §3.2.12): what they refer to is defined by the end of their
 * recursion group, and a type matches the one that it declares to extend. Work is linear: types are
 * checked in order, so what a type extends has been checked before.
 */
final class TypeRules {
  private final TypeSpace space;
  private final List<SubType> types;
  private final Location location;

  /** How many supertypes each type has above it. */
  private final int[] depths;

  /** The first index after the group that is being checked. */
  private int end;

  /** The type that is being checked. */
  private int index;

  private TypeRules(TypeSpace space, List<SubType> types, Location location) {
    this.space = space;
    this.types = types;
    this.location = location;
    this.depths = new int[types.size()];
  }

  static void check(TypeSpace space, List<RecType> groups, List<SubType> types, Location location) {
    TypeRules rules = new TypeRules(space, types, location);
    for (RecType group : groups) {
      rules.end += group.types().size();
      for (SubType type : group.types()) {
        rules.check(type);
        rules.index++;
      }
    }
  }

  private void check(SubType type) {
    checkComposite(type.composite());
    if (type.supertypes().isEmpty()) {
      return;
    }
    if (type.supertypes().size() > 1) {
      throw error("sub type with more than one supertype");
    }
    int above = type.supertypes().get(0);
    if (above >= index) {
      throw error("unknown type " + above + ", which a type extends that comes before it");
    }
    SubType extended = types.get(above);
    depths[index] = depths[above] + 1;
    if (depths[index] > TypeLimits.SUPERTYPE_DEPTH) {
      throw new FormatException.LimitExceeded(
          "type " + index + ": more than " + TypeLimits.SUPERTYPE_DEPTH + " supertypes", location);
    }
    if (extended.finality() == SubType.Finality.FINAL) {
      throw error("sub type of " + above + ", which is final");
    }
    if (!matches(type.composite(), extended.composite())) {
      throw error("sub type does not match " + above);
    }
  }

  private void checkComposite(CompositeType type) {
    switch (type.kind()) {
      case FUNC -> {
        FuncType function = (FuncType) type;
        function.parameters().forEach(this::checkStorage);
        function.results().forEach(this::checkStorage);
      }
      case STRUCT -> ((StructType) type).fields().forEach(field -> checkStorage(field.storage()));
      case ARRAY -> checkStorage(((ArrayType) type).element().storage());
      case CONT -> checkContinuation((ContType) type);
    }
  }

  private void checkContinuation(ContType type) {
    HeapType function = type.function();
    checkHeap(TypeCode.heap(function));
    if (function instanceof HeapType.TypeIndex named
        && types.get(named.index()).composite().kind() == CompositeType.Kind.FUNC) {
      return;
    }
    throw error("continuation of " + function + ", which is no function type");
  }

  private void checkStorage(StorageType storage) {
    if (storage instanceof ValueType type) {
      int code = TypeCode.of(type);
      if (TypeCode.isReference(code)) {
        checkHeap(code & TypeCode.HEAP);
      }
    }
  }

  private void checkHeap(int heap) {
    if (!TypeCode.isAbstract(heap) && TypeCode.index(heap) >= end) {
      throw error("unknown type " + TypeCode.index(heap));
    }
  }

  private boolean matches(CompositeType sub, CompositeType sup) {
    if (sub.kind() != sup.kind()) {
      return false;
    }
    return switch (sub.kind()) {
      case FUNC -> matches((FuncType) sub, (FuncType) sup);
      case STRUCT -> matches(((StructType) sub).fields(), ((StructType) sup).fields());
      case ARRAY -> matches(((ArrayType) sub).element(), ((ArrayType) sup).element());
      case CONT ->
          space.heapMatches(
              TypeCode.heap(((ContType) sub).function()),
              TypeCode.heap(((ContType) sup).function()));
    };
  }

  private boolean matches(FuncType sub, FuncType sup) {
    return space.matches(TypeSpace.codes(sup.parameters()), TypeSpace.codes(sub.parameters()))
        && space.matches(TypeSpace.codes(sub.results()), TypeSpace.codes(sup.results()));
  }

  private boolean matches(List<FieldType> sub, List<FieldType> sup) {
    if (sub.size() < sup.size()) {
      return false;
    }
    for (int i = 0; i < sup.size(); i++) {
      if (!matches(sub.get(i), sup.get(i))) {
        return false;
      }
    }
    return true;
  }

  private boolean matches(FieldType sub, FieldType sup) {
    return sub.mutability() == sup.mutability()
        && matches(sub.storage(), sup.storage())
        && (sub.mutability() == Mutability.CONST || matches(sup.storage(), sub.storage()));
  }

  private boolean matches(StorageType sub, StorageType sup) {
    if (sub instanceof ValueType value && sup instanceof ValueType wanted) {
      return space.matches(TypeCode.of(value), TypeCode.of(wanted));
    }
    return sub.equals(sup);
  }

  private FormatException error(String problem) {
    return new FormatException.Malformed("type " + index + ": " + problem, location);
  }
}
