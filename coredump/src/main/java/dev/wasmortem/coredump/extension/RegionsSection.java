package dev.wasmortem.coredump.extension;

import dev.wasmortem.bytes.ByteWriter;
import dev.wasmortem.bytes.Cursor;
import dev.wasmortem.coredump.MemoryAddress;
import dev.wasmortem.coredump.Region;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * What parts of the memories are for.
 *
 * <pre>
 * wasmortem.regions ::= 0x00 vec(size:u32 region)
 * region            ::= memory:u32 start:u64 length:u64 kind:name label:name
 * </pre>
 *
 * {@code kind} is {@code data}, {@code stack}, {@code heap} or {@code other}; a word that is not
 * known is taken for {@code other}.
 */
public final class RegionsSection {
  /** The section's name. */
  public static final String NAME = "wasmortem.regions";

  private RegionsSection() {}

  /** Returns the payload; {@code names} shortens what readers would refuse. */
  public static ByteWriter write(List<Region> regions, UnaryOperator<String> names) {
    ByteWriter out = Extension.payload().unsigned(regions.size());
    for (Region region : regions) {
      ByteWriter element = new ByteWriter();
      Extension.writeIndex(element, region.memory());
      element.unsigned(region.start().value()).unsigned(region.length());
      out.sized(element.name(region.kind().id()).name(names.apply(region.label())));
    }
    return out;
  }

  /** Reads what follows the version. */
  public static void read(Cursor cursor, Consumer<Region> regions) {
    long count = cursor.in("regions").u32();
    for (long i = 0; i < count; i++) {
      Cursor region = cursor.in("region").take(cursor.u32()).cursor();
      int memory = Extension.indexOrNone(region.in("region.memory"));
      MemoryAddress start = new MemoryAddress(region.in("region.start").u64());
      long length = region.in("region.length").u64();
      Region.Kind kind =
          Region.Kind.ofId(region.in("region.kind").name()).orElse(Region.Kind.OTHER);
      regions.accept(new Region(memory, start, length, kind, region.in("region.label").name()));
    }
  }
}
