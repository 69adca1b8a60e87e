package dev.wasmortem.wasm;

import dev.wasmortem.wasm.types.ExternKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The first name under which each exported function is exported. */
final class FunctionExports {
  private final Map<Integer, String> names = new HashMap<>();

  private FunctionExports() {}

  static FunctionExports of(List<Export> exports) {
    FunctionExports all = new FunctionExports();
    for (Export export : exports) {
      if (export.kind() == ExternKind.FUNCTION) {
        all.names.putIfAbsent(export.index(), export.name());
      }
    }
    return all;
  }

  Optional<String> name(int function) {
    return Optional.ofNullable(names.get(function));
  }
}
