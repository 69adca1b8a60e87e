package dev.wasmortem.wasm;

import dev.wasmortem.wasm.types.ExternKind;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The first name under which each exported function is exported: a number each. */
final class FunctionExports {
  private final List<Export> exports;

  /** The function's index in the upper half, the export's position in the lower; rising. */
  private final long[] positions;

  private FunctionExports(List<Export> exports, long[] positions) {
    this.exports = exports;
    this.positions = positions;
  }

  static FunctionExports of(List<Export> exports) {
    long[] positions = new long[exports.size()];
    int size = 0;
    for (int i = 0; i < exports.size(); i++) {
      Export export = exports.get(i);
      if (export.kind() == ExternKind.FUNCTION) {
        positions[size++] = (long) export.index() << 32 | i;
      }
    }
    positions = Arrays.copyOf(positions, size);
    Arrays.sort(positions);
    return new FunctionExports(exports, positions);
  }

  Optional<String> name(int function) {
    int found = Arrays.binarySearch(positions, (long) function << 32);
    int first = found < 0 ? -found - 1 : found;
    return first < positions.length && positions[first] >>> 32 == function
        ? Optional.of(exports.get((int) positions[first]).name())
        : Optional.empty();
  }
}
