package dev.wasmortem.coredump.write;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.ByteWriter;
import dev.wasmortem.coredump.CoreInstance;
import dev.wasmortem.coredump.CoreThread;
import dev.wasmortem.coredump.MemoryFault;
import dev.wasmortem.coredump.ModuleIdentity;
import dev.wasmortem.coredump.Region;
import dev.wasmortem.coredump.SectionNames;
import dev.wasmortem.coredump.Trap;
import dev.wasmortem.coredump.WriterOptions;
import dev.wasmortem.coredump.WriterOptions.ModuleBytes;
import dev.wasmortem.coredump.extension.Extension;
import dev.wasmortem.coredump.extension.HostFramesSection;
import dev.wasmortem.coredump.extension.ModulesSection;
import dev.wasmortem.coredump.extension.ProcessSection;
import dev.wasmortem.coredump.extension.RegionsSection;
import dev.wasmortem.coredump.extension.TablesSection;
import dev.wasmortem.coredump.extension.TrapSection;
import dev.wasmortem.coredump.extension.ValuesSection;
import dev.wasmortem.coredump.write.WriterContent.Memory;
import dev.wasmortem.wasm.SectionId;
import dev.wasmortem.wasm.types.MemoryType;
import dev.wasmortem.wasm.types.SizeLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The sections of a dump but for the memories' bytes and what is said of them; what has to be left
 * out or cut is told to {@link Gaps}.
 */
final class HeadSections {
  private final WriterContent content;
  private final WriterOptions options;
  private final Gaps gaps;
  private final int memoryCount;
  private final int globalCount;

  HeadSections(WriterContent content, WriterOptions options, Gaps gaps) {
    this.content = content;
    this.options = options;
    this.gaps = gaps;
    this.memoryCount = Math.min(content.memories.size(), WriterLimits.MEMORIES);
    this.globalCount = Math.min(content.globals.size(), WriterLimits.GLOBALS);
    gaps.inMemories(content.memories.size());
    gaps.inGlobals(content.globals.size(), content.globals.subList(0, globalCount));
    gaps.inFrames(content.threads, options);
  }

  /** Returns how many of the memories other readers take. */
  int memoryCount() {
    return memoryCount;
  }

  /** Returns what stands before the notes. */
  List<OutputSection> beforeNotes() {
    List<OutputSection> sections = new ArrayList<>();
    ByteWriter core = new ByteWriter().u8(0x00).name(gaps.shortened(content.executableName));
    sections.add(OutputSection.custom(SectionNames.CORE).add(core));
    sections.add(modules());
    sections.add(instances());
    if (content.trap != null) {
      sections.add(
          OutputSection.custom(TrapSection.NAME)
              .add(TrapSection.write(inDump(content.trap), gaps::shortened)));
    }
    if (content.process != null) {
      sections.add(
          OutputSection.custom(ProcessSection.NAME)
              .add(ProcessSection.write(content.process, gaps::shortened)));
    }
    Set<Integer> nameless = nameless();
    if (!nameless.isEmpty()
        || content.modules.stream().anyMatch(m -> !m.identity().equals(ModuleIdentity.UNKNOWN))) {
      sections.add(
          OutputSection.custom(ModulesSection.NAME)
              .add(ModulesSection.write(content.modules, nameless, gaps::shortened)));
    }
    return sections;
  }

  /** Returns a trap that names no memory which is not written. */
  private Trap inDump(Trap trap) {
    return trap.memoryFault()
        .filter(fault -> fault.memory() >= memoryCount)
        .map(fault -> trap.at(new MemoryFault(CoreInstance.NOT_DUMPED, fault.address())))
        .orElse(trap);
  }

  /** Returns whether a module's bytes stand where its name would. */
  private boolean isInline(int module) {
    return options.moduleBytes() == ModuleBytes.INLINE && content.moduleBytes.containsKey(module);
  }

  /** Returns the modules that have a name for which the list of modules has no place. */
  private Set<Integer> nameless() {
    return IntStream.range(0, content.modules.size())
        .filter(i -> isInline(i) && !content.modules.get(i).name().isEmpty())
        .boxed()
        .collect(Collectors.toSet());
  }

  private OutputSection modules() {
    OutputSection section = OutputSection.custom(SectionNames.COREMODULES);
    section.add(new ByteWriter().unsigned(content.modules.size()));
    for (int i = 0; i < content.modules.size(); i++) {
      ByteSource file = content.moduleBytes.get(i);
      if (isInline(i) && file != null) {
        section.add(new ByteWriter().u8(0x01).unsigned(file.size())).add(file);
      } else {
        String name = gaps.shortened(content.modules.get(i).name());
        section.add(new ByteWriter().u8(0x00).name(name));
      }
    }
    return section;
  }

  private OutputSection instances() {
    ByteWriter out = new ByteWriter().unsigned(content.instances.size());
    for (CoreInstance instance : content.instances) {
      Extension.writeIndex(out.u8(0x00), instance.module());
      indices(out, instance.memories(), memoryCount);
      indices(out, instance.globals(), globalCount);
    }
    return OutputSection.custom(SectionNames.COREINSTANCES).add(out);
  }

  /** Writes indices; those of what is not written as not dumped. */
  private static void indices(ByteWriter out, List<Integer> indices, int count) {
    out.unsigned(indices.size());
    indices.forEach(i -> Extension.writeIndex(out, i < count ? i : CoreInstance.NOT_DUMPED));
  }

  /** Returns what stands between the notes and the memories. */
  List<OutputSection> afterNotes() {
    List<OutputSection> sections = new ArrayList<>();
    ValuesSection.write(content.threads, content.globals.subList(0, globalCount))
        .ifPresent(payload -> sections.add(OutputSection.custom(ValuesSection.NAME).add(payload)));
    if (content.threads.stream().anyMatch(thread -> !thread.hostFrames().isEmpty())) {
      sections.add(
          OutputSection.custom(HostFramesSection.NAME)
              .add(HostFramesSection.write(content.threads, gaps::shortened)));
    }
    if (!content.tables.isEmpty()
        || content.instances.stream().anyMatch(instance -> !instance.tables().isEmpty())) {
      sections.add(
          OutputSection.custom(TablesSection.NAME)
              .add(TablesSection.write(content.tables, content.instances)));
    }
    StackEncoder stacks = new StackEncoder(options);
    for (CoreThread thread : content.threads) {
      ByteWriter stack = stacks.encode(gaps.shortened(thread.name()), thread.frames());
      sections.add(OutputSection.custom(SectionNames.CORESTACK).add(stack));
    }
    List<Region> regions = content.regions.stream().filter(r -> r.memory() < memoryCount).toList();
    if (!regions.isEmpty()) {
      sections.add(
          OutputSection.custom(RegionsSection.NAME)
              .add(RegionsSection.write(regions, gaps::shortened)));
    }
    return sections;
  }

  /** Returns the Memory and the Global section, where there are such. */
  List<OutputSection> memoriesAndGlobals() {
    List<OutputSection> sections = new ArrayList<>();
    if (memoryCount > 0) {
      ByteWriter payload = new ByteWriter().unsigned(memoryCount);
      for (Memory memory : content.memories.subList(0, memoryCount)) {
        atCurrentSize(memory.type(), memory.source().size()).writeTo(payload);
      }
      sections.add(OutputSection.standard(SectionId.MEMORY).add(payload));
    }
    if (globalCount > 0) {
      ByteWriter payload = new ByteWriter().unsigned(globalCount);
      content
          .globals
          .subList(0, globalCount)
          .forEach(global -> GlobalEncoder.write(global, payload));
      sections.add(OutputSection.standard(SectionId.GLOBAL).add(payload));
    }
    return sections;
  }

  private static MemoryType atCurrentSize(MemoryType type, long size) {
    long whole = size >>> type.pageSizeLog2();
    long pages = whole << type.pageSizeLog2() == size ? whole : whole + 1;
    SizeLimits limits =
        type.limits().max().isPresent()
            ? SizeLimits.between(pages, type.limits().max().getAsLong())
            : SizeLimits.atLeast(pages);
    return new MemoryType(limits, type.addressType(), type.sharing(), type.pageSizeLog2());
  }
}
