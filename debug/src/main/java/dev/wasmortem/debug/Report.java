package dev.wasmortem.debug;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a dump tells, as plain records: the one model that every face prints, as text or as JSON.
 * {@code docs/report.schema.json} is its schema; a record component is a JSON field of the same
 * name, a null component an absent field.
 *
 * <p>Indices and offsets are plain numbers; 64-bit values of the program and linear-memory
 * addresses are strings {@code "0x…"}. Text from files stands here verbatim: whoever prints it to a
 * terminal escapes it; only {@link Module#debugInfo} is a sentence that is safe to print.
 *
 * @param schema {@link #SCHEMA}
 * @param core the dump's file
 * @param process the process that died
 * @param trap what it died of
 * @param modules the dump's modules, by index
 * @param instances the dump's instances, by index; null in a backtrace of a dump that has none
 * @param memories the dump's memories; null in a backtrace
 * @param globals the dump's globals; null in a backtrace
 * @param tables the dump's tables; null in a backtrace, and where the dump has none
 * @param threads the dump's threads
 * @param diagnostics what was noticed in reading
 */
public record Report(
    String schema,
    Core core,
    @Nullable ProcessInfo process,
    @Nullable TrapInfo trap,
    List<Module> modules,
    List<Instance> instances,
    @Nullable List<Memory> memories,
    @Nullable List<Value> globals,
    @Nullable List<Table> tables,
    List<ThreadInfo> threads,
    List<Note> diagnostics) {

  /**
   * The model's name and version. It changes when a field changes its meaning, not when one is
   * added.
   */
  public static final String SCHEMA = "wasmortem-report-1";

  /**
   * The dump's file.
   *
   * @param path the path as given
   * @param size bytes
   * @param dialect the dialect it is written in
   * @param dialectEvidence what speaks for that, one line each
   * @param producer who seems to have written it, as {@code Wasmtime}; {@code unknown} if nothing
   *     tells
   * @param producerEvidence what speaks for that, one line each
   * @param truncated whether its end is missing
   */
  public record Core(
      String path,
      long size,
      String dialect,
      List<String> dialectEvidence,
      String producer,
      List<String> producerEvidence,
      boolean truncated) {}

  /**
   * The process.
   *
   * @param name the executable's name as in the dump
   * @param arguments the arguments, the program's own name first
   * @param environment the environment, each variable as {@code NAME=VALUE}
   * @param runtime the name of the runtime
   * @param runtimeVersion its version
   * @param host the name of the machine
   * @param time when the program died, as ISO 8601 has it
   * @param pid the process id on its machine
   */
  public record ProcessInfo(
      @Nullable String name,
      @Nullable List<String> arguments,
      @Nullable List<String> environment,
      @Nullable String runtime,
      @Nullable String runtimeVersion,
      @Nullable String host,
      @Nullable String time,
      @Nullable Long pid) {}

  /**
   * The trap.
   *
   * @param kind the kind, in kebab case, as {@code integer-divide-by-zero}
   * @param message what the engine said
   * @param explanation one sentence for people
   * @param thread the index of the thread that trapped
   * @param frame the index of the frame that trapped
   * @param fault the access to a memory that trapped
   * @param operands of the instruction that trapped, bottom first
   * @param exceptions those of the host that ended the program, the outermost first
   */
  public record TrapInfo(
      String kind,
      @Nullable String message,
      @Nullable String explanation,
      @Nullable Integer thread,
      @Nullable Integer frame,
      @Nullable Fault fault,
      @Nullable List<Value> operands,
      @Nullable List<ExceptionInfo> exceptions) {}

  /**
   * An access to a memory that trapped.
   *
   * @param memory the index of the memory, null where it is not in the dump
   * @param address the first byte that was to be accessed; often beyond the memory
   */
  public record Fault(@Nullable Integer memory, String address) {}

  /**
   * An exception of the host.
   *
   * @param className its class, as the host names it
   * @param message what it says
   */
  public record ExceptionInfo(String className, String message) {}

  /**
   * A module of the dump.
   *
   * @param name the name in the dump
   * @param hash the SHA-256 of the module's file, in hexadecimal: of the one that was found, where
   *     files are hashed, else as the dump tells it
   * @param buildId the module's build id, in hexadecimal: of the file that was found, else as the
   *     dump tells it
   * @param file the file that was found for it
   * @param debugInfo what the module has to tell of its sources, or why it has nothing: one line,
   *     safe to print, with the names of files escaped
   */
  public record Module(
      String name,
      @Nullable String hash,
      @Nullable String buildId,
      @Nullable String file,
      @Nullable String debugInfo) {}

  /**
   * An instance.
   *
   * @param module the index of its module
   * @param memories for each of its memories the index in the dump, null where none was written
   * @param globals for each of its globals the index in the dump, null where none was written
   * @param tables for each of its tables the index in the dump; null where dumps hold no tables
   */
  public record Instance(
      int module,
      List<@Nullable Integer> memories,
      List<@Nullable Integer> globals,
      @Nullable List<@Nullable Integer> tables) {}

  /**
   * A memory.
   *
   * @param index the index in the dump
   * @param pages its size when the program died
   * @param pageSize bytes a page
   * @param captured bytes that the dump holds
   * @param states how many bytes are in which state
   * @param regions what parts of it are for; null where the dump does not tell
   */
  public record Memory(
      int index,
      long pages,
      long pageSize,
      long captured,
      List<StateInfo> states,
      @Nullable List<RegionInfo> regions) {}

  /**
   * How many bytes are in a state.
   *
   * @param state as {@code known-zero}
   * @param bytes how many
   */
  public record StateInfo(String state, long bytes) {}

  /**
   * A part of a memory that serves one purpose.
   *
   * @param kind {@code data}, {@code stack}, {@code heap} or {@code other}
   * @param label what to call it
   * @param start the first byte's address
   * @param length in bytes
   */
  public record RegionInfo(String kind, String label, String start, long length) {}

  /**
   * A table.
   *
   * @param index the index in the dump
   * @param type what its elements refer to
   * @param size the number of its elements
   * @param captured how many of them the dump tells
   */
  public record Table(int index, String type, long size, long captured) {}

  /**
   * A thread.
   *
   * @param name its name in the dump
   * @param crashed whether it is the one that trapped
   * @param frames its activations, from youngest to oldest
   * @param hostFrames those of the host between them; null where the dump tells none
   */
  public record ThreadInfo(
      String name, boolean crashed, List<Frame> frames, @Nullable List<HostFrameInfo> hostFrames) {}

  /**
   * An activation of a function of the host.
   *
   * @param position the index of the frame that it stands before, being younger; the number of
   *     frames if it is older than all
   * @param description what the host says of it
   */
  public record HostFrameInfo(int position, String description) {}

  /**
   * An activation of a WebAssembly function.
   *
   * @param index its place in the thread, 0 the youngest
   * @param instance the index of its instance
   * @param module the index of its module
   * @param function the WebAssembly function index
   * @param name the name section's name, verbatim, else the export's
   * @param codeOffset the offset in the function's body, as in the dump or, where that counts from
   *     elsewhere, worked out from it; null when it is unknown
   * @param fileOffset the offset in the module's file; null when that or the module is unknown
   * @param sources from the innermost inlined function to the function itself
   * @param locals parameters and locals, by index
   * @param stack the operand stack, from its bottom
   * @param trust how far the frame can be trusted
   */
  public record Frame(
      int index,
      @Nullable Integer instance,
      @Nullable Integer module,
      int function,
      @Nullable String name,
      @Nullable Long codeOffset,
      @Nullable Long fileOffset,
      List<Source> sources,
      List<Value> locals,
      List<Value> stack,
      Trust trust) {}

  /**
   * A function of the program's source, with the place it had reached.
   *
   * @param name its name for people
   * @param linkageName its name for linkers, where that is another
   * @param file the source file, as the compiler named it after prefixes were replaced
   * @param line the line, from 1; null where the compiler made the code without one
   * @param column the column, from 1; null where it is unknown
   * @param inlined whether it is inlined into the next one
   */
  public record Source(
      String name,
      @Nullable String linkageName,
      @Nullable String file,
      @Nullable Integer line,
      @Nullable Integer column,
      boolean inlined) {}

  /**
   * A value.
   *
   * @param type its type, as {@code i32}
   * @param value its text as a debugger prints it; null when absent
   * @param raw its bytes in hexadecimal, little-endian as in memory; null when absent
   * @param trust how far it can be trusted
   * @param reason why it is absent
   */
  public record Value(
      @Nullable String type,
      @Nullable String value,
      @Nullable String raw,
      Trust trust,
      @Nullable String reason) {}

  /**
   * Something noticed.
   *
   * @param code its kind, in kebab case
   * @param offset the offset in the file, where there is one
   * @param message one line
   */
  public record Note(String code, @Nullable Long offset, String message) {}

  /** How far a value or a frame can be trusted. */
  public enum Trust {
    /** As it was in the program. */
    EXACT,
    /** Worked out from what is exact. */
    RECOVERED,
    /** Probable. */
    GUESSED,
    /** Not there. */
    ABSENT;

    /** Returns the name in JSON, as {@code exact}. */
    @Override
    public String toString() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }
}
