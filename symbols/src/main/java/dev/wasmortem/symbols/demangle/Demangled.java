package dev.wasmortem.symbols.demangle;

/**
 * A name as its source has it.
 *
 * @param scheme how it was mangled
 * @param text all of it, as {@code int ns::twice<int>(int)}; not safe to print
 * @param nameWithoutParameters the function's name with its scope and template arguments, without
 *     result, parameters and the suffix of a copy, as {@code ns::twice<int>} or {@code
 *     main.Counter.add}; the whole text of what is no function
 */
public record Demangled(Scheme scheme, String text, String nameWithoutParameters) {}
