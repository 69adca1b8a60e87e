/**
 * Changed copies of dumps: {@link dev.wasmortem.coredump.edit.DumpFix} repairs what deviates from
 * the convention, {@link dev.wasmortem.coredump.edit.Redaction} takes secrets out at equal length,
 * {@link dev.wasmortem.coredump.edit.OutputFile} puts a copy into a file, whole or not at all. To
 * write another dialect {@link dev.wasmortem.coredump.CoredumpWriter#copyOf} is enough.
 *
 * <pre>{@code
 * Coredump dump = Coredump.salvage(source, diagnostics);
 * CoredumpWriter fixed = DumpFix.of(dump, modules);
 * OutputFile.write(out, OutputFile.Existing.REFUSE, List.of(in), fixed::writeTo);
 * }</pre>
 */
package dev.wasmortem.coredump.edit;
