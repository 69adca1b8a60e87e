package dev.wasmortem.symbols.index;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.testkit.WasmBytes;
import java.util.zip.CRC32C;

/** Indexes written by hand, by the grammar in {@link IndexHeader}. */
final class IndexBytes {
  /** The fingerprint of the digits from 1 to 9, with the check values of both polynomials. */
  static final Fingerprint DIGITS = new Fingerprint(9, 0xcbf4_3926, 0xe306_9283);

  private IndexBytes() {}

  /** Returns an index of its sections, with the checksum that they have. */
  static byte[] index(
      Fingerprint module,
      WasmBytes pages,
      WasmBytes segments,
      WasmBytes chains,
      WasmBytes functions,
      WasmBytes strings) {
    WasmBytes start = WasmBytes.of('w', 'm', 's', 'y', 'm', 'b', 'o', 'l', 1, 0, 0, 0);
    WasmBytes rest =
        WasmBytes.empty()
            .le64(module.size())
            .le32(module.crc32())
            .le32(module.crc32c())
            .le32(pages.size() / 8)
            .le32(segments.size())
            .le32(chains.size())
            .le32(functions.size())
            .le32(strings.size())
            .add(pages)
            .add(segments)
            .add(chains)
            .add(functions)
            .add(strings);
    CRC32C sum = new CRC32C();
    sum.update(start.toByteArray());
    sum.update(rest.toByteArray());
    return start.le32(sum.getValue()).add(rest).toByteArray();
  }

  /**
   * Returns an index of {@code outer}, at 2 to 6, with {@code ns::leaf} inlined at 4 to 5, a gap,
   * and {@code outer} again from 0x8000_0000 on, without a place.
   */
  static byte[] twoFunctions() {
    WasmBytes strings =
        WasmBytes.empty().name("a.c").name("b.h").name("outer").name("ns::leaf").name("leaf");
    // References: a.c 1, b.h 5, outer 9, ns::leaf 15, leaf 24.
    WasmBytes functions = WasmBytes.of(9, 0, 0).bytes(15, 24, 9);
    // outer stands at 0 and is reference 1, leaf at 2 and is reference 3.
    WasmBytes chains = WasmBytes.of(0, 0).bytes(3, 2, 1, 7, 30, 0);
    WasmBytes segments =
        WasmBytes.of(0 << 3 | 3, 1, 1, 7, 3) // 2: outer at a.c:7:3
            .bytes(2 << 3 | 7, 2, 5, 0x7b, 9, 6) // 4: leaf at b.h:2:9, discriminator 6
            .bytes(1 << 3 | 3, 0x7e, 1, 5, 0) // 5: outer at a.c:7
            .bytes(1 << 3 | 3, 0x7f, 0) // 6: nothing
            .bytes(0x01, 1); // 0x8000_0000, on a page of its own: outer
    WasmBytes pages = WasmBytes.empty().le32(2).le32(0).le32(0x8000_0000L).le32(19);
    return index(DIGITS, pages, segments, chains, functions, strings);
  }

  static SymbolIndex open(byte[] bytes) {
    return SymbolIndex.open(ByteSource.of("test.wmsym", bytes));
  }
}
