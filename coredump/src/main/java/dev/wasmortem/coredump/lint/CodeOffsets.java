package dev.wasmortem.coredump.lint;

import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.wasm.FunctionBody;
import dev.wasmortem.wasm.WasmModule;
import dev.wasmortem.wasm.code.BodyOffset;
import dev.wasmortem.wasm.code.InstructionReader;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Where instructions begin in the functions of a module, and from where a dump's code offsets are
 * counted. A function's body is walked once.
 */
public final class CodeOffsets {
  /** From where offsets are counted. */
  public enum Base {
    /** The byte after the body's size, as the convention has it. */
    BODY("the start of the body"),
    /** The first instruction, behind the local declarations: xtuc's rewriter. */
    FIRST_INSTRUCTION("the first instruction"),
    /** The start of the code section: xtuc's rewriter until December 2024, wasmgdb. */
    CODE_SECTION("the start of the code section");

    private final String words;

    Base(String words) {
      this.words = words;
    }

    /** Returns the place in words. */
    public String words() {
      return words;
    }
  }

  /** So many frames must agree before another base than the convention's is believed. */
  private static final int FEWEST_FRAMES = 3;

  private final WasmModule module;
  private final Map<Integer, BitSet> starts = new HashMap<>();

  /** Makes one for a module. */
  public CodeOffsets(WasmModule module) {
    this.module = module;
  }

  /** Returns the body of a function, empty where the module has none for it. */
  public Optional<FunctionBody> body(long function) {
    try {
      long defined = function - module.importedFunctionCount();
      return defined >= 0 && defined < module.bodyCount()
          ? Optional.of(module.body((int) function))
          : Optional.empty();
    } catch (FormatException e) {
      return Optional.empty();
    }
  }

  /**
   * Returns the offset in the function's body of what a dump calls {@code offset}, empty where that
   * is outside the body.
   */
  public OptionalInt inBody(FunctionBody body, long offset, Base base) {
    long value =
        switch (base) {
          case BODY -> offset;
          case FIRST_INSTRUCTION -> offset + codeStart(body);
          case CODE_SECTION -> offset - body.codeOffset(new BodyOffset(0)).value();
        };
    return value >= 0 && value < body.size() ? OptionalInt.of((int) value) : OptionalInt.empty();
  }

  private static long codeStart(FunctionBody body) {
    try {
      return body.codeStart().value();
    } catch (FormatException e) {
      return 0;
    }
  }

  /** Returns whether an instruction begins at a byte of a body. */
  public boolean isInstruction(FunctionBody body, int offset) {
    return starts.computeIfAbsent(body.functionIndex(), f -> walk(body)).get(offset);
  }

  private static BitSet walk(FunctionBody body) {
    BitSet starts = new BitSet();
    try {
      InstructionReader reader = body.instructions();
      while (reader.next()) {
        starts.set(reader.offset().value());
      }
    } catch (FormatException e) {
      // What comes behind the damage begins nowhere.
    }
    return starts;
  }

  /** Counts with which bases a dump's offsets in this module are those of instructions. */
  public final class Votes {
    private final Map<Base, Integer> fits = new EnumMap<>(Base.class);
    private int frames;

    /** Makes a count of none yet. */
    public Votes() {}

    /** Takes a frame; one whose offset or function is not known says nothing. */
    public void add(long function, long offset) {
      Optional<FunctionBody> body = body(function);
      if (offset == 0 || body.isEmpty()) {
        return;
      }
      frames++;
      for (Base base : Base.values()) {
        OptionalInt at = inBody(body.get(), offset, base);
        if (at.isPresent() && isInstruction(body.get(), at.getAsInt())) {
          fits.merge(base, 1, Integer::sum);
        }
      }
    }

    /** Returns the base with which every offset fits, the convention's where none or all do. */
    public Base base() {
      for (Base base : Base.values()) {
        boolean believable = base == Base.BODY || frames >= FEWEST_FRAMES;
        if (believable && fits.getOrDefault(base, 0) == frames) {
          return base;
        }
      }
      return Base.BODY;
    }
  }
}
