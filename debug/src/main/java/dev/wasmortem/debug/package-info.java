/**
 * A post-mortem session over one dump. {@link dev.wasmortem.debug.PostMortem} opens the dump, finds
 * the files of its modules among those that the user names, and answers with a {@link
 * dev.wasmortem.debug.Report}: the one model that every face prints.
 *
 * <pre>{@code
 * List<Path> modules = List.of(Path.of("build/inventory.wasm"));
 * try (PostMortem session = PostMortem.open(Path.of("inventory.core"), modules, SourcePaths.none())) {
 *   for (Report.Frame frame : session.backtrace(ModuleHashes.OMIT).threads().get(0).frames()) {
 *     System.out.println(frame.sources().get(0).name());
 *   }
 * }
 * }</pre>
 *
 * <p>What the dump or its modules cannot say is absent in the report, with a reason; it is not an
 * error.
 */
package dev.wasmortem.debug;
