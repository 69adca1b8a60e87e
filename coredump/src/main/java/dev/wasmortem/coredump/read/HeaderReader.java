package dev.wasmortem.coredump.read;

import dev.wasmortem.bytes.Cursor;
import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.coredump.CoreInstance;
import dev.wasmortem.coredump.SectionNames;
import dev.wasmortem.wasm.Section;
import dev.wasmortem.wasm.WasmModule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reads the sections that stand once in a dump: process, modules, instances.
 *
 * <pre>
 * core           ::= 0x00 executable-name:name
 * coremodules    ::= {@link ModuleListReader}
 * coreinstances  ::= vec(0x00 moduleidx:u32 memories:vec(u32) globals:vec(u32))
 * </pre>
 *
 * Of a section that stands more than once the first counts.
 */
public final class HeaderReader {
  private static final long NONE = 0xffff_ffffL;

  private final WasmModule binary;
  private final Findings findings;

  /** Names of sections that stand more than once and were reported. */
  private final Set<String> repeated = ConcurrentHashMap.newKeySet();

  /** Makes a reader; nothing is read yet. */
  public HeaderReader(WasmModule binary, Findings findings) {
    this.binary = binary;
    this.findings = findings;
  }

  private interface Element<T> {
    T read(Cursor cursor);
  }

  /** Returns the first section of a name; that there are more is reported once. */
  public Optional<Section> section(String name) {
    List<Section> all = binary.customSections(name);
    if (all.size() > 1 && repeated.add(name)) {
      findings.report(
          new Diagnostic(
              "duplicate-section",
              all.get(1).bytes().at(0, name),
              all.size() + " sections " + name + "; the first counts"));
    }
    return all.stream().findFirst();
  }

  /** Returns the name of the program. */
  public Optional<String> executableName() {
    return single(
        SectionNames.CORE,
        cursor -> {
          expectZero(cursor.in("core"), "process-info");
          String name = cursor.in("core.executable-name").name();
          expectEnd(cursor.in("core"));
          return name;
        });
  }

  /** Returns what the list of modules holds, in whatever form its entries have. */
  public ModuleList modules(Section section) {
    return new ModuleListReader(section, findings).read();
  }

  /** Returns the instances that a list holds. */
  public List<CoreInstance> instances(Section section) {
    return vec(section, 4, this::instance);
  }

  private CoreInstance instance(Cursor cursor) {
    expectZero(cursor.in("coreinstance"), "coreinstance");
    int module = index(cursor.in("coreinstance.moduleidx"), Integer.MAX_VALUE);
    List<Integer> memories = indices(cursor.in("coreinstance.memories"));
    return new CoreInstance(module, memories, indices(cursor.in("coreinstance.globals")));
  }

  private List<Integer> indices(Cursor cursor) {
    int count = cursor.count(1);
    List<Integer> indices = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      indices.add(index(cursor, CoreInstance.NOT_DUMPED));
    }
    return indices;
  }

  /**
   * Reads an index of which 2³²−1 stands for none. Another from 2³¹ on cannot be: it is damage, and
   * {@code none} is given for it.
   */
  private int index(Cursor cursor, int none) {
    long start = cursor.position();
    long index = cursor.u32();
    if (index > Integer.MAX_VALUE && index != NONE) {
      findings.damage(
          "index-insane",
          new FormatException.LimitExceeded(
              "index " + index + " is 2^31 or more", cursor.at(start)));
    }
    return index > Integer.MAX_VALUE ? none : (int) index;
  }

  private <T> Optional<T> single(String name, Element<T> body) {
    Optional<Section> section = section(name);
    if (section.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(body.read(section.get().payload().cursor().in(name)));
    } catch (FormatException e) {
      findings.damage("section-damaged", e);
      return Optional.empty();
    }
  }

  private <T> List<T> vec(Section section, int elementBytes, Element<T> element) {
    List<T> all = new ArrayList<>();
    Cursor cursor = section.payload().cursor().in(section.name());
    try {
      long count = count(cursor, elementBytes);
      for (long i = 0; i < count; i++) {
        all.add(element.read(cursor));
      }
      expectEnd(cursor.in(section.name()));
    } catch (FormatException e) {
      findings.damage("section-damaged", e);
    }
    return List.copyOf(all);
  }

  /** Reads a count; one that cannot be true ends a strict reading, and no salvage. */
  private long count(Cursor cursor, int elementBytes) {
    return findings.strict() ? cursor.count(elementBytes) : cursor.u32();
  }

  static void expectZero(Cursor cursor, String what) {
    int tag = cursor.peek();
    if (tag != 0x00) {
      throw cursor.malformed(what + " begins with 0x" + Integer.toHexString(tag) + ", not 0x00");
    }
    cursor.skip(1);
  }

  static void expectEnd(Cursor cursor) {
    if (!cursor.atEnd()) {
      throw cursor.malformed(cursor.remaining() + " bytes after the end");
    }
  }
}
