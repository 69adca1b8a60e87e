package dev.wasmortem.cli;

import dev.wasmortem.coredump.CoreMemory;
import dev.wasmortem.coredump.Coredump;
import dev.wasmortem.coredump.MemoryAddress;
import dev.wasmortem.debug.DumpListing;
import dev.wasmortem.debug.PostMortem;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code wasmortem dump CORE}: sections and bytes, as an object dumper shows them. */
final class DumpVerb implements Verb {
  /** Bytes shown where no length is given. */
  private static final long DEFAULT_LENGTH = 256;

  private final DumpOptions dumped = new DumpOptions();

  private final OptionSpec headers =
      Options.flag("--headers", "Print the table of sections: index, id, offset, size, name.");

  private final OptionSpec instances =
      Options.flag("--instances", "Print modules and instances, with tables.");

  private final OptionSpec frames =
      Options.flag("--frames", "Print every frame as it stands in the dump.");

  private final OptionSpec segments = Options.flag("--segments", "Print the data segments.");

  private final OptionSpec regions =
      Options.flag("--regions", "Print what the memories' ranges are worth and what they are for.");

  private final OptionSpec memory =
      Options.value(Integer.class, "N", "-s", "--memory")
          .description("Print bytes of memory N, with --start and --length.")
          .build();

  private final OptionSpec start =
      Options.value(Long.class, "ADDRESS", "--start")
          .description("The first byte's address; with 0x hexadecimal. Default: 0")
          .converters(Quantities::address)
          .build();

  private final OptionSpec length =
      Options.value(Long.class, "N", "--length")
          .description("How many bytes. Default: " + DEFAULT_LENGTH)
          .converters(Quantities::address)
          .build();

  private final OutputOptions output = new OutputOptions("docs/dump.schema.json");

  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.create().name("dump");
    dumped.addTo(spec);
    for (OptionSpec option :
        new OptionSpec[] {headers, instances, frames, segments, regions, memory, start, length}) {
      spec.addOption(option);
    }
    spec.usageMessage()
        .description(
            "Print what stands in a dump, as an object dumper does; without options all but bytes.",
            "Bytes that are not in the dump are shown by what is known of them: 00 they were zero,"
                + " .. nothing is, ?? not captured, ~~ cut off with the file; xx: redacted.",
            "Of modules that -m names, or that the dump holds, frames have their functions' names.",
            "JSON has the sections, the segments and, with names, the frames, or with --memory its"
                + " bytes; all else is in `info --json`.")
        .footer("", "Example:", "  wasmortem dump inventory.core -s 0 --start 0x10000 --length 64");
    output.addTo(spec);
    return spec;
  }

  @Override
  public int run(Console console) throws IOException {
    try (PostMortem session = dumped.open()) {
      Coredump dump = session.dump();
      Integer shown = Options.getOrNull(Integer.class, memory);
      if (shown == null && (isGiven(start) || isGiven(length))) {
        throw Unusable.usage("--start and --length are of a memory; name it with --memory");
      }
      CoreMemory bytes = shown == null ? null : DumpedMemory.of(dump, shown, "--memory " + shown);
      MemoryAddress from = new MemoryAddress(isGiven(start) ? Options.get(Long.class, start) : 0);
      if (bytes != null && isGiven(start)) {
        DumpedMemory.requireInside(bytes, from, "--start " + from);
      }
      long count = isGiven(length) ? Options.get(Long.class, length) : DEFAULT_LENGTH;
      if (output.json()) {
        JsonFace.print(
            bytes == null ? DumpListing.of(session) : listing(dump, bytes, from, count),
            console.out());
      } else {
        print(session, console, bytes, from, count);
      }
      session.diagnostics().forEach(console::tell);
      return ExitStatus.DONE;
    }
  }

  private void print(
      PostMortem session,
      Console console,
      @Nullable CoreMemory bytes,
      MemoryAddress start,
      long length) {
    DumpText text = new DumpText(session, console.out(), output.style(Console.Stream.OUT));
    Set<DumpText.Part> parts = parts();
    text.print(parts.isEmpty() && bytes == null ? EnumSet.allOf(DumpText.Part.class) : parts);
    if (bytes != null) {
      text.bytes(bytes, start, length);
    }
  }

  private static DumpListing listing(
      Coredump dump, CoreMemory memory, MemoryAddress start, long length) {
    long there = Math.min(length, memory.size() - start.value());
    if (there > DumpListing.MOST_BYTES) {
      throw Unusable.usage(
          "--length "
              + length
              + ": JSON has at most "
              + DumpListing.MOST_BYTES
              + " bytes; ask for them in parts, with --start");
    }
    return DumpListing.of(dump, memory, start, (int) there);
  }

  private static boolean isGiven(OptionSpec option) {
    return Options.getOrNull(Long.class, option) != null;
  }

  private Set<DumpText.Part> parts() {
    Set<DumpText.Part> parts = EnumSet.noneOf(DumpText.Part.class);
    add(parts, headers, DumpText.Part.HEADERS);
    add(parts, instances, DumpText.Part.INSTANCES);
    add(parts, frames, DumpText.Part.FRAMES);
    add(parts, segments, DumpText.Part.SEGMENTS);
    add(parts, regions, DumpText.Part.REGIONS);
    return parts;
  }

  private static void add(Set<DumpText.Part> parts, OptionSpec flag, DumpText.Part part) {
    if (Options.isSet(flag)) {
      parts.add(part);
    }
  }
}
