package dev.wasmortem.testkit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A small reader of core dumps, written straight from the text of the convention (tool-conventions,
 * {@code Coredump.md}) and the parts of the Core Specification that it names. It takes what the
 * convention says and nothing else: no dialect, no salvage, no laziness; anything unexpected is an
 * {@link IllegalArgumentException}. Its use is to check that what the product writes is the
 * convention.
 */
public final class ConventionReader {
  private final byte[] bytes;
  private int at;
  private int end;

  private @Nullable String executable;
  private @Nullable List<String> modules;
  private @Nullable List<Instance> instances;
  private final List<Stack> threads = new ArrayList<>();
  private final List<Memory> memories = new ArrayList<>();
  private final List<GlobalValue> globals = new ArrayList<>();
  private final List<String> sectionNames = new ArrayList<>();
  private int segments;

  private ConventionReader(byte[] bytes) {
    this.bytes = bytes;
    this.end = bytes.length;
  }

  /**
   * A dump.
   *
   * @param sections names of custom sections, ids of others as {@code #5}, in the order of the file
   * @param segments the number of data segments
   */
  public record Dump(
      String executable,
      List<String> modules,
      List<Instance> instances,
      List<Stack> threads,
      List<Memory> memories,
      List<GlobalValue> globals,
      List<String> sections,
      int segments) {}

  /** An instance; indices as they stand, 0 to 2³²−1. */
  public record Instance(long module, List<Long> memories, List<Long> globals) {}

  /** A thread. */
  public record Stack(String name, List<Activation> frames) {}

  /** A frame; values as text: {@code i32:-1}, {@code f32:0x7fc00000}, {@code missing}. */
  public record Activation(
      long instance, long function, long codeOffset, List<String> locals, List<String> stack) {}

  /** A global: type byte, its mutability, and the value as text. */
  public record GlobalValue(int type, int mutability, String value) {}

  /** A memory: its limits and what the segments put into it, in the order of the file. */
  public static final class Memory {
    private final long pages;
    private final long maximum;
    private final int flags;
    private final TreeMap<Long, Byte> content = new TreeMap<>();

    private Memory(int flags, long pages, long maximum) {
      this.flags = flags;
      this.pages = pages;
      this.maximum = maximum;
    }

    /** Returns the flags of the limits. */
    public int flags() {
      return flags;
    }

    /** Returns the minimum. */
    public long pages() {
      return pages;
    }

    /** Returns the maximum, −1 if there is none. */
    public long maximum() {
      return maximum;
    }

    /** Returns the bytes of a range, zero where no segment has put one. */
    public byte[] read(long address, int length) {
      byte[] range = new byte[length];
      for (int i = 0; i < length; i++) {
        range[i] = content.getOrDefault(address + i, (byte) 0);
      }
      return range;
    }

    /** Returns how many bytes the segments hold, overlaps once. */
    public int captured() {
      return content.size();
    }
  }

  /** Reads a dump. */
  public static Dump read(byte[] dump) {
    return new ConventionReader(dump).dump();
  }

  private Dump dump() {
    expect(u8() == 0x00 && u8() == 0x61 && u8() == 0x73 && u8() == 0x6d, "magic");
    expect(u8() == 1 && u8() == 0 && u8() == 0 && u8() == 0, "version");
    int lastStandard = 0;
    while (at < bytes.length) {
      int id = u8();
      long size = leb(32);
      expect(size <= bytes.length - at, "section size");
      end = at + (int) size;
      if (id == 0) {
        custom(name());
      } else {
        expect(id > lastStandard, "order of sections");
        lastStandard = id;
        sectionNames.add("#" + id);
        standard(id);
      }
      expect(at == end, "a section that is not consumed");
      end = bytes.length;
    }
    if (executable == null || modules == null || instances == null) {
      throw new IllegalArgumentException("core, coremodules or coreinstances is missing");
    }
    return new Dump(
        executable, modules, instances, threads, memories, globals, sectionNames, segments);
  }

  private void custom(String name) {
    sectionNames.add(name);
    switch (name) {
      case "core" -> {
        expect(executable == null, "core stands once");
        expect(u8() == 0x00, "process-info");
        executable = name();
      }
      case "coremodules" -> {
        expect(modules == null, "coremodules stands once");
        modules = new ArrayList<>();
        for (long n = leb(32); n > 0; n--) {
          expect(u8() == 0x00, "coremodule");
          modules.add(name());
        }
      }
      case "coreinstances" -> {
        expect(instances == null, "coreinstances stands once");
        instances = new ArrayList<>();
        for (long n = leb(32); n > 0; n--) {
          expect(u8() == 0x00, "coreinstance");
          instances.add(new Instance(leb(32), indices(), indices()));
        }
      }
      case "corestack" -> {
        expect(u8() == 0x00, "thread-info");
        String thread = name();
        List<Activation> frames = new ArrayList<>();
        for (long n = leb(32); n > 0; n--) {
          expect(u8() == 0x00, "frame");
          frames.add(new Activation(leb(32), leb(32), leb(32), values(), values()));
        }
        threads.add(new Stack(thread, frames));
      }
      default -> at = end;
    }
  }

  private List<Long> indices() {
    List<Long> indices = new ArrayList<>();
    for (long n = leb(32); n > 0; n--) {
      indices.add(leb(32));
    }
    return indices;
  }

  private List<String> values() {
    List<String> values = new ArrayList<>();
    for (long n = leb(32); n > 0; n--) {
      int type = u8();
      values.add(
          switch (type) {
            case 0x01 -> "missing";
            case 0x7f -> "i32:" + sleb(32);
            case 0x7e -> "i64:" + sleb(64);
            case 0x7d -> "f32:0x" + Long.toHexString(fixed(4));
            case 0x7c -> "f64:0x" + Long.toHexString(fixed(8));
            default -> throw new IllegalArgumentException("value type " + type + " at " + at);
          });
    }
    return values;
  }

  private void standard(int id) {
    switch (id) {
      case 5 -> {
        for (long n = leb(32); n > 0; n--) {
          int flags = u8();
          int bits = (flags & 4) != 0 ? 64 : 32;
          long min = leb(bits);
          long max = (flags & 1) != 0 ? leb(bits) : -1;
          expect((flags & 8) == 0 || leb(32) <= 16, "page size");
          memories.add(new Memory(flags, min, max));
        }
      }
      case 6 -> {
        for (long n = leb(32); n > 0; n--) {
          int type = u8();
          int mutability = u8();
          globals.add(new GlobalValue(type, mutability, constant()));
        }
      }
      case 11 -> {
        for (long n = leb(32); n > 0; n--) {
          segment();
        }
      }
      default -> throw new IllegalArgumentException("section " + id + " in a dump");
    }
  }

  private String constant() {
    int opcode = u8();
    String value =
        switch (opcode) {
          case 0x41 -> "i32:" + sleb(32);
          case 0x42 -> "i64:" + sleb(64);
          case 0x43 -> "f32:0x" + Long.toHexString(fixed(4));
          case 0x44 -> "f64:0x" + Long.toHexString(fixed(8));
          case 0xd0 -> "null:0x" + Integer.toHexString(u8());
          case 0xfd -> {
            expect(leb(32) == 12, "v128.const");
            yield "v128:0x" + Long.toHexString(fixed(8)) + ":0x" + Long.toHexString(fixed(8));
          }
          default -> throw new IllegalArgumentException("opcode " + opcode + " at " + at);
        };
    expect(u8() == 0x0b, "end");
    return value;
  }

  private void segment() {
    segments++;
    long flags = leb(32);
    expect(flags == 0 || flags == 2, "an active segment");
    Memory memory = memories.get(flags == 0 ? 0 : (int) leb(32));
    String address = constant();
    boolean wide = (memory.flags & 4) != 0;
    expect(address.startsWith(wide ? "i64:" : "i32:"), "type of a segment's address");
    long start = Long.parseLong(address.substring(4));
    start = wide ? start : start & 0xffffffffL;
    long length = leb(32);
    for (long i = 0; i < length; i++) {
      memory.content.put(start + i, (byte) u8());
    }
  }

  // --- numbers (Core Specification 3.0, §5.2)

  private int u8() {
    expect(at < end, "one more byte");
    return bytes[at++] & 255;
  }

  private long leb(int bits) {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      int b = u8();
      int left = bits - shift;
      expect(left > 0 && (left >= 7 || (b & 127) >> left == 0), "an unsigned number");
      value += (long) (b & 127) << shift;
      if (b < 128) {
        return value;
      }
    }
  }

  private long sleb(int bits) {
    long value = 0;
    int shift = 0;
    int b;
    do {
      b = u8();
      expect(shift < bits, "a signed number");
      value |= (long) (b & 127) << shift;
      shift += 7;
    } while (b >= 128);
    if (shift < 64 && (b & 64) != 0) {
      value -= 1L << shift;
    }
    expect(bits == 64 || value == (int) value, "a signed number of 32 bits");
    return value;
  }

  private long fixed(int width) {
    long value = 0;
    for (int i = 0; i < width; i++) {
      value |= (long) u8() << (8 * i);
    }
    return value;
  }

  private String name() {
    long length = leb(32);
    expect(length <= end - at, "a name");
    String name = new String(bytes, at, (int) length, StandardCharsets.UTF_8);
    at += (int) length;
    return name;
  }

  private void expect(boolean holds, String what) {
    if (!holds) {
      throw new IllegalArgumentException("expected " + what + " at 0x" + Integer.toHexString(at));
    }
  }
}
