package dev.wasmortem.debug;

import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.coredump.CoreThread;
import dev.wasmortem.coredump.Coredump;
import dev.wasmortem.coredump.Dialect;
import dev.wasmortem.coredump.Frame;
import dev.wasmortem.coredump.Producer;
import dev.wasmortem.debug.Report.Trust;
import dev.wasmortem.wasm.FunctionBody;
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
 * fits all frames, and nothing else does, is taken.
 */
final class CodeOffsets {
  /** Where offsets count from. */
  enum Origin {
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
  }

  /**
   * A frame's place in its function.
   *
   * @param offset in the body, 0 if it is not known
   * @param isKnown whether it is known
   * @param trust how far it can be trusted
   */
  record Place(BodyOffset offset, boolean isKnown, Trust trust) {}

  private static final Place UNKNOWN = new Place(new BodyOffset(0), false, Trust.GUESSED);

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
   * @param bodies the body of a frame's function, if the module is there and has it
   */
  CodeOffsets(Coredump dump, Function<Frame, Optional<FunctionBody>> bodies) {
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

  /** Returns where a frame is. */
  Place place(List<Frame> frames, int index) {
    Frame frame = frames.get(index);
    if (isConvention) {
      return asWritten(frame, Trust.EXACT);
    }
    if (origin == null) {
      return asWritten(frame, Trust.GUESSED);
    }
    Optional<FunctionBody> body = body(frame);
    if (body.isEmpty() || !tells(origin, frames, index)) {
      return UNKNOWN;
    }
    long offset = offset(origin, frames, index, body.get());
    return new Place(new BodyOffset((int) offset), true, Trust.RECOVERED);
  }

  private static Place asWritten(Frame frame, Trust trust) {
    return frame.codeOffset().value() == 0 ? UNKNOWN : new Place(frame.codeOffset(), true, trust);
  }

  /** Returns what is to be said of it, empty if offsets are the convention's. */
  Optional<Report.Note> note() {
    if (isConvention) {
      return Optional.empty();
    }
    return Optional.of(
        origin == null
            ? new Report.Note(
                "code-offsets-uncertain",
                null,
                "producers of this dialect count code offsets from other places than the"
                    + " convention; lines may be a little off")
            : new Report.Note(
                "code-offsets-recovered",
                null,
                "code offsets count from "
                    + origin.text
                    + ": so, and in no other way, all of the "
                    + checked
                    + " frames that can be checked stand at an instruction, callers at a call"));
  }
}
