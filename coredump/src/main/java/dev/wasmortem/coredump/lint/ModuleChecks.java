package dev.wasmortem.coredump.lint;

import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.bytes.Location;
import dev.wasmortem.coredump.CodeOffsets;
import dev.wasmortem.coredump.CodeOffsets.Origin;
import dev.wasmortem.coredump.CoreInstance;
import dev.wasmortem.coredump.Coredump;
import dev.wasmortem.coredump.Frame;
import dev.wasmortem.coredump.SectionNames;
import dev.wasmortem.coredump.lint.StackWalk.WalkedFrame;
import dev.wasmortem.coredump.lint.StackWalk.WalkedValue;
import dev.wasmortem.wasm.FunctionBody;
import dev.wasmortem.wasm.LocalTypes;
import dev.wasmortem.wasm.Section;
import dev.wasmortem.wasm.WasmModule;
import dev.wasmortem.wasm.code.BodyOffset;
import dev.wasmortem.wasm.types.ValueType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a dump says of its modules, against the modules. */
final class ModuleChecks {
  private static final int MISSING = 0x01;

  private final Coredump dump;
  private final Map<Integer, WasmModule> modules;
  private final Gathered gathered;
  private boolean told;

  /**
   * @param modules the modules that were found, by their index in the dump
   */
  ModuleChecks(Coredump dump, Map<Integer, WasmModule> modules, Gathered gathered) {
    this.dump = dump;
    this.modules = modules;
    this.gathered = gathered;
  }

  void check() {
    if (modules.isEmpty()) {
      return;
    }
    for (int i = 0; i < dump.instances().size(); i++) {
      instance(i, dump.instances().get(i));
    }
    CodeOffsets offsets = CodeOffsets.of(dump, modules);
    frames(frame -> frame(frame, offsets));
  }

  private void frames(StackWalk.Frames frames) {
    for (Section stack : dump.binary().customSections(SectionNames.CORESTACK)) {
      try {
        new StackWalk(stack, dump.dialect(), new Gathered()).walk(frames);
      } catch (FormatException e) {
        // Told already.
      }
    }
  }

  private void instance(int index, CoreInstance instance) {
    WasmModule module = modules.get(instance.module());
    if (module == null) {
      return;
    }
    Location at =
        dump.binary().customSections(SectionNames.COREINSTANCES).stream()
            .findFirst()
            .map(section -> section.payload().at(0, "coreinstances"))
            .orElseGet(() -> dump.source().at(0, "coredump"));
    try {
      int listed = instance.memories().size();
      int memories = module.memoryTypes().size();
      if (listed < memories) {
        gathered.add(
            LintRule.INSTANCE_MEMORIES_MISSING,
            at,
            "instance "
                + index
                + " lists "
                + listed
                + " of its module's "
                + memories
                + " memories");
      }
      int globals = module.globalTypes().size();
      boolean listsGlobals = !dump.globals().isEmpty() || !instance.globals().isEmpty();
      if (listed > memories || (listsGlobals && instance.globals().size() != globals)) {
        gathered.add(
            LintRule.INSTANCE_NOT_OF_MODULE,
            at,
            "instance "
                + index
                + " lists "
                + listed
                + " memories and "
                + instance.globals().size()
                + " globals, its module has "
                + memories
                + " and "
                + globals);
      }
    } catch (FormatException e) {
      // A damaged module tells nothing of the dump.
    }
  }

  private @Nullable Integer moduleOf(WalkedFrame frame) {
    List<CoreInstance> instances = dump.instances();
    if (frame.instance() >= instances.size()) {
      return null;
    }
    int module = instances.get((int) frame.instance()).module();
    return modules.containsKey(module) ? (Integer) module : null;
  }

  private void frame(WalkedFrame frame, CodeOffsets offsets) {
    Integer module = moduleOf(frame);
    if (module == null) {
      return;
    }
    Frame named =
        new Frame(
            (int) frame.instance(),
            (int) Math.min(frame.function(), Integer.MAX_VALUE),
            new BodyOffset(0),
            List.of(),
            List.of());
    Optional<FunctionBody> body = CodeOffsets.bodyOf(dump, modules, named);
    if (body.isEmpty()) {
      gathered.add(
          LintRule.FUNCTION_OUT_OF_RANGE,
          at(frame, frame.functionAt(), "frame.funcidx"),
          "frame "
              + frame.index()
              + " is of function "
              + frame.function()
              + ", which its module does not define");
      return;
    }
    codeOffset(frame, offsets, body.get());
    try {
      locals(frame, body.get().locals());
    } catch (FormatException e) {
      // A damaged module tells nothing of the dump.
    }
  }

  private void codeOffset(WalkedFrame frame, CodeOffsets offsets, FunctionBody body) {
    Location at = at(frame, frame.codeOffsetAt(), "frame.codeoffset");
    Origin origin = offsets.origin().orElse(Origin.BODY);
    if (origin != Origin.BODY) {
      if (!told) {
        told = true;
        gathered.add(
            LintRule.CODE_OFFSETS_FROM_ELSEWHERE, at, "offsets are counted from " + origin.text());
      }
    } else if (frame.codeOffset() >= body.size()) {
      gathered.add(
          LintRule.CODE_OFFSET_OUT_OF_BODY,
          at,
          "frame "
              + frame.index()
              + " stands at offset "
              + frame.codeOffset()
              + " of a body of "
              + body.size()
              + " bytes");
    } else if (frame.codeOffset() != 0 && !offsets.isInstruction(body, frame.codeOffset())) {
      gathered.add(
          LintRule.CODE_OFFSET_NOT_AN_INSTRUCTION,
          at,
          "no instruction begins at offset " + frame.codeOffset() + " of frame " + frame.index());
    }
  }

  private void locals(WalkedFrame frame, LocalTypes locals) {
    List<WalkedValue> values = frame.locals();
    if (values.isEmpty() && locals.count() > 0) {
      gathered.add(
          LintRule.LOCALS_MISSING,
          at(frame, frame.localsAt(), "frame.locals"),
          "frame " + frame.index() + " has none of its function's " + locals.count() + " locals");
    } else if (values.size() != locals.count()) {
      gathered.add(
          LintRule.LOCALS_COUNT,
          at(frame, frame.localsAt(), "frame.locals"),
          "frame "
              + frame.index()
              + " has "
              + values.size()
              + " locals, its function "
              + locals.count());
    }
    for (int i = 0; i < values.size() && i < locals.count(); i++) {
      int type = values.get(i).type();
      if (type != MISSING && type != typeByte(locals.type(i))) {
        gathered.add(
            LintRule.LOCAL_TYPE,
            at(frame, values.get(i).at(), "frame.locals"),
            "local "
                + i
                + " of frame "
                + frame.index()
                + " is of type 0x"
                + Integer.toHexString(type)
                + ", not "
                + locals.type(i));
      }
    }
  }

  /** Returns the byte that a frame writes for a type; −1 where it has none. */
  private static int typeByte(ValueType type) {
    return switch (type.kind()) {
      case I32 -> 0x7f;
      case I64 -> 0x7e;
      case F32 -> 0x7d;
      case F64 -> 0x7c;
      case V128, REF -> -1;
    };
  }

  private static Location at(WalkedFrame frame, long position, String production) {
    return frame.section().payload().at(position, production);
  }
}
