package dev.wasmortem.capture.endive;

import dev.wasmortem.coredump.Frame;
import dev.wasmortem.coredump.Note;
import dev.wasmortem.coredump.TrapKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The decoders of a dump's frames, one for each module. */
final class FrameDecoders {
  private final DumpState state;
  private final OpenedModules opened;
  private final Map<ModuleImage, Map<TrapKind, FrameDecoder>> decoders = new HashMap<>();
  private final Map<ModuleImage, Note> withoutBytes = new LinkedHashMap<>();

  FrameDecoders(DumpState state, OpenedModules opened) {
    this.state = state;
    this.opened = opened;
  }

  /**
   * Decodes a frame.
   *
   * @param kind why its thread is not running
   */
  Frame decode(RawFrame frame, TrapKind kind) {
    return of(frame, kind).decode(frame, state.instance(frame.machine));
  }

  FrameDecoder of(RawFrame frame, TrapKind kind) {
    return decoders
        .computeIfAbsent(frame.machine.image(), image -> new HashMap<>())
        .computeIfAbsent(kind, unknown -> make(frame.machine, kind));
  }

  private FrameDecoder make(CapturingMachine machine, TrapKind kind) {
    OpenedModule module = opened.of(machine);
    if (module.module().isEmpty()) {
      withoutBytes.put(
          machine.image(),
          new Note(
              Note.MODULE_BYTES_UNKNOWN,
              "module "
                  + module.name()
                  + ": "
                  + module.problem()
                  + "; its frames lack operands, and some offsets"));
    }
    return new FrameDecoder(
        machine.image(), module.module().orElse(null), state.references(), kind);
  }

  /** Returns what the frames decoded so far lack. */
  List<Note> notes() {
    List<Note> notes = new ArrayList<>(withoutBytes.values());
    int values = 0;
    int stacks = 0;
    for (Map<TrapKind, FrameDecoder> byKind : decoders.values()) {
      for (FrameDecoder decoder : byKind.values()) {
        values += decoder.valuesLeftOut();
        stacks += decoder.stacksLeftOut();
      }
    }
    if (values > 0) {
      notes.add(
          new Note(
              Note.FRAME_VALUES_LEFT_OUT,
              values + " references in frames are not known: the runtime does not show them"));
    }
    if (stacks > 0) {
      notes.add(
          new Note(Note.OPERANDS_LEFT_OUT, "the operands of " + stacks + " frames are not known"));
    }
    return notes;
  }
}
