package dev.wasmortem.coredump.diff;

import dev.wasmortem.coredump.CoreInstance;
import dev.wasmortem.coredump.CoreMemory;
import dev.wasmortem.coredump.CoreModule;
import dev.wasmortem.coredump.CoreTable;
import dev.wasmortem.coredump.HostException;
import dev.wasmortem.coredump.MemoryFault;
import dev.wasmortem.coredump.Region;
import dev.wasmortem.coredump.Value;
import dev.wasmortem.coredump.inspect.ValueText;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Parts of a dump in a line each, in the words in which a dump is listed. */
final class PartText {
  private PartText() {}

  static String module(CoreModule module) {
    String hash = module.identity().sha256().map(sha256 -> ", SHA-256 " + sha256).orElse("");
    String id = module.identity().buildId().map(build -> ", build id " + build.hex()).orElse("");
    return module.name() + hash + id;
  }

  static String table(CoreTable table) {
    return Long.toUnsignedString(table.size()) + " elements in " + table.runs().size() + " runs";
  }

  static String memory(CoreMemory memory) {
    return memory.size()
        + " bytes, "
        + memory.type().addressType().toString().toLowerCase(Locale.ROOT)
        + ", "
        + memory.type().sharing().toString().toLowerCase(Locale.ROOT);
  }

  static String region(Region region) {
    return region.kind().id()
        + " \""
        + region.label()
        + "\", memory "
        + region.memory()
        + ", "
        + region.start()
        + ".."
        + region.start().plus(region.length())
        + ", "
        + region.length()
        + " bytes";
  }

  static String fault(MemoryFault fault) {
    String memory = fault.memory() == CoreInstance.NOT_DUMPED ? "" : " " + fault.memory();
    return "memory" + memory + " at " + fault.address();
  }

  /** Returns null if there are none. */
  static @Nullable String values(List<Value> values) {
    return values.isEmpty()
        ? null
        : values.stream().map(ValueText::typed).collect(Collectors.joining(", "));
  }

  /** Returns null if there are none. */
  static @Nullable String exceptions(List<HostException> exceptions) {
    return exceptions.isEmpty()
        ? null
        : exceptions.stream()
            .map(e -> e.className() + (e.message().isEmpty() ? "" : ": " + e.message()))
            .collect(Collectors.joining(", caused by "));
  }
}
