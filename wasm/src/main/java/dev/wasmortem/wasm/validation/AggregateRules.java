package dev.wasmortem.wasm.validation;

import dev.wasmortem.wasm.code.InstructionReader;
import dev.wasmortem.wasm.code.Opcode;
import dev.wasmortem.wasm.types.FieldType;
import dev.wasmortem.wasm.types.Mutability;
import dev.wasmortem.wasm.types.PackedType;
import dev.wasmortem.wasm.types.StorageType;
import dev.wasmortem.wasm.types.StructType;
import dev.wasmortem.wasm.types.ValueType;
import java.util.List;

/** Structures and arrays (§3.4.2). */
final class AggregateRules {
  private final ModuleSpace space;
  private final InstructionReader reader;
  private final Operands operands;
  private final Indices indices;

  AggregateRules(ModuleSpace space, InstructionReader reader, Operands operands, Indices indices) {
    this.space = space;
    this.reader = reader;
    this.operands = operands;
    this.indices = indices;
  }

  void apply(Opcode opcode) {
    int type = reader.index(0);
    switch (opcode) {
      case STRUCT_NEW -> {
        List<FieldType> fields = indices.structType(type).fields();
        for (int i = fields.size() - 1; i >= 0; i--) {
          operands.pop(unpacked(fields.get(i)));
        }
        operands.push(TypeCode.REF | type);
      }
      case STRUCT_NEW_DEFAULT -> {
        indices.structType(type).fields().forEach(this::checkDefault);
        operands.push(TypeCode.REF | type);
      }
      case STRUCT_GET, STRUCT_GET_S, STRUCT_GET_U -> {
        FieldType field = field(indices.structType(type));
        checkPacking(field, opcode == Opcode.STRUCT_GET);
        operands.pop(nullable(type));
        operands.push(unpacked(field));
      }
      case STRUCT_SET -> {
        FieldType field = field(indices.structType(type));
        checkMutable(field);
        operands.pop(unpacked(field));
        operands.pop(nullable(type));
      }
      default -> array(opcode, type, indices.arrayType(type).element());
    }
  }

  private void array(Opcode opcode, int type, FieldType element) {
    switch (opcode) {
      case ARRAY_NEW -> {
        operands.pop(TypeCode.I32);
        operands.pop(unpacked(element));
        operands.push(TypeCode.REF | type);
      }
      case ARRAY_NEW_DEFAULT -> {
        checkDefault(element);
        operands.pop(TypeCode.I32);
        operands.push(TypeCode.REF | type);
      }
      case ARRAY_NEW_FIXED -> {
        popMany(unpacked(element), reader.index(1));
        operands.push(TypeCode.REF | type);
      }
      case ARRAY_NEW_DATA, ARRAY_NEW_ELEM -> {
        checkSegment(opcode == Opcode.ARRAY_NEW_DATA, element);
        operands.pop(TypeCode.I32);
        operands.pop(TypeCode.I32);
        operands.push(TypeCode.REF | type);
      }
      case ARRAY_GET, ARRAY_GET_S, ARRAY_GET_U -> {
        checkPacking(element, opcode == Opcode.ARRAY_GET);
        operands.pop(TypeCode.I32);
        operands.pop(nullable(type));
        operands.push(unpacked(element));
      }
      case ARRAY_SET -> {
        checkMutable(element);
        operands.pop(unpacked(element));
        operands.pop(TypeCode.I32);
        operands.pop(nullable(type));
      }
      case ARRAY_FILL -> {
        checkMutable(element);
        operands.pop(TypeCode.I32);
        operands.pop(unpacked(element));
        operands.pop(TypeCode.I32);
        operands.pop(nullable(type));
      }
      case ARRAY_COPY -> copy(type, element);
      default -> {
        checkMutable(element);
        checkSegment(opcode == Opcode.ARRAY_INIT_DATA, element);
        operands.pop(TypeCode.I32);
        operands.pop(TypeCode.I32);
        operands.pop(TypeCode.I32);
        operands.pop(nullable(type));
      }
    }
  }

  /** Pops operands of one type; in unreachable code not more than there are. */
  private void popMany(int type, int count) {
    for (int i = 0; i < count; i++) {
      if (operands.isAtPolymorphicBase()) {
        return;
      }
      operands.pop(type);
    }
  }

  private void copy(int target, FieldType element) {
    int source = reader.index(1);
    FieldType from = indices.arrayType(source).element();
    checkMutable(element);
    if (!storageMatches(from.storage(), element.storage())) {
      throw operands.error("array types do not match");
    }
    operands.pop(TypeCode.I32);
    operands.pop(TypeCode.I32);
    operands.pop(nullable(source));
    operands.pop(TypeCode.I32);
    operands.pop(nullable(target));
  }

  private boolean storageMatches(StorageType from, StorageType to) {
    if (from instanceof ValueType value && to instanceof ValueType wanted) {
      return space.types().matches(TypeCode.of(value), TypeCode.of(wanted));
    }
    return from.equals(to);
  }

  private void checkSegment(boolean data, FieldType element) {
    StorageType storage = element.storage();
    if (data) {
      indices.data(reader.index(1));
      if (storage instanceof ValueType value && value.kind() == ValueType.Kind.REF) {
        throw operands.error("array type is not numeric or vector");
      }
      return;
    }
    int segment = indices.segmentType(reader.index(1));
    if (!(storage instanceof ValueType value)
        || !space.types().matches(segment, TypeCode.of(value))) {
      throw operands.error("type mismatch: the array does not hold the segment's elements");
    }
  }

  private FieldType field(StructType struct) {
    int field = reader.index(1);
    if (field >= struct.fields().size()) {
      throw operands.error("unknown field " + field);
    }
    return struct.fields().get(field);
  }

  private void checkPacking(FieldType field, boolean plain) {
    boolean packed = field.storage() instanceof PackedType;
    if (packed == plain) {
      throw operands.error(plain ? "field is packed" : "field is unpacked");
    }
  }

  private void checkMutable(FieldType field) {
    if (field.mutability() != Mutability.VAR) {
      throw operands.error("immutable field or array");
    }
  }

  private void checkDefault(FieldType field) {
    int type = unpacked(field);
    if (TypeCode.isReference(type) && (type & TypeCode.NULL) == 0) {
      throw operands.error("field type is not defaultable");
    }
  }

  private static int unpacked(FieldType field) {
    return TypeCode.of(field.storage().unpacked());
  }

  private static int nullable(int type) {
    return TypeCode.REF | TypeCode.NULL | type;
  }
}
