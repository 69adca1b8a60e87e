package dev.wasmortem.wasm.custom;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Cursor;
import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.wasm.Section;
import dev.wasmortem.wasm.WasmModule;
import dev.wasmortem.wasm.code.BodyOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A custom section {@code metadata.code.TYPE}: what is said of single instructions, as annotations
 * of the text format say it (tool-conventions, CodeMetadata.md; {@code branch_hint}: proposal
 * branch hinting).
 *
 * <pre>
 * codemetadata ::= vec(function)
 * function     ::= index:u32 vec(instance)      instance ::= offset:u32 size:u32 data
 * </pre>
 *
 * <p>Opening finds where each function's instances are; they are read one function at a time.
 * Immutable.
 */
public final class CodeMetadata {
  /** The type of hints on which way branches go. */
  public static final String BRANCH_HINT = "branch_hint";

  private static final String PREFIX = "metadata.code.";

  private final Map<Integer, ByteSource> functions;

  /**
   * What is said of an instruction.
   *
   * @param offset where it begins in the function's body; 0 for the function itself
   * @param data what is said, as its type has it
   */
  public record Instance(BodyOffset offset, ByteSource data) {}

  /** Which way an {@code if} or {@code br_if} goes most of the time. */
  public enum BranchHint {
    /** Its condition is mostly false. */
    UNLIKELY,
    /** Its condition is mostly true. */
    LIKELY
  }

  private CodeMetadata(Map<Integer, ByteSource> functions) {
    this.functions = functions;
  }

  /** Returns the types of metadata that a module has, in the order of the file. */
  public static List<String> types(WasmModule module) {
    Set<String> types = new LinkedHashSet<>();
    for (Section section : module.sections()) {
      if (section.name().startsWith(PREFIX)) {
        types.add(section.name().substring(PREFIX.length()));
      }
    }
    return List.copyOf(types);
  }

  /**
   * Opens a module's metadata of a type; of none if there is no such section.
   *
   * @param type as {@link #BRANCH_HINT}
   */
  public static CodeMetadata of(WasmModule module, String type, Diagnostic.Sink sink) {
    Map<Integer, ByteSource> functions = new TreeMap<>();
    CustomCursor.of(module, PREFIX + type, sink)
        .ifPresent(section -> section.vec(cursor -> index(cursor, functions)));
    return new CodeMetadata(functions);
  }

  /** Finds a function's instances; of several entries for one function the first counts. */
  private static int index(Cursor cursor, Map<Integer, ByteSource> functions) {
    int function = cursor.index();
    long count = cursor.u32();
    long start = cursor.position();
    try {
      for (long i = 0; i < count; i++) {
        skip(cursor);
      }
      add(cursor, start, function, functions);
    } catch (FormatException e) {
      // What is whole is found again when it is read, which ends where the bytes do.
      cursor.seek(cursor.source().size());
      add(cursor, start, function, functions);
      throw e;
    }
    return function;
  }

  private static void add(
      Cursor cursor, long start, int function, Map<Integer, ByteSource> functions) {
    functions.putIfAbsent(function, cursor.source().slice(start, cursor.position() - start));
  }

  private static void skip(Cursor cursor) {
    cursor.index();
    cursor.skip(cursor.u32());
  }

  /** Returns the indices of the functions that something is said of, in rising order. */
  public List<Integer> functions() {
    return List.copyOf(functions.keySet());
  }

  /** Returns what is said of a function and its instructions, in the order of the file. */
  public List<Instance> of(int functionIndex) {
    @Nullable ByteSource bytes = functions.get(functionIndex);
    if (bytes == null) {
      return List.of();
    }
    List<Instance> all = new ArrayList<>();
    Cursor cursor = bytes.cursor();
    try {
      while (!cursor.atEnd()) {
        BodyOffset offset = new BodyOffset(cursor.index());
        all.add(new Instance(offset, cursor.take(cursor.u32())));
      }
    } catch (FormatException e) {
      // Reported when the section was opened.
    }
    return List.copyOf(all);
  }

  /**
   * Returns the hint that an instance of type {@link #BRANCH_HINT} is; empty if it is none that is
   * known.
   */
  public static Optional<BranchHint> branchHint(Instance instance) {
    if (instance.data().size() != 1) {
      return Optional.empty();
    }
    return switch (instance.data().u8(0)) {
      case 0 -> Optional.of(BranchHint.UNLIKELY);
      case 1 -> Optional.of(BranchHint.LIKELY);
      default -> Optional.empty();
    };
  }
}
