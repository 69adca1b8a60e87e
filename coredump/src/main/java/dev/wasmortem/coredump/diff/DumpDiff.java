package dev.wasmortem.coredump.diff;

import static dev.wasmortem.coredump.CoreInstance.NOT_DUMPED;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.coredump.CoreGlobal;
import dev.wasmortem.coredump.CoreInstance;
import dev.wasmortem.coredump.CoreMemory;
import dev.wasmortem.coredump.CoreThread;
import dev.wasmortem.coredump.Coredump;
import dev.wasmortem.coredump.Frame;
import dev.wasmortem.coredump.HostFrame;
import dev.wasmortem.coredump.ProcessInfo;
import dev.wasmortem.coredump.SectionNames;
import dev.wasmortem.coredump.Trap;
import dev.wasmortem.coredump.Value;
import dev.wasmortem.coredump.diff.Difference.Frames;
import dev.wasmortem.coredump.diff.Difference.Part;
import dev.wasmortem.coredump.inspect.InstanceText;
import dev.wasmortem.coredump.inspect.ValueText;
import dev.wasmortem.wasm.Section;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Compares two dumps, whatever their dialects. */
public final class DumpDiff {
  /** How many differences are listed, bytes of memories apart. */
  public static final int LISTED = 1000;

  /** How many bytes of files are compared at once. */
  private static final int PIECE = 1 << 16;

  private final List<Difference> differences = new ArrayList<>();
  private long more;

  /** The frames that are being compared. */
  private Frames leftFrames = Frames.NONE;

  private Frames rightFrames = Frames.NONE;

  private DumpDiff() {}

  /**
   * Compares two dumps.
   *
   * @throws dev.wasmortem.bytes.FormatException if one of them was read strictly and is damaged
   */
  public static DiffResult of(Coredump left, Coredump right) {
    DumpDiff diff = new DumpDiff();
    diff.heads(left, right);
    diff.threads(left.threads(), right.threads());
    diff.globals(left.globals(), right.globals());
    diff.lists(Part.TABLES, "tables", left.tables(), right.tables(), PartText::table);
    diff.memoryTypes(left.memories(), right.memories());
    diff.lists(Part.REGIONS, "regions", left.regions(), right.regions(), PartText::region);
    diff.foreignSections(left, right);
    diff.lists(Part.NOTES, "notes", left.notes(), right.notes(), n -> n.code());
    List<MemoryDifference> memories = new ArrayList<>();
    int both = Math.min(left.memories().size(), right.memories().size());
    for (int i = 0; i < both; i++) {
      new MemoryDiff(left.memories().get(i), right.memories().get(i))
          .compare()
          .ifPresent(memories::add);
    }
    return new DiffResult(diff.differences, diff.more, memories);
  }

  private void heads(Coredump left, Coredump right) {
    text(
        Part.PROCESS,
        "process.name",
        left.executableName().orElse(""),
        right.executableName().orElse(""));
    process(left.process(), right.process());
    trap(left.trap(), right.trap());
    lists(Part.MODULES, "modules", left.modules(), right.modules(), PartText::module);
    files(left, right);
    lists(Part.INSTANCES, "instances", instances(left), instances(right), InstanceText::text);
  }

  /** Returns the instances; an index that is out of range is of nothing that is in the dump. */
  private static List<CoreInstance> instances(Coredump dump) {
    return dump.instances().stream()
        .map(
            instance ->
                new CoreInstance(
                    instance.module(),
                    inRange(instance.memories(), dump.memories().size()),
                    inRange(instance.globals(), dump.globals().size()),
                    inRange(instance.tables(), dump.tables().size())))
        .toList();
  }

  private static List<Integer> inRange(List<Integer> indices, int count) {
    return indices.stream()
        .map(index -> Integer.compareUnsigned(index, count) < 0 ? index : NOT_DUMPED)
        .toList();
  }

  /** Compares the modules' files that the dumps hold. */
  private void files(Coredump left, Coredump right) {
    for (int i = 0; i < Math.min(left.modules().size(), right.modules().size()); i++) {
      content(
          Part.MODULES,
          "modules[" + i + "].file",
          left.moduleBytes(i).orElse(null),
          right.moduleBytes(i).orElse(null));
    }
  }

  /** Compares the sections of other tools; where among others they stand makes no difference. */
  private void foreignSections(Coredump left, Coredump right) {
    Map<String, List<ByteSource>> ofLeft = foreignSections(left);
    Map<String, List<ByteSource>> ofRight = foreignSections(right);
    Set<String> names = new LinkedHashSet<>(ofLeft.keySet());
    names.addAll(ofRight.keySet());
    for (String name : names) {
      List<ByteSource> ones = ofLeft.getOrDefault(name, List.of());
      List<ByteSource> others = ofRight.getOrDefault(name, List.of());
      for (int i = 0; i < Math.max(ones.size(), others.size()); i++) {
        content(
            Part.SECTIONS,
            "sections." + name + "[" + i + "]",
            i < ones.size() ? ones.get(i) : null,
            i < others.size() ? others.get(i) : null);
      }
    }
  }

  private static Map<String, List<ByteSource>> foreignSections(Coredump dump) {
    Map<String, List<ByteSource>> sections = new LinkedHashMap<>();
    for (Section section : dump.binary().sections()) {
      if (SectionNames.isForeign(section)) {
        sections.computeIfAbsent(section.name(), key -> new ArrayList<>()).add(section.payload());
      }
    }
    return sections;
  }

  /** Compares bytes, a piece at a time; of those that differ a hash is the text. */
  private void content(
      Part part, String path, @Nullable ByteSource left, @Nullable ByteSource right) {
    if (left == null || right == null || !equal(left, right)) {
      text(part, path, left == null ? null : bytes(left), right == null ? null : bytes(right));
    }
  }

  private static boolean equal(ByteSource left, ByteSource right) {
    if (left.size() != right.size()) {
      return false;
    }
    byte[] one = new byte[(int) Math.min(PIECE, left.size())];
    byte[] other = new byte[one.length];
    for (long at = 0; at < left.size(); at += one.length) {
      int length = (int) Math.min(one.length, left.size() - at);
      left.copyTo(at, one, 0, length);
      right.copyTo(at, other, 0, length);
      if (Arrays.mismatch(one, 0, length, other, 0, length) >= 0) {
        return false;
      }
    }
    return true;
  }

  private static String bytes(ByteSource content) {
    return content.size() + " bytes, SHA-256 " + HexFormat.of().formatHex(content.sha256());
  }

  private void process(Optional<ProcessInfo> left, Optional<ProcessInfo> right) {
    field(Part.PROCESS, "process.arguments", left, right, p -> text(p.arguments()));
    field(Part.PROCESS, "process.environment", left, right, p -> text(p.environment()));
    field(Part.PROCESS, "process.runtime", left, right, p -> text(p.runtime()));
    field(Part.PROCESS, "process.runtimeVersion", left, right, p -> text(p.runtimeVersion()));
    field(Part.PROCESS, "process.host", left, right, p -> text(p.host()));
    field(Part.PROCESS, "process.time", left, right, p -> text(p.time()));
    field(
        Part.PROCESS,
        "process.pid",
        left,
        right,
        p -> p.pid().isPresent() ? Long.toString(p.pid().getAsLong()) : null);
  }

  private void trap(Optional<Trap> left, Optional<Trap> right) {
    field(Part.TRAP, "trap.kind", left, right, t -> t.kind().id());
    field(Part.TRAP, "trap.message", left, right, Trap::message);
    field(Part.TRAP, "trap.thread", left, right, t -> Integer.toString(t.thread()));
    field(Part.TRAP, "trap.frame", left, right, t -> Integer.toString(t.frame()));
    field(
        Part.TRAP,
        "trap.fault",
        left,
        right,
        t -> t.memoryFault().map(PartText::fault).orElse(null));
    field(Part.TRAP, "trap.operands", left, right, t -> PartText.values(t.operands()));
    field(Part.TRAP, "trap.exceptions", left, right, t -> PartText.exceptions(t.exceptions()));
  }

  private static @Nullable String text(Optional<?> value) {
    return value.map(Object::toString).orElse(null);
  }

  private <T> void field(
      Part part,
      String path,
      Optional<T> left,
      Optional<T> right,
      Function<T, @Nullable String> field) {
    text(part, path, left.map(field).orElse(null), right.map(field).orElse(null));
  }

  private void text(Part part, String path, @Nullable String left, @Nullable String right) {
    if (left == null ? right != null : !left.equals(right)) {
      add(part, path, left, right);
    }
  }

  private void add(Part part, String path, @Nullable String left, @Nullable String right) {
    add(new Difference(part, path, left, right, leftFrames, rightFrames));
  }

  private void add(Difference difference) {
    if (differences.size() < LISTED) {
      differences.add(difference);
    } else {
      more++;
    }
  }

  private <T> void lists(
      Part part, String path, List<T> left, List<T> right, Function<T, String> text) {
    for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
      T one = i < left.size() ? left.get(i) : null;
      T other = i < right.size() ? right.get(i) : null;
      if (one == null ? other != null : !one.equals(other)) {
        add(
            part,
            path + "[" + i + "]",
            one == null ? null : text.apply(one),
            other == null ? null : text.apply(other));
      }
    }
  }

  private void threads(List<CoreThread> left, List<CoreThread> right) {
    for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
      String path = "threads[" + i + "]";
      CoreThread one = i < left.size() ? left.get(i) : null;
      CoreThread other = i < right.size() ? right.get(i) : null;
      if (one == null || other == null) {
        add(
            new Difference(
                Part.FRAMES,
                path,
                one == null ? null : thread(one),
                other == null ? null : thread(other),
                one == null ? Frames.NONE : new Frames(0, one.frames()),
                other == null ? Frames.NONE : new Frames(0, other.frames())));
      } else {
        text(Part.FRAMES, path + ".name", one.name(), other.name());
        frames(path, one.frames(), other.frames());
        lists(
            Part.FRAMES,
            path + ".hostFrames",
            one.hostFrames(),
            other.hostFrames(),
            HostFrame::description);
      }
    }
  }

  private static String thread(CoreThread thread) {
    return "\"" + thread.name() + "\", " + thread.frames().size() + " frames";
  }

  /** Stacks of different depths are compared from the oldest frame on: there they are alike. */
  private void frames(String path, List<Frame> left, List<Frame> right) {
    int both = Math.min(left.size(), right.size());
    if (left.size() != right.size()) {
      add(
          new Difference(
              Part.FRAMES,
              path,
              left.size() + " frames",
              right.size() + " frames",
              new Frames(0, left.subList(0, left.size() - both)),
              new Frames(0, right.subList(0, right.size() - both))));
    }
    for (int i = left.size() - both; i < left.size(); i++) {
      int j = i - left.size() + right.size();
      Frame one = left.get(i);
      Frame other = right.get(j);
      if (!one.equals(other)) {
        leftFrames = Frames.of(i, one);
        rightFrames = Frames.of(j, other);
        frame(path + ".frames[" + i + "]", one, other);
      }
    }
    leftFrames = Frames.NONE;
    rightFrames = Frames.NONE;
  }

  private void frame(String path, Frame left, Frame right) {
    text(Part.FRAMES, path + ".instance", "" + left.instance(), "" + right.instance());
    text(Part.FRAMES, path + ".function", "" + left.function(), "" + right.function());
    text(
        Part.FRAMES,
        path + ".codeOffset",
        "" + left.codeOffset().value(),
        "" + right.codeOffset().value());
    int locals = Math.max(left.locals().size(), right.locals().size());
    values(
        Part.FRAMES,
        path + ".locals",
        padded(left.locals(), locals),
        padded(right.locals(), locals));
    values(Part.FRAMES, path + ".stack", left.stack(), right.stack());
  }

  /** Returns locals with those that the dump does not have: that is to say missing. */
  private static List<Value> padded(List<Value> locals, int count) {
    List<Value> all = new ArrayList<>(locals);
    all.addAll(Collections.nCopies(count - locals.size(), Value.MISSING));
    return all;
  }

  private void values(Part part, String path, List<Value> left, List<Value> right) {
    lists(part, path, left, right, ValueText::typed);
  }

  /** Whether a global is declared mutable is how the dump is written, not what was there. */
  private void globals(List<CoreGlobal> left, List<CoreGlobal> right) {
    values(
        Part.GLOBALS,
        "globals",
        left.stream().map(CoreGlobal::value).toList(),
        right.stream().map(CoreGlobal::value).toList());
  }

  /** Sizes are compared, not minima: some producers write none. */
  private void memoryTypes(List<CoreMemory> left, List<CoreMemory> right) {
    lists(
        Part.MEMORIES,
        "memories",
        left.stream().map(PartText::memory).toList(),
        right.stream().map(PartText::memory).toList(),
        text -> text);
  }
}
