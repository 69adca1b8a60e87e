package dev.wasmortem.capture.endive;

import dev.wasmortem.coredump.CoreInstance;
import dev.wasmortem.coredump.CoredumpWriter;
import dev.wasmortem.coredump.Value;
import dev.wasmortem.wasm.types.GlobalType;
import dev.wasmortem.wasm.types.Mutability;
import dev.wasmortem.wasm.types.RefType;
import dev.wasmortem.wasm.types.ValueType;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.OptionalLong;
import run.endive.runtime.GlobalInstance;
import run.endive.runtime.Instance;
import run.endive.wasm.types.MutabilityType;
import run.endive.wasm.types.TypeSection;

/** The globals of a dump; one that several instances share is written once. */
final class DumpGlobals {
  private final CoredumpWriter writer;
  private final References references;
  private final IdentityHashMap<GlobalInstance, Integer> indices = new IdentityHashMap<>();

  DumpGlobals(CoredumpWriter writer, References references) {
    this.writer = writer;
    this.references = references;
  }

  /** Adds an instance's globals and returns their indices in the dump. */
  List<Integer> add(Instance instance) {
    List<Integer> list = new ArrayList<>();
    TypeSection types = instance.module().typeSection();
    for (int i = 0; i < instance.globalCount(); i++) {
      GlobalInstance global = instance.global(i);
      list.add(
          global == null
              ? CoreInstance.NOT_DUMPED
              : indices.computeIfAbsent(global, unknown -> add(global, instance, types)));
    }
    return list;
  }

  private int add(GlobalInstance global, Instance user, TypeSection types) {
    Mutability mutability =
        global.getMutabilityType() == MutabilityType.Var ? Mutability.VAR : Mutability.CONST;
    ValueType type = References.type(global.getType(), types);
    return writer.addGlobal(new GlobalType(type, mutability), value(global, user, type));
  }

  private Value value(GlobalInstance global, Instance user, ValueType type) {
    long low = global.getValueLow();
    return switch (type.kind()) {
      case I32 -> new Value.I32((int) low);
      case I64 -> new Value.I64(low);
      case F32 -> new Value.F32((int) low);
      case F64 -> new Value.F64(low);
      case V128 -> new Value.V128(low, global.getValueHigh());
      case REF -> reference(global, user, (RefType) type);
    };
  }

  private Value reference(GlobalInstance global, Instance user, RefType type) {
    if (!References.isFunction(type)) {
      return References.object(type.heapType(), global.getRefValue());
    }
    Instance owner = global.getInstance();
    return references.function(
        type.heapType(), owner == null ? user : owner, (int) global.getValueLow());
  }

  /** Returns what an integer global of an instance holds. */
  static OptionalLong integer(Instance instance, int index) {
    if (index < 0 || index >= instance.globalCount()) {
      return OptionalLong.empty();
    }
    GlobalInstance global = instance.global(index);
    return global == null ? OptionalLong.empty() : OptionalLong.of(global.getValueLow());
  }
}
