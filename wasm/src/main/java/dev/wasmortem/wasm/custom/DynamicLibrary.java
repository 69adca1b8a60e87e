package dev.wasmortem.wasm.custom;

import dev.wasmortem.bytes.Cursor;
import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.wasm.WasmModule;
import java.util.List;
import java.util.Optional;

/**
 * The custom section {@code dylink.0}, or {@code dylink} as it was before: what a shared library
 * asks of its loader (tool-conventions, DynamicLinking.md).
 *
 * <pre>
 * dylink.0 ::= { id:byte size:u32 content }*
 * 1 memory and table ::= size:u32 alignment:u32 size:u32 alignment:u32
 * 2 needed           ::= vec(name)
 * 3 exports          ::= vec(name flags:u32)
 * 4 imports          ::= vec(module:name name flags:u32)
 * 5 runtime path     ::= vec(name)
 * dylink   ::= size:u32 alignment:u32 size:u32 alignment:u32 vec(name)
 * </pre>
 *
 * @param memory what it needs of linear memory, in bytes
 * @param table what it needs of the table, in elements
 * @param needed libraries that it needs, in order
 * @param exports what is said of some of its exports
 * @param imports what is said of some of its imports
 * @param runtimePath folders to look for needed libraries in
 */
public record DynamicLibrary(
    Space memory,
    Space table,
    List<String> needed,
    List<ExportFlags> exports,
    List<ImportFlags> imports,
    List<String> runtimePath) {
  /** The flag of a symbol that may be missing, or be there more than once. */
  public static final int WEAK = 0x1;

  /** The flag of a symbol of the module's own. */
  public static final int LOCAL = 0x2;

  /** The flag of thread-local data. */
  public static final int TLS = 0x100;

  private static final int MEM_INFO = 1;
  private static final int NEEDED = 2;
  private static final int EXPORT_INFO = 3;
  private static final int IMPORT_INFO = 4;
  private static final int RUNTIME_PATH = 5;

  public DynamicLibrary {
    needed = List.copyOf(needed);
    exports = List.copyOf(exports);
    imports = List.copyOf(imports);
    runtimePath = List.copyOf(runtimePath);
  }

  /**
   * What a loader is to set aside.
   *
   * @param size bytes or elements, 0 to 2³²−1
   * @param alignmentLog2 the binary logarithm of the alignment, as the file has it
   */
  public record Space(long size, long alignmentLog2) {
    private static final Space NOTHING = new Space(0, 0);
  }

  /**
   * What is said of an export.
   *
   * @param flags the symbol's flags, as {@link #WEAK} and {@link #TLS}
   */
  public record ExportFlags(String name, long flags) {}

  /**
   * What is said of an import.
   *
   * @param flags the symbol's flags, as {@link #WEAK} and {@link #TLS}
   */
  public record ImportFlags(String module, String name, long flags) {}

  /** Reads a module's section; empty if there is neither. */
  public static Optional<DynamicLibrary> of(WasmModule module, Diagnostic.Sink sink) {
    Optional<CustomCursor> current = CustomCursor.of(module, "dylink.0", sink);
    return current.isPresent()
        ? current.map(DynamicLibrary::subsections)
        : CustomCursor.of(module, "dylink", sink).map(DynamicLibrary::legacy);
  }

  private static DynamicLibrary legacy(CustomCursor section) {
    Space memory = section.get(DynamicLibrary::space, Space.NOTHING);
    Space table = section.get(DynamicLibrary::space, Space.NOTHING);
    return new DynamicLibrary(
        memory, table, section.vec(Cursor::name), List.of(), List.of(), List.of());
  }

  private static DynamicLibrary subsections(CustomCursor section) {
    Collected all = new Collected();
    section.subsections(all::read);
    return new DynamicLibrary(
        all.memory, all.table, all.needed, all.exports, all.imports, all.runtimePath);
  }

  private static final class Collected {
    Space memory = Space.NOTHING;
    Space table = Space.NOTHING;
    List<String> needed = List.of();
    List<ExportFlags> exports = List.of();
    List<ImportFlags> imports = List.of();
    List<String> runtimePath = List.of();

    void read(int id, CustomCursor content) {
      switch (id) {
        case MEM_INFO -> {
          memory = content.get(DynamicLibrary::space, Space.NOTHING);
          table = content.get(DynamicLibrary::space, Space.NOTHING);
        }
        case NEEDED -> needed = content.vec(Cursor::name);
        case EXPORT_INFO -> exports = content.vec(DynamicLibrary::export);
        case IMPORT_INFO -> imports = content.vec(DynamicLibrary::imported);
        case RUNTIME_PATH -> runtimePath = content.vec(Cursor::name);
        default -> {
          // Of a later version.
        }
      }
    }
  }

  private static Space space(Cursor cursor) {
    long size = cursor.u32();
    return new Space(size, cursor.u32());
  }

  private static ExportFlags export(Cursor cursor) {
    String name = cursor.name();
    return new ExportFlags(name, cursor.u32());
  }

  private static ImportFlags imported(Cursor cursor) {
    String module = cursor.name();
    String name = cursor.name();
    return new ImportFlags(module, name, cursor.u32());
  }
}
