package dev.wasmortem.coredump;

/** Who seems to have written a dump; the format has no field for it. */
public enum Producer {
  /** Wasmtime's own serializer ({@code WasmCoreDump::serialize}). */
  WASMTIME("Wasmtime"),

  /** A module that xtuc's {@code wasm-coredump-rewriter} made dump itself. */
  XTUC_REWRITER("xtuc's rewriter"),

  /** WasmEdge ({@code --enable-coredump}). */
  WASMEDGE("WasmEdge"),

  /** This project: its captures, or one of its tools that wrote another's dump anew. */
  WASMORTEM("wasmortem"),

  /** Nothing tells. */
  UNKNOWN("unknown");

  private final String label;

  Producer(String label) {
    this.label = label;
  }

  /** Returns the name for people and for JSON, as {@code xtuc's rewriter}. */
  public String label() {
    return label;
  }
}
