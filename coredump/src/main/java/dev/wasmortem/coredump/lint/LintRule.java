package dev.wasmortem.coredump.lint;

import static dev.wasmortem.coredump.lint.LintRule.Repair.CANNOT;
import static dev.wasmortem.coredump.lint.LintRule.Repair.MODULE;
import static dev.wasmortem.coredump.lint.LintRule.Repair.REWRITE;
import static dev.wasmortem.coredump.lint.LintRule.Severity.ERROR;
import static dev.wasmortem.coredump.lint.LintRule.Severity.NOTE;
import static dev.wasmortem.coredump.lint.LintRule.Severity.WARNING;

import java.util.Locale;

/**
 * The deviations from the convention that are known: one row each. {@code docs/lint.md} is made
 * from this table.
 */
public enum LintRule {
  // The file
  TRUNCATED(
      ERROR,
      REWRITE,
      "The file ends before its last section does. What was cut off is lost; what is whole is"
          + " kept.",
      "full disks, killed processes"),
  SECTION_ID_UNKNOWN(
      ERROR, REWRITE, "A section of a kind that WebAssembly does not have.", "damaged files"),
  SECTION_DAMAGED(
      ERROR,
      REWRITE,
      "A section cannot be read to its end. The elements before the damage are kept.",
      "damaged files"),
  TRAILING_BYTES(ERROR, REWRITE, "Bytes stand behind the last element of a section.", ""),
  CORE_MISSING(
      ERROR,
      REWRITE,
      "There is no section core, by which other tools tell a dump; the repaired dump's executable"
          + " has no name.",
      "dumps that were cut off"),
  DUPLICATE_SECTION(
      ERROR, REWRITE, "A section stands twice that may stand once; the first counts.", ""),
  SECTIONS_OUT_OF_ORDER(
      WARNING,
      REWRITE,
      "The sections that are not custom do not stand in the order of a WebAssembly binary (Core"
          + " Specification, §5.5.16), so that validating readers refuse the file.",
      ""),
  SECTION_UNEXPECTED(
      NOTE,
      REWRITE,
      "A section that dumps have no use for, as code or types.",
      "tools that write the dump into the module itself"),
  NUMBER_PADDED(
      NOTE,
      REWRITE,
      "A LEB128 number is written in more bytes than it needs. Readers read it.",
      "linkers, and writers that fill sizes in later"),
  NAME_NOT_UTF8(ERROR, REWRITE, "A name is not UTF-8, so that readers refuse its section.", ""),
  NAME_TOO_LONG(
      ERROR, REWRITE, "A name has more than 100,000 bytes, which wasm-tools refuses.", ""),
  NAME_WITH_CONTROLS(
      NOTE,
      CANNOT,
      "A name holds control characters, which could steer the terminal that prints it.",
      "hostile files"),

  // Modules and instances
  MODULES_MISSING(
      ERROR,
      REWRITE,
      "There is no section coremodules, or it lists none and an instance is assumed; one module of"
          + " the executable's name is assumed.",
      "tools of early 2023, xtuc's rewriter, WasmEdge"),
  INSTANCES_MISSING(
      ERROR,
      REWRITE,
      "There is no section coreinstances, or it lists none; one instance with every memory and"
          + " global is assumed.",
      "tools of early 2023, xtuc's rewriter, WasmEdge"),
  MODULE_INLINE(
      ERROR,
      REWRITE,
      "A module is given by its bytes (0x01), which was proposed and never adopted; other readers"
          + " reject it. The bytes move to a section of ours.",
      "wasmortem --module-bytes=inline"),
  MODULE_NAMES_UNSIZED(
      ERROR,
      REWRITE,
      "The lengths of the modules' names are missing, so that other readers refuse the list.",
      "WasmEdge"),
  INSTANCE_MODULE_OUT_OF_RANGE(ERROR, CANNOT, "An instance is of a module that is not listed.", ""),
  INSTANCE_MEMORY_OUT_OF_RANGE(
      ERROR,
      REWRITE,
      "An instance names a memory that is not in the dump; it becomes one that was not dumped.",
      ""),
  INSTANCE_GLOBAL_OUT_OF_RANGE(
      ERROR,
      REWRITE,
      "An instance names a global that is not in the dump; it becomes one that was not dumped.",
      ""),
  INDEX_NOT_DUMPED(
      NOTE,
      CANNOT,
      "An instance's memory or global has the index 2^32-1: it exists and is not in the dump.",
      "Wasmtime"),

  // Stacks
  STACK_MISSING(NOTE, CANNOT, "There is no section corestack, so there are no frames.", ""),
  STACK_DAMAGED(
      ERROR,
      REWRITE,
      "No dialect reads the stacks as a whole. The frames before the damage are kept.",
      "damaged files"),
  DIALECT_AMBIGUOUS(
      NOTE,
      CANNOT,
      "The stacks can be read in two dialects with different results; the likelier one is taken.",
      ""),
  INTEGERS_FIXED(
      ERROR,
      REWRITE,
      "Integers in frames are 4 or 8 bytes, not LEB128; wasm-tools misreads or refuses them.",
      "xtuc's rewriter, wasmgdb, WasmEdge"),
  COUNTS_FIRST(
      ERROR,
      REWRITE,
      "A frame has both counts first, then all values, not each count before its values.",
      "xtuc's rewriter, wasmgdb, WasmEdge"),
  OPERANDS_MISSING(
      ERROR,
      REWRITE,
      "Frames count operands that are not written, so that other readers lose their way.",
      "WasmEdge with --coredump-for-wasmgdb"),
  FRAMES_MISSING(
      ERROR,
      REWRITE,
      "A thread announces more frames than it has; those of the host are counted and not written.",
      "WasmEdge"),
  INSTANCE_INDEX_MISSING(
      ERROR, REWRITE, "Frames do not name their instance.", "tools of early 2023, WasmEdge"),
  PARAMETERS_MADE_UP(
      ERROR,
      REWRITE,
      "A caller's parameters are 669, 670 and so on, which stand for values that were not captured;"
          + " they are written as missing.",
      "xtuc's rewriter"),
  FRAME_INSTANCE_OUT_OF_RANGE(
      ERROR, CANNOT, "A frame is of an instance that is not in the dump.", ""),
  CODE_OFFSET_UNKNOWN(
      NOTE, CANNOT, "A frame's code offset is 0: where it stood is not known.", "Wasmtime"),

  // Memories and globals
  TOO_MANY_MEMORIES(
      ERROR,
      REWRITE,
      "There are more than 100 memories, which wasm-tools refuses; those beyond are lost, and a note"
          + " in the repaired dump says so.",
      ""),
  TOO_MANY_GLOBALS(
      ERROR,
      REWRITE,
      "There are more than 1,000,000 globals, which wasm-tools refuses; those beyond are lost, and a"
          + " note in the repaired dump says so.",
      ""),
  TOO_MANY_SEGMENTS(
      ERROR,
      REWRITE,
      "There are more than 100,000 data segments, which wasm-tools refuses; the nearest are"
          + " joined.",
      ""),
  MEMORY_SIZE_ZERO(
      ERROR,
      REWRITE,
      "A memory's minimum is 0 although it has bytes; the minimum is to be its size.",
      "xtuc's rewriter"),
  SEGMENT_OUT_OF_BOUNDS(
      ERROR,
      REWRITE,
      "A data segment reaches beyond its memory; what lies beyond is left out.",
      ""),
  SEGMENT_MEMORY_OUT_OF_RANGE(
      ERROR, REWRITE, "A data segment is of a memory that is not there; it is left out.", ""),
  SEGMENT_NOT_ACTIVE(
      ERROR, REWRITE, "A data segment is passive: it has no address. It is left out.", ""),
  SEGMENT_ADDRESS_NOT_CONSTANT(
      ERROR, REWRITE, "A data segment's address is no integer constant; it is left out.", ""),
  SEGMENTS_OVERLAP(
      WARNING, REWRITE, "Data segments of a memory overlap; the later one counts.", ""),
  GLOBAL_MUTABLE(
      WARNING, REWRITE, "A global is declared mutable; the convention has constants.", "Wasmtime"),
  GLOBAL_NOT_CONSTANT(
      ERROR, REWRITE, "A global's initialiser is no constant, so that its value is not known.", ""),

  // Sections of ours
  EXTENSION_UNKNOWN(
      NOTE,
      REWRITE,
      "A section wasmortem.* of a name or a version that is not known here; it is not read.",
      "later versions of wasmortem"),
  EXTENSION_DAMAGED(
      ERROR,
      REWRITE,
      "A section wasmortem.* breaks its grammar; what is whole is kept.",
      "damaged files"),
  MODULES_EXPAND_TOO_FAR(
      ERROR,
      REWRITE,
      "The sections wasmortem.module-bytes expand to more than 256 MiB; those beyond are not read, and"
          + " are left out.",
      "hostile files"),
  TRAP_OUT_OF_RANGE(
      ERROR,
      REWRITE,
      "The section wasmortem.trap names a thread, a frame or a memory that is not in the dump; it"
          + " becomes one that is not known.",
      ""),

  EXTENSION_CONTRADICTS(
      ERROR,
      REWRITE,
      "A section wasmortem.* tells of modules, instances, threads or values that are not in the"
          + " dump; it is not believed.",
      ""),
  SEGMENT_INDEX_MISMATCH(
      ERROR,
      REWRITE,
      "The section wasmortem.segments disagrees with the Data section, which counts.",
      "tools that change the Data section"),
  MEMORY_STATES_CONTRADICT(
      ERROR,
      REWRITE,
      "The section wasmortem.memory tells of a memory that is not there, or of bytes beyond its"
          + " end.",
      "tools that change the memories"),

  // Against the modules
  INSTANCE_MEMORIES_MISSING(
      ERROR,
      MODULE,
      "An instance lists fewer memories than its module has. Where the missing ones are those that"
          + " threads share, they are put back as not dumped.",
      "Wasmtime, which drops shared memories"),
  INSTANCE_NOT_OF_MODULE(
      ERROR,
      CANNOT,
      "An instance lists other numbers of memories or globals than its module has.",
      ""),
  FUNCTION_OUT_OF_RANGE(
      ERROR,
      CANNOT,
      "A frame is of a function that its module does not define, or of one beyond the million that"
          + " engines take.",
      ""),
  CODE_OFFSETS_FROM_ELSEWHERE(
      ERROR,
      MODULE,
      "Code offsets are not counted from the start of the function's body, but from its first"
          + " instruction, from the start of the code section or of the file.",
      "xtuc's rewriter, WasmEdge"),
  CODE_OFFSET_OUT_OF_BODY(
      ERROR, CANNOT, "A frame's code offset lies beyond the function's body.", ""),
  CODE_OFFSET_NOT_AN_INSTRUCTION(
      ERROR, CANNOT, "No instruction begins at a frame's code offset.", ""),
  LOCALS_MISSING(
      WARNING,
      MODULE,
      "A frame has no locals although its function has; they are written as missing.",
      "Wasmtime"),
  LOCALS_COUNT(ERROR, CANNOT, "A frame has another number of locals than its function.", ""),
  LOCAL_TYPE(ERROR, CANNOT, "A local's value is not of the local's type.", "");

  /** How much a deviation matters. */
  public enum Severity {
    /** Other readers misread the dump or refuse it. */
    ERROR,
    /** It deviates, and is read all the same. */
    WARNING,
    /** It does not deviate; it is good to know. */
    NOTE;

    /** Returns the name in JSON, as {@code error}. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** How a deviation is repaired. */
  public enum Repair {
    /** By writing the dump anew. */
    REWRITE("rewriting"),
    /** By writing the dump anew, with the module at hand. */
    MODULE("rewriting with the module"),
    /** What would be needed is not known. */
    CANNOT("not");

    private final String words;

    Repair(String words) {
      this.words = words;
    }

    /** Returns the way in words, for a table. */
    public String words() {
      return words;
    }

    /** Returns the name in JSON, as {@code rewrite}. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Severity severity;
  private final Repair repair;
  private final String meaning;
  private final String producers;

  LintRule(Severity severity, Repair repair, String meaning, String producers) {
    this.severity = severity;
    this.repair = repair;
    this.meaning = meaning;
    this.producers = producers;
  }

  /** Returns the stable name in kebab case, as {@code integers-fixed}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns how much it matters. */
  public Severity severity() {
    return severity;
  }

  /** Returns how it is repaired. */
  public Repair repair() {
    return repair;
  }

  /** Returns what it means, for people. */
  public String meaning() {
    return meaning;
  }

  /** Returns who is known to write it; empty where nobody is. */
  public String producers() {
    return producers;
  }
}
