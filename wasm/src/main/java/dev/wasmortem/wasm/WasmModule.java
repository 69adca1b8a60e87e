package dev.wasmortem.wasm;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.bytes.FileOffset;
import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.bytes.Lazy;
import dev.wasmortem.bytes.Location;
import dev.wasmortem.wasm.code.CodeOffset;
import dev.wasmortem.wasm.types.ExternType;
import dev.wasmortem.wasm.types.FuncType;
import dev.wasmortem.wasm.types.GlobalType;
import dev.wasmortem.wasm.types.MemoryType;
import dev.wasmortem.wasm.types.RecType;
import dev.wasmortem.wasm.types.SubType;
import dev.wasmortem.wasm.types.TableType;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A WebAssembly module in its binary form (Core Specification 3.0, chapter 5). Opening reads the
 * section headers only. What a section holds is read when it is first asked for, and kept; function
 * bodies, data segments and names are indexed then, and decoded one by one.
 *
 * <p>A core dump is such a binary, so the order of sections is not checked here, and sections may
 * repeat: of each kind but custom ones the first counts.
 *
 * <p>Of a module that was {@link #read strictly read}, every method here may throw {@link
 * FormatException} when it meets what is malformed. Of a {@linkplain #salvage salvaged} one they
 * give the elements before the damage and report it; only asking for what is not there throws.
 * Thread-safe.
 */
public final class WasmModule {
  private final ByteSource source;
  private final Diagnostic.@Nullable Sink sink;
  private final List<Section> sections;

  private final Lazy<List<RecType>> typeGroups;
  private final Lazy<List<SubType>> types;
  private final Lazy<List<Import>> imports;
  private final Lazy<FunctionTypes> functions;
  private final Lazy<List<Table>> tables;
  private final Lazy<List<TableType>> tableTypes;
  private final Lazy<List<MemoryType>> memoryTypes;
  private final Lazy<List<Global>> globals;
  private final Lazy<List<GlobalType>> globalTypes;
  private final Lazy<List<ExternType.Tag>> tags;
  private final Lazy<List<FuncType>> tagTypes;
  private final Lazy<List<ElementSegment>> elements;
  private final Lazy<List<Export>> exports;
  private final Lazy<FunctionExports> functionExports;
  private final Lazy<CodeIndex> code;
  private final Lazy<NameSection> names;

  private WasmModule(ByteSource source, Diagnostic.@Nullable Sink sink) {
    this.source = source;
    this.sink = sink;
    this.sections = SectionIndex.read(source, sink);
    this.typeGroups = new Lazy<>(this::readTypeGroups);
    this.types = new Lazy<>(this::flattenTypes);
    this.imports = new Lazy<>(this::readImports);
    this.functions = new Lazy<>(() -> FunctionTypes.of(this, sink));
    this.tables = new Lazy<>(this::readTables);
    this.tableTypes = new Lazy<>(this::collectTableTypes);
    this.memoryTypes = new Lazy<>(this::collectMemoryTypes);
    this.globals = new Lazy<>(this::readGlobals);
    this.globalTypes = new Lazy<>(this::collectGlobalTypes);
    this.tags = new Lazy<>(this::collectTags);
    this.tagTypes = new Lazy<>(this::collectTagTypes);
    this.elements =
        new Lazy<>(() -> readVector(SectionId.ELEMENT, "elemsec", 2, ElementSegment::read));
    this.exports =
        new Lazy<>(() -> section(SectionId.EXPORT).map(this::readExports).orElse(List.of()));
    this.functionExports = new Lazy<>(() -> FunctionExports.of(exports()));
    this.code = new Lazy<>(this::readCode);
    this.names = new Lazy<>(() -> new NameSection(customSections("name")));
  }

  /**
   * Opens a module.
   *
   * @throws FormatException if it is no WebAssembly binary, a section is of unknown kind or runs
   *     past the end, or a custom section's name is malformed; {@code Unsupported} for a component,
   *     whose modules {@code dev.wasmortem.wasm.component.Component} finds
   */
  public static WasmModule read(ByteSource source) {
    return new WasmModule(source, null);
  }

  /**
   * Opens what is there of a damaged module: a section that runs past the end is clipped.
   *
   * @param sink takes what is wrong, now and, on whatever thread asks, when more is read
   * @throws FormatException if it is no WebAssembly binary at all
   */
  public static WasmModule salvage(ByteSource source, Diagnostic.Sink sink) {
    return new WasmModule(source, Objects.requireNonNull(sink));
  }

  /** Returns the bytes. */
  public ByteSource source() {
    return source;
  }

  /** Returns all sections in the order of the file. */
  public List<Section> sections() {
    return sections;
  }

  /** Returns the first section of a kind. */
  public Optional<Section> section(SectionId id) {
    for (Section section : sections) {
      if (section.id() == id) {
        return Optional.of(section);
      }
    }
    return Optional.empty();
  }

  /** Returns the custom sections of a name in the order of the file. */
  public List<Section> customSections(String name) {
    List<Section> found = new ArrayList<>();
    for (Section section : sections) {
      if (section.id() == SectionId.CUSTOM && section.name().equals(name)) {
        found.add(section);
      }
    }
    return List.copyOf(found);
  }

  /** Returns the types, those of recursion groups one by one (§5.5.4). */
  public List<SubType> types() {
    return types.get();
  }

  /** Returns the types as they are grouped. */
  public List<RecType> typeGroups() {
    return typeGroups.get();
  }

  /** Returns the imports in order, those of groups one by one (§5.5.5). */
  public List<Import> imports() {
    return imports.get();
  }

  /**
   * Returns the exports in order (§5.5.10). The list keeps where each stands and reads it when it
   * is asked for.
   */
  public List<Export> exports() {
    return exports.get();
  }

  /** Returns the number of functions that are imported; they have the lowest indices. */
  public int importedFunctionCount() {
    return functions.get().imported();
  }

  /** Returns the number of functions, imported and defined. */
  public int functionCount() {
    return functions.get().count();
  }

  /**
   * Returns the index of a function's type among {@link #types}.
   *
   * @throws IllegalArgumentException if there is no such function
   */
  public int functionTypeIndex(int functionIndex) {
    FunctionTypes all = functions.get();
    if (functionIndex < 0 || functionIndex >= all.count()) {
      throw new IllegalArgumentException("function " + functionIndex + " of " + all.count());
    }
    return all.typeIndex(functionIndex);
  }

  /**
   * Returns a function's type.
   *
   * @throws IllegalArgumentException if there is no such function
   * @throws FormatException if its type index names no function type
   */
  public FuncType functionType(int functionIndex) {
    return functionTypeAt(functionTypeIndex(functionIndex));
  }

  /**
   * Returns the function type at an index among {@link #types}.
   *
   * @throws FormatException if there is none
   */
  public FuncType functionTypeAt(int typeIndex) {
    List<SubType> all = types();
    if (typeIndex >= 0
        && typeIndex < all.size()
        && all.get(typeIndex).composite() instanceof FuncType type) {
      return type;
    }
    throw new FormatException.Malformed(
        "type " + typeIndex + " is no function type", locationOf(SectionId.TYPE, "typesec"));
  }

  private Location locationOf(SectionId id, String production) {
    return section(id)
        .map(section -> section.payload().at(0, production))
        .orElseGet(() -> source.at(source.size(), production));
  }

  /** Returns the types of all tables, imported ones first. */
  public List<TableType> tableTypes() {
    return tableTypes.get();
  }

  /** Returns the types of all memories, imported ones first. */
  public List<MemoryType> memoryTypes() {
    return memoryTypes.get();
  }

  /** Returns the types of all globals, imported ones first. */
  public List<GlobalType> globalTypes() {
    return globalTypes.get();
  }

  /** Returns all tags with the indices of their types, imported ones first. */
  public List<ExternType.Tag> tags() {
    return tags.get();
  }

  /** Returns the types of all tags, imported ones first. */
  public List<FuncType> tagTypes() {
    return tagTypes.get();
  }

  /** Returns the tables that the module defines (§5.5.7). */
  public List<Table> tables() {
    return tables.get();
  }

  /** Returns the globals that the module defines (§5.5.9). */
  public List<Global> globals() {
    return globals.get();
  }

  /** Returns the function that is called at instantiation (§5.5.11). */
  public OptionalInt startFunction() {
    Optional<Section> section = section(SectionId.START);
    return section.isEmpty()
        ? OptionalInt.empty()
        : OptionalInt.of(section.get().payload().cursor().in("startsec").index());
  }

  /** Returns the element segments (§5.5.12). */
  public List<ElementSegment> elements() {
    return elements.get();
  }

  /** Returns the number of data segments that the data count section announces (§5.5.14). */
  public OptionalLong dataCount() {
    Optional<Section> section = section(SectionId.DATA_COUNT);
    return section.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(section.get().payload().cursor().in("datacountsec").u32());
  }

  /** Starts a walk over the data segments (§5.5.15); nothing of the section is read before. */
  public DataSegments dataSegments() {
    ByteSource payload =
        section(SectionId.DATA).map(Section::payload).orElseGet(() -> source.slice(0, 0));
    return new DataSegments(payload, sink);
  }

  /** Returns the number of functions that have a body here. */
  public int bodyCount() {
    return code.get().count();
  }

  /**
   * Returns the body of a function.
   *
   * @param functionIndex counted with the imported ones
   * @throws IllegalArgumentException if the function is imported or has no body here
   */
  public FunctionBody body(int functionIndex) {
    int defined = functionIndex - importedFunctionCount();
    if (defined < 0 || defined >= code.get().count()) {
      throw new IllegalArgumentException("function " + functionIndex + " has no body");
    }
    return new FunctionBody(this, functionIndex, code.get().body(defined));
  }

  /** Returns the body that the byte at {@code offset} belongs to. */
  public Optional<FunctionBody> bodyAt(FileOffset offset) {
    return bodyAt(codeOffset(offset));
  }

  /** Returns the body that the byte at {@code offset} belongs to. */
  public Optional<FunctionBody> bodyAt(CodeOffset offset) {
    int defined = code.get().find(offset.value());
    return defined < 0 ? Optional.empty() : Optional.of(body(importedFunctionCount() + defined));
  }

  /**
   * Returns an offset in the file as one in the code section's payload; negative before it, and
   * counted from the file's end if there is no code section.
   */
  public CodeOffset codeOffset(FileOffset offset) {
    return new CodeOffset(offset.value() - codeStart().value());
  }

  /** Returns an offset in the code section's payload as one in the file. */
  public FileOffset fileOffset(CodeOffset offset) {
    return codeStart().plus(offset.value());
  }

  private FileOffset codeStart() {
    return section(SectionId.CODE)
        .map(section -> section.payload().origin())
        .orElseGet(() -> source.origin().plus(source.size()));
  }

  /** Returns the name section; empty if there is none, damaged or not never an error. */
  public NameSection names() {
    return names.get();
  }

  /** Returns the module's own name, verbatim. */
  public Optional<String> moduleName() {
    return names().module();
  }

  /**
   * Returns the name of a function, verbatim: the name section's, else that of its first export.
   */
  public Optional<String> functionName(int functionIndex) {
    Optional<String> name = names().functions().get(functionIndex);
    return name.isPresent() ? name : exportedFunctionName(functionIndex);
  }

  private Optional<String> exportedFunctionName(int functionIndex) {
    try {
      return functionExports.get().name(functionIndex);
    } catch (FormatException e) {
      return Optional.empty();
    }
  }

  // -- Reading the sections

  private <T> List<T> readVector(
      SectionId id, String production, int elementBytes, SectionVector.Element<T> element) {
    Optional<Section> section = section(id);
    return section.isEmpty()
        ? List.of()
        : SectionVector.read(section.get(), production, elementBytes, element, sink);
  }

  private List<RecType> readTypeGroups() {
    return readVector(SectionId.TYPE, "typesec", 2, TypeGroups.counting());
  }

  private List<SubType> flattenTypes() {
    List<SubType> all = new ArrayList<>();
    for (RecType group : typeGroups()) {
      all.addAll(group.types());
    }
    return List.copyOf(all);
  }

  private List<Import> readImports() {
    Optional<Section> section = section(SectionId.IMPORT);
    return section.isEmpty() ? List.of() : ImportGroups.read(section.get(), sink);
  }

  private List<Export> readExports(Section section) {
    return ExportList.of(
        section.payload(), SectionVector.read(section, "exportsec", 3, ExportList::pass, sink));
  }

  private List<Global> readGlobals() {
    return readVector(
        SectionId.GLOBAL,
        "globalsec",
        3,
        cursor -> {
          GlobalType type = GlobalType.read(cursor);
          return new Global(type, ConstExpr.read(cursor));
        });
  }

  private List<Table> readTables() {
    return readVector(SectionId.TABLE, "tablesec", 3, Table::read);
  }

  private CodeIndex readCode() {
    Optional<Section> section = section(SectionId.CODE);
    if (section.isEmpty()) {
      return CodeIndex.empty(source);
    }
    ByteSource payload = section.get().payload();
    return sink == null ? CodeIndex.read(payload) : CodeIndex.salvage(payload, sink);
  }

  private <T> List<T> importedTypes(Class<T> type) {
    List<T> all = new ArrayList<>();
    for (Import imported : imports()) {
      if (type.isInstance(imported.type())) {
        all.add(type.cast(imported.type()));
      }
    }
    return all;
  }

  private List<TableType> collectTableTypes() {
    List<TableType> all = importedTypes(TableType.class);
    tables().forEach(table -> all.add(table.type()));
    return List.copyOf(all);
  }

  private List<MemoryType> collectMemoryTypes() {
    List<MemoryType> all = importedTypes(MemoryType.class);
    all.addAll(readVector(SectionId.MEMORY, "memsec", 2, MemoryType::read));
    return List.copyOf(all);
  }

  private List<GlobalType> collectGlobalTypes() {
    List<GlobalType> all = importedTypes(GlobalType.class);
    globals().forEach(global -> all.add(global.type()));
    return List.copyOf(all);
  }

  private List<ExternType.Tag> collectTags() {
    List<ExternType.Tag> all = importedTypes(ExternType.Tag.class);
    all.addAll(readVector(SectionId.TAG, "tagsec", 2, ExternType.Tag::read));
    return List.copyOf(all);
  }

  private List<FuncType> collectTagTypes() {
    List<FuncType> types = new ArrayList<>();
    for (ExternType.Tag tag : tags()) {
      types.add(functionTypeAt(tag.typeIndex()));
    }
    return List.copyOf(types);
  }
}
