package dev.wasmortem.debug;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A frame as it stands in the dump, with its function's name. Text from files stands here verbatim.
 *
 * @param index its place in the thread, 0 the youngest
 * @param instance the index of its instance
 * @param function the WebAssembly function index
 * @param name the name section's name, verbatim, else the export's; null if no module tells one
 * @param demangled what a mangled name stands for, null if it is not mangled
 * @param codeOffset the offset in the function, as in the dump
 */
public record NamedFrame(
    int index,
    int instance,
    int function,
    @Nullable String name,
    @Nullable String demangled,
    long codeOffset) {

  /** Returns the function's name for people, as a backtrace has it where there is no DWARF. */
  public Optional<String> label() {
    return Optional.ofNullable(demangled == null ? name : demangled);
  }
}
