package dev.wasmortem.wasm.code;

/**
 * A clause of {@code try_table} (§5.4.1), or of {@code resume} (stack-switching proposal).
 *
 * @param kind the byte that begins it. For {@code try_table}: 0 {@code catch}, 1 {@code catch_ref},
 *     2 {@code catch_all}, 3 {@code catch_all_ref}; for {@code resume}: 0 {@code on}, 1 {@code on …
 *     switch}
 * @param tag the tag, or -1 for the kinds that have none
 * @param label the label, or -1 for the kind that has none
 */
public record Clause(int kind, int tag, int label) {}
