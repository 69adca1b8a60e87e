/**
 * What the parts of a memory are for: static data, the stack that compilers keep in memory, the
 * heap.
 *
 * <p>{@link dev.wasmortem.coredump.layout.LinkerRegions} reads it from what a linker left in the
 * module and from the globals of an instance, be it alive or in a dump; {@link
 * dev.wasmortem.coredump.layout.StackRegions} finds the stacks of a dump.
 *
 * <pre>{@code
 * LinkerRegions layout = LinkerRegions.of(module, globals);
 * for (Region region : layout.regions(0, 0, memorySize)) {
 *   System.out.println(region.label() + " at " + region.start());
 * }
 * }</pre>
 */
package dev.wasmortem.coredump.layout;
