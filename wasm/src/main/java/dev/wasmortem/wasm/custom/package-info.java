/**
 * Custom sections that tools agree on (WebAssembly/tool-conventions): who made a module and for
 * which engines, what it links to, hints for its code. The name section is {@link
 * dev.wasmortem.wasm.NameSection}, the build id {@link dev.wasmortem.wasm.BuildId}.
 *
 * <p>Nothing here throws for what a section holds: a damaged section gives what stands before the
 * damage and reports a diagnostic {@code custom-section-damaged}. Of several sections of one name
 * the first counts. Names, paths and URLs are verbatim and not to be trusted: they are for people,
 * and nothing here opens one.
 *
 * <pre>{@code
 * Producers.of(module, Diagnostic.Sink.IGNORE)
 *     .ifPresent(producers -> System.out.println(producers.fields()));
 * }</pre>
 */
package dev.wasmortem.wasm.custom;
