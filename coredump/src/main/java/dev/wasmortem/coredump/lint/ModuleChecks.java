package dev.wasmortem.coredump.lint;

import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.bytes.Location;
import dev.wasmortem.coredump.CoreInstance;
import dev.wasmortem.coredump.Coredump;
import dev.wasmortem.coredump.SectionNames;
import dev.wasmortem.coredump.lint.CodeOffsets.Base;
import dev.wasmortem.coredump.lint.StackWalk.WalkedFrame;
import dev.wasmortem.coredump.lint.StackWalk.WalkedValue;
import dev.wasmortem.wasm.FunctionBody;
import dev.wasmortem.wasm.LocalTypes;
import dev.wasmortem.wasm.Section;
import dev.wasmortem.wasm.WasmModule;
import dev.wasmortem.wasm.types.ValueType;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a dump says of its modules, against the modules. */
final class ModuleChecks {
  private static final int MISSING = 0x01;

  private final Coredump dump;
  private final Map<Integer, WasmModule> modules;
  private final Gathered gathered;
  private final Map<Integer, CodeOffsets> codes = new HashMap<>();
  private final Map<Integer, CodeOffsets.Votes> votes = new HashMap<>();
  private final Set<Integer> told = new HashSet<>();

  /**
   * @param modules the modules that were found, by their index in the dump
   */
  ModuleChecks(Coredump dump, Map<Integer, WasmModule> modules, Gathered gathered) {
    this.dump = dump;
    this.modules = modules;
    this.gathered = gathered;
    modules.forEach(
        (index, module) -> {
          CodeOffsets code = new CodeOffsets(module);
          codes.put(index, code);
          votes.put(index, code.new Votes());
        });
  }

  void check() {
    if (modules.isEmpty()) {
      return;
    }
    for (int i = 0; i < dump.instances().size(); i++) {
      instance(i, dump.instances().get(i));
    }
    frames(this::vote);
    frames(this::frame);
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

  private void vote(WalkedFrame frame) {
    Integer module = moduleOf(frame);
    if (module != null) {
      CodeOffsets.Votes ballot = votes.get(module);
      if (ballot != null) {
        ballot.add(frame.function(), frame.codeOffset());
      }
    }
  }

  private void frame(WalkedFrame frame) {
    Integer module = moduleOf(frame);
    if (module == null) {
      return;
    }
    CodeOffsets code = codes.get(module);
    CodeOffsets.Votes ballot = votes.get(module);
    if (code == null || ballot == null) {
      return;
    }
    Optional<FunctionBody> body = code.body(frame.function());
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
    codeOffset(frame, module, code, ballot.base(), body.get());
    try {
      locals(frame, body.get().locals());
    } catch (FormatException e) {
      // A damaged module tells nothing of the dump.
    }
  }

  private void codeOffset(
      WalkedFrame frame, Integer module, CodeOffsets code, Base base, FunctionBody body) {
    if (frame.codeOffset() == 0) {
      return;
    }
    Location at = at(frame, frame.codeOffsetAt(), "frame.codeoffset");
    if (base != Base.BODY) {
      if (told.add(module)) {
        gathered.add(
            LintRule.CODE_OFFSETS_FROM_ELSEWHERE, at, "offsets are counted from " + base.words());
      }
      return;
    }
    OptionalInt inBody = code.inBody(body, frame.codeOffset(), base);
    if (inBody.isEmpty()) {
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
    } else if (!code.isInstruction(body, inBody.getAsInt())) {
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
