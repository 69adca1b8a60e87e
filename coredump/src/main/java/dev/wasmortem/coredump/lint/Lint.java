package dev.wasmortem.coredump.lint;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.coredump.CoreMemory;
import dev.wasmortem.coredump.Coredump;
import dev.wasmortem.coredump.MemoryAddress;
import dev.wasmortem.wasm.WasmModule;
import java.util.Map;

/** Goes through a dump and finds where it deviates from the convention. */
public final class Lint {
  /** How many findings of one rule are listed; the rest is counted. */
  public static final int LISTED = 20;

  private Lint() {}

  /**
   * Checks a dump.
   *
   * @param source the dump
   * @param modules its modules as far as they are known, by their index in the dump; what they have
   *     to be asked for is not checked without them
   * @throws dev.wasmortem.bytes.FormatException if it is no dump at all
   */
  public static LintResult check(ByteSource source, Map<Integer, WasmModule> modules) {
    Coredump dump = Coredump.salvage(source, Diagnostic.Sink.IGNORE);
    Gathered gathered = new Gathered();
    readAll(dump);
    new ReaderFindings(dump, gathered).take();
    Damage damage = new Damage(dump, gathered);
    new SectionChecks(dump, gathered).check();
    new HeaderChecks(dump, damage, gathered).check();
    new StackChecks(dump, damage, gathered).check();
    new MemoryChecks(dump, damage, gathered).check();
    new ExtensionChecks(dump, gathered).check();
    new ModuleChecks(dump, modules, gathered).check();
    return new LintResult(dump.dialect(), gathered.inOrder(), gathered.counts());
  }

  /** Asks for all that a reader complains of when it is asked for. */
  private static void readAll(Coredump dump) {
    dump.executableName();
    for (int i = 0; i < dump.modules().size(); i++) {
      dump.verifyModuleBytes(i);
    }
    dump.instances();
    dump.threads();
    dump.globals();
    dump.trap();
    dump.notes();
    dump.process();
    dump.tables();
    dump.regions();
    for (CoreMemory memory : dump.memories()) {
      memory.read(new MemoryAddress(0), new byte[1], 0, 1);
    }
  }
}
