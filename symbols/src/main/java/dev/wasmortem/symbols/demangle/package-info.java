/**
 * Names as their sources have them, from the names that linkers know: C++, Rust, Swift.
 *
 * <p>{@link dev.wasmortem.symbols.demangle.Demangler} is the door.
 *
 * <pre>{@code
 * Demangler.demangle("_ZN2ns5twiceIiEET_S1_").map(Demangled::text); // int ns::twice<int>(int)
 * Demangler.demangle("$s4main7CounterC3addyySiF")
 *     .map(Demangled::nameWithoutParameters);                       // main.Counter.add
 * Demangler.demangle("main");                                       // empty: not mangled
 * }</pre>
 */
package dev.wasmortem.symbols.demangle;
