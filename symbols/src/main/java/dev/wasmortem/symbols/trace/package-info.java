/**
 * Stack traces of JavaScript engines and Wasm runtimes, with source lines put into them.
 *
 * <p>{@link dev.wasmortem.symbols.trace.TraceRewriter} is the door.
 *
 * <pre>{@code
 * TraceRewriter.of(Symbolizer.of(module, Diagnostic.Sink.IGNORE)).rewrite(System.in, System.out);
 * }</pre>
 *
 * <p>Traces give offsets in the module's file. The text of a trace is copied byte for byte; what is
 * added to it is safe to print.
 */
package dev.wasmortem.symbols.trace;
