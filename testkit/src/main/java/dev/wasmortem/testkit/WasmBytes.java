package dev.wasmortem.testkit;

import dev.wasmortem.bytes.ByteSource;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Bytes of a WebAssembly binary, written by hand from the Core Specification (3.0, §5), right or
 * wrong as the test wants them. Every method appends and returns this.
 */
public final class WasmBytes {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private WasmBytes() {}

  /** Returns no bytes. */
  public static WasmBytes empty() {
    return new WasmBytes();
  }

  /** Returns the bytes given, each 0 to 255 (or −128 to 127). */
  public static WasmBytes of(int... bytes) {
    return empty().bytes(bytes);
  }

  /** Returns the magic number and version 1. */
  public static WasmBytes module() {
    return of(0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00);
  }

  // --- atoms

  /** Appends single bytes. */
  public WasmBytes bytes(int... bytes) {
    for (int b : bytes) {
      out.write(b);
    }
    return this;
  }

  /** Appends an array. */
  public WasmBytes raw(byte[] bytes) {
    out.writeBytes(bytes);
    return this;
  }

  /** Appends {@code count} times {@code b}. */
  public WasmBytes fill(int count, int b) {
    for (int i = 0; i < count; i++) {
      out.write(b);
    }
    return this;
  }

  /** Appends what {@code other} holds. */
  public WasmBytes add(WasmBytes other) {
    return raw(other.toByteArray());
  }

  /** Appends an unsigned LEB128 number in its shortest form. */
  public WasmBytes u(long value) {
    long rest = value;
    while (rest < 0 || rest > 127) {
      out.write((int) ((rest & 127) | 128));
      rest = rest >>> 7;
    }
    out.write((int) rest);
    return this;
  }

  /** Appends an unsigned LEB128 number in {@code width} bytes, as linkers pad it. */
  public WasmBytes uPadded(long value, int width) {
    for (int i = 0; i < width - 1; i++) {
      out.write((int) (((value >>> (7 * i)) & 127) | 128));
    }
    out.write((int) ((value >>> (7 * (width - 1))) & 127));
    return this;
  }

  /** Appends a signed LEB128 number in its shortest form. */
  public WasmBytes s(long value) {
    long rest = value;
    while (true) {
      int seven = (int) (rest & 127);
      rest = rest >> 7;
      boolean signBit = seven >= 64;
      if (rest == (signBit ? -1 : 0)) {
        out.write(seven);
        return this;
      }
      out.write(seven | 128);
    }
  }

  /** Appends a signed LEB128 number in {@code width} bytes. */
  public WasmBytes sPadded(long value, int width) {
    for (int i = 0; i < width - 1; i++) {
      out.write((int) (((value >> (7 * i)) & 127) | 128));
    }
    out.write((int) ((value >> (7 * (width - 1))) & 127));
    return this;
  }

  /** Appends 4 bytes, the least significant first. */
  public WasmBytes le32(long value) {
    return bytes((int) value, (int) (value >> 8), (int) (value >> 16), (int) (value >> 24));
  }

  /** Appends 8 bytes, the least significant first. */
  public WasmBytes le64(long value) {
    return le32(value).le32(value >> 32);
  }

  /** Appends a name: length in bytes, UTF-8. */
  public WasmBytes name(String name) {
    byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
    return u(utf8.length).raw(utf8);
  }

  /** Appends the length of {@code content} and {@code content}. */
  public WasmBytes sized(WasmBytes content) {
    return u(content.size()).add(content);
  }

  /** Appends the number of {@code items} and the items. */
  public WasmBytes vec(WasmBytes... items) {
    u(items.length);
    for (WasmBytes item : items) {
      add(item);
    }
    return this;
  }

  /** Appends the number of {@code values} and each as unsigned LEB128. */
  public WasmBytes vecU(long... values) {
    u(values.length);
    for (long value : values) {
      u(value);
    }
    return this;
  }

  // --- sections

  /** Appends a section. */
  public WasmBytes section(int id, WasmBytes payload) {
    return bytes(id).sized(payload);
  }

  /** Appends a section whose size is padded to {@code width} bytes. */
  public WasmBytes sectionPadded(int id, WasmBytes payload, int width) {
    return bytes(id).uPadded(payload.size(), width).add(payload);
  }

  /** Appends a custom section. */
  public WasmBytes custom(String name, WasmBytes payload) {
    return section(0, empty().name(name).add(payload));
  }

  /** Appends section 1. */
  public WasmBytes types(WasmBytes... types) {
    return section(1, empty().vec(types));
  }

  /** Appends section 2. */
  public WasmBytes imports(WasmBytes... imports) {
    return section(2, empty().vec(imports));
  }

  /** Appends section 3: each function's type index. */
  public WasmBytes functions(long... typeIndices) {
    return section(3, empty().vecU(typeIndices));
  }

  /** Appends section 5. */
  public WasmBytes memories(WasmBytes... memoryTypes) {
    return section(5, empty().vec(memoryTypes));
  }

  /** Appends section 6. */
  public WasmBytes globals(WasmBytes... globals) {
    return section(6, empty().vec(globals));
  }

  /** Appends section 7. */
  public WasmBytes exports(WasmBytes... exports) {
    return section(7, empty().vec(exports));
  }

  /** Appends section 10; each body gets its size. */
  public WasmBytes code(WasmBytes... bodies) {
    WasmBytes payload = empty().u(bodies.length);
    for (WasmBytes body : bodies) {
      payload.sized(body);
    }
    return section(10, payload);
  }

  /** Appends section 11. */
  public WasmBytes data(WasmBytes... segments) {
    return section(11, empty().vec(segments));
  }

  /**
   * Appends a name section with one function-names subsection over {@code names}, index by index.
   */
  public WasmBytes functionNames(int firstIndex, String... names) {
    WasmBytes map = empty().u(names.length);
    for (int i = 0; i < names.length; i++) {
      map.u(firstIndex + i).name(names[i]);
    }
    return custom("name", of(1).sized(map));
  }

  // --- entries of sections

  /** Returns a function type; value types as their bytes, joined in a string of hex as "7f 7e". */
  public static WasmBytes funcType(String params, String results) {
    WasmBytes p = hex(params);
    WasmBytes r = hex(results);
    return of(0x60).u(p.size()).add(p).u(r.size()).add(r);
  }

  /** Returns an import of a function. */
  public static WasmBytes importFunction(String module, String name, long type) {
    return empty().name(module).name(name).bytes(0x00).u(type);
  }

  /** Returns an export of kind 0 function, 1 table, 2 memory, 3 global. */
  public static WasmBytes export(String name, int kind, long index) {
    return empty().name(name).bytes(kind).u(index);
  }

  /** Returns a memory type with a minimum only. */
  public static WasmBytes memory(long pages) {
    return of(0x00).u(pages);
  }

  /** Returns a memory type with a minimum and a maximum. */
  public static WasmBytes memory(long pages, long maximum) {
    return of(0x01).u(pages).u(maximum);
  }

  /** Returns a global: type byte, mutability 0 or 1, initialiser without its {@code end}. */
  public static WasmBytes global(int type, int mutability, WasmBytes init) {
    return of(type, mutability).add(init).bytes(0x0b);
  }

  /** Returns an active segment of memory 0 at a 32-bit address. */
  public static WasmBytes segment(int address, byte[] bytes) {
    return of(0x00, 0x41).s(address).bytes(0x0b).u(bytes.length).raw(bytes);
  }

  /** Returns an active segment of any memory at a 32-bit address. */
  public static WasmBytes segment(long memory, int address, byte[] bytes) {
    return of(0x02).u(memory).bytes(0x41).s(address).bytes(0x0b).u(bytes.length).raw(bytes);
  }

  /**
   * Returns a function body without its size: local declarations ({@code "02 7f"} is two of i32,
   * joined by commas), then code given in hex, with its last {@code end}.
   */
  public static WasmBytes body(String locals, String code) {
    String[] runs = locals.isEmpty() ? new String[0] : locals.split(",", -1);
    WasmBytes body = empty().u(runs.length);
    for (String run : runs) {
      body.add(hex(run));
    }
    return body.add(hex(code));
  }

  /** Returns the bytes written in hex, blanks ignored. */
  public static WasmBytes hex(String hex) {
    WasmBytes bytes = empty();
    String digits = hex.replaceAll("\\s", "");
    for (int i = 0; i < digits.length(); i += 2) {
      bytes.bytes(Integer.parseInt(digits.substring(i, i + 2), 16));
    }
    return bytes;
  }

  // --- results

  /** Returns the number of bytes. */
  public int size() {
    return out.size();
  }

  /** Returns a copy of the bytes. */
  public byte[] toByteArray() {
    return out.toByteArray();
  }

  /** Returns the bytes as a source. */
  public ByteSource source(String name) {
    return ByteSource.of(name, toByteArray());
  }
}
