package dev.wasmortem.wasm.validation;

import dev.wasmortem.bytes.ByteWriter;
import dev.wasmortem.wasm.types.ArrayType;
import dev.wasmortem.wasm.types.CompositeType;
import dev.wasmortem.wasm.types.ContType;
import dev.wasmortem.wasm.types.FieldType;
import dev.wasmortem.wasm.types.FuncType;
import dev.wasmortem.wasm.types.HeapType;
import dev.wasmortem.wasm.types.RecType;
import dev.wasmortem.wasm.types.RefType;
import dev.wasmortem.wasm.types.StorageType;
import dev.wasmortem.wasm.types.StructType;
import dev.wasmortem.wasm.types.SubType;
import dev.wasmortem.wasm.types.ValueType;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds which types are the same: recursion groups are equal if they are when references within the
 * group are counted from its beginning (§3.1.3, "rolling"). Each group is written out once in such
 * a form, in which references to earlier groups name the first of their equals.
 */
final class CanonicalTypes {
  private static final int INSIDE = 1;
  private static final int OUTSIDE = 0;

  private final int[] canonical;
  private final Map<ByteBuffer, Integer> firstGroups = new HashMap<>();
  private final ByteWriter form = new ByteWriter();
  private int start;
  private int end;

  private CanonicalTypes(int count) {
    this.canonical = new int[count];
  }

  /** Returns, for each type, the index of the first type that is the same. */
  static int[] of(List<RecType> groups) {
    int count = 0;
    for (RecType group : groups) {
      count += group.types().size();
    }
    CanonicalTypes types = new CanonicalTypes(count);
    groups.forEach(types::add);
    return types.canonical;
  }

  private void add(RecType group) {
    end = start + group.types().size();
    form.clear();
    form.unsigned(group.types().size());
    group.types().forEach(this::write);
    int size = end - start;
    int first = firstGroups.computeIfAbsent(ByteBuffer.wrap(form.toByteArray()), key -> start);
    for (int i = 0; i < size; i++) {
      canonical[start + i] = first + i;
    }
    start = end;
  }

  private void write(SubType type) {
    form.u8(type.finality() == SubType.Finality.OPEN ? 1 : 0).unsigned(type.supertypes().size());
    type.supertypes().forEach(this::writeIndex);
    CompositeType composite = type.composite();
    switch (composite.kind()) {
      case FUNC -> {
        FuncType function = (FuncType) composite;
        form.u8(0).unsigned(function.parameters().size());
        function.parameters().forEach(this::write);
        form.unsigned(function.results().size());
        function.results().forEach(this::write);
      }
      case STRUCT -> {
        List<FieldType> fields = ((StructType) composite).fields();
        form.u8(1).unsigned(fields.size());
        fields.forEach(this::write);
      }
      case ARRAY -> {
        form.u8(2);
        write(((ArrayType) composite).element());
      }
      case CONT -> {
        form.u8(3);
        write(((ContType) composite).function());
      }
    }
  }

  private void write(FieldType field) {
    form.u8(field.mutability().code());
    StorageType storage = field.storage();
    if (storage instanceof ValueType type) {
      write(type);
    } else {
      storage.writeTo(form);
    }
  }

  private void write(ValueType type) {
    if (type instanceof RefType reference) {
      form.u8(reference.isNullable() ? 0x63 : 0x64);
      write(reference.heapType());
    } else {
      type.writeTo(form);
    }
  }

  private void write(HeapType type) {
    if (type instanceof HeapType.TypeIndex index) {
      writeIndex(index.index());
    } else {
      type.writeTo(form);
    }
  }

  /** Writes an index; one of a type that comes later is an error of the module's, left as it is. */
  private void writeIndex(int index) {
    if (index >= start && index < end) {
      form.u8(INSIDE).unsigned(index - start);
    } else {
      form.u8(OUTSIDE).unsigned(index < start ? canonical[index] : index);
    }
  }
}
