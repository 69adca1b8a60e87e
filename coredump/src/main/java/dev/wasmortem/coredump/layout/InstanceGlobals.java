package dev.wasmortem.coredump.layout;

import java.util.OptionalLong;

/** The globals of an instance as they are now. */
@FunctionalInterface
public interface InstanceGlobals {
  /**
   * Returns what an integer global holds.
   *
   * @param index in the module, imported globals first
   * @return its bits, those of an {@code i32} extended in any way; empty if there is no such global
   *     or it is no integer
   */
  OptionalLong value(int index);
}
