package dev.wasmortem.coredump;

import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.wasm.FunctionBody;
import dev.wasmortem.wasm.WasmModule;
import dev.wasmortem.wasm.code.BodyOffset;
import dev.wasmortem.wasm.code.InstructionReader;
import dev.wasmortem.wasm.code.Opcode;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where the frames of a dump had come to. The convention counts a code offset from the beginning of
 * the function's body; producers of other dialects count from elsewhere, and which it is shows in
 * the modules: a caller stands at a call, and every frame at the beginning of an instruction. What
 * fits all frames, and nothing else does, is taken. Bodies are read once, those of the frames only.
 * Not thread-safe.
 */
public final class CodeOffsets {
  /** Where offsets count from. */
  public enum Origin {
    /** The body, where the local declarations begin: the convention, Wasmtime. */
    BODY("the beginning of the function's body"),

    /** The first instruction after the local declarations: xtuc's rewriter since December 2024. */
    FIRST_INSTRUCTION("the function's first instruction"),

    /** The code section's content: xtuc's rewriter before. */
    CODE_SECTION("the beginning of the code section"),

    /**
     * The file, and it is the call that made the frame: what stands in a frame belongs to the next
     * older one. WasmEdge.
     */
    CALLERS_FILE("the beginning of the module's file, each frame having its caller's");

    private final String text;

    Origin(String text) {
      this.text = text;
    }

    /** Returns the place in words: offsets count from … */
    public String text() {
      return text;
    }
  }

  /**
   * A frame's place in its function.
   *
   * @param offset in the body, 0 if it is not known
   * @param certainty how far it can be trusted
   */
  public record Place(BodyOffset offset, Certainty certainty) {}

  /** How far a place can be trusted. */
  public enum Certainty {
    /** The dump says so, and means it as the convention does. */
    EXACT,
    /** Worked out from what the dump says and from the modules. */
    RECOVERED,
    /** The dump says so; what it counts from is not known. */
    GUESSED,
    /** The dump does not say. */
    UNKNOWN
  }

  private static final Place UNKNOWN = new Place(new BodyOffset(0), Certainty.UNKNOWN);

  private final Function<Frame, Optional<FunctionBody>> bodies;
  private final Map<FunctionBody, Instructions> instructions = new HashMap<>();
  private final Map<Long, Optional<FunctionBody>> bodyOf = new HashMap<>();
  private final boolean isConvention;
  private final @Nullable Origin origin;
  private int checked;

  /** Where the instructions of a body begin, and which of them are calls. */
  private record Instructions(BitSet all, BitSet calls) {}

  /**
   * Finds out where the offsets of a dump count from.
   *
   * @param modules the modules that are at hand, by their index in the dump
   */
  public static CodeOffsets of(Coredump dump, Map<Integer, WasmModule> modules) {
    return new CodeOffsets(dump, frame -> bodyOf(dump, modules, frame));
  }

  /**
   * Returns the body of a frame's function, empty if its module is not there or has none.
   *
   * @param modules the modules that are at hand, by their index in the dump
   */
  public static Optional<FunctionBody> bodyOf(
      Coredump dump, Map<Integer, WasmModule> modules, Frame frame) {
    if (frame.instance() >= dump.instances().size()) {
      return Optional.empty();
    }
    WasmModule module = modules.get(dump.instances().get(frame.instance()).module());
    if (module == null) {
      return Optional.empty();
    }
    try {
      int defined = frame.function() - module.importedFunctionCount();
      return defined >= 0 && defined < module.bodyCount()
          ? Optional.of(module.body(frame.function()))
          : Optional.empty();
    } catch (FormatException e) {
      return Optional.empty();
    }
  }

  /**
   * Finds out where the offsets of a dump count from.
   *
   * @param bodies the body of a frame's function, if the module is there and has it
   */
  public CodeOffsets(Coredump dump, Function<Frame, Optional<FunctionBody>> bodies) {
    this.bodies = bodies;
    Dialect dialect = dump.dialect();
    this.isConvention =
        dialect.layout() == Dialect.Layout.SEPARATE
            && dialect.producer() != Producer.XTUC_REWRITER
            && dialect.producer() != Producer.WASMEDGE;
    this.origin = isConvention ? Origin.BODY : find(dump.threads());
  }

  private @Nullable Origin find(List<CoreThread> threads) {
    List<Origin> fitting = new ArrayList<>();
    for (Origin candidate : Origin.values()) {
      int frames = 0;
      for (CoreThread thread : threads) {
        int fits = fits(candidate, thread.frames());
        frames = fits < 0 || frames < 0 ? -1 : frames + fits;
      }
      if (frames > 0) {
        fitting.add(candidate);
        checked = frames;
      }
    }
    return fitting.size() == 1 ? fitting.get(0) : null;
  }

  /** Returns how many frames stand at an instruction, -1 if one does not. */
  private int fits(Origin candidate, List<Frame> frames) {
    try {
      return standing(candidate, frames);
    } catch (FormatException e) {
      return -1; // a body whose locals cannot be read
    }
  }

  private int standing(Origin candidate, List<Frame> frames) {
    int checkedHere = 0;
    for (int i = 0; i < frames.size(); i++) {
      Optional<FunctionBody> body = body(frames.get(i));
      if (body.isEmpty() || !tells(candidate, frames, i)) {
        continue;
      }
      long offset = offset(candidate, frames, i, body.get());
      Instructions known = instructions.computeIfAbsent(body.get(), CodeOffsets::read);
      BitSet where = i == 0 ? known.all : known.calls;
      if (offset < 0 || offset >= body.get().size() || !where.get((int) offset)) {
        return -1;
      }
      checkedHere++;
    }
    return checkedHere;
  }

  /** Returns whether the dump says where a frame is; offset 0 may mean that it does not. */
  private static boolean tells(Origin candidate, List<Frame> frames, int index) {
    return switch (candidate) {
      case FIRST_INSTRUCTION -> true;
      case BODY, CODE_SECTION -> frames.get(index).codeOffset().value() != 0;
      case CALLERS_FILE -> index > 0 && frames.get(index - 1).codeOffset().value() != 0;
    };
  }

  /** Returns the offset in the body; anything where it is outside. */
  private static long offset(Origin candidate, List<Frame> frames, int index, FunctionBody body) {
    long own = frames.get(index).codeOffset().value();
    return switch (candidate) {
      case BODY -> own;
      case FIRST_INSTRUCTION -> own + body.codeStart().value();
      case CODE_SECTION -> own - body.codeOffset(new BodyOffset(0)).value();
      case CALLERS_FILE ->
          frames.get(index - 1).codeOffset().value()
              - (body.start().value() - body.module().source().origin().value());
    };
  }

  private Optional<FunctionBody> body(Frame frame) {
    long key = (long) frame.instance() << 32 | frame.function();
    return bodyOf.computeIfAbsent(key, unused -> bodies.apply(frame));
  }

  /** Reads a body once; of a damaged one what stands before the damage. */
  private static Instructions read(FunctionBody body) {
    BitSet all = new BitSet();
    BitSet calls = new BitSet();
    try {
      InstructionReader reader = body.instructions();
      while (reader.next()) {
        int at = reader.offset().value();
        all.set(at);
        Opcode opcode = reader.opcode();
        if (opcode == Opcode.CALL || opcode == Opcode.CALL_INDIRECT || opcode == Opcode.CALL_REF) {
          calls.set(at);
        }
      }
    } catch (FormatException e) {
      // The instructions before it count.
    }
    return new Instructions(all, calls);
  }

  /** Returns whether the dump is one of those that count as the convention has it. */
  public boolean isConvention() {
    return isConvention;
  }

  /** Returns where offsets count from, empty if that could not be found out. */
  public Optional<Origin> origin() {
    return Optional.ofNullable(origin);
  }

  /** Returns how many frames speak for the origin, where it was found out. */
  public int checkedFrames() {
    return checked;
  }

  /** Returns whether an instruction begins at a byte of a body. */
  public boolean isInstruction(FunctionBody body, long offset) {
    return offset >= 0
        && offset < body.size()
        && instructions.computeIfAbsent(body, CodeOffsets::read).all.get((int) offset);
  }

  /** Returns where a frame is. */
  public Place place(List<Frame> frames, int index) {
    Frame frame = frames.get(index);
    if (isConvention) {
      return asWritten(frame, Certainty.EXACT);
    }
    if (origin == null) {
      return asWritten(frame, Certainty.GUESSED);
    }
    Optional<FunctionBody> body = body(frame);
    if (body.isEmpty() || !tells(origin, frames, index)) {
      return UNKNOWN;
    }
    long offset = offset(origin, frames, index, body.get());
    return new Place(new BodyOffset((int) offset), Certainty.RECOVERED);
  }

  private static Place asWritten(Frame frame, Certainty certainty) {
    return frame.codeOffset().value() == 0 ? UNKNOWN : new Place(frame.codeOffset(), certainty);
  }
}
