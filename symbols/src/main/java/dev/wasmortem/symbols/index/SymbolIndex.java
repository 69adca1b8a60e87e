package dev.wasmortem.symbols.index;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Cursor;
import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.bytes.Lazy;
import dev.wasmortem.symbols.SourceFrame;
import dev.wasmortem.symbols.SourcePosition;
import dev.wasmortem.wasm.code.CodeOffset;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;

/**
 * A symbol index. Opening reads the header; the first address reads the table of pages, and every
 * address the page that it is on and what that refers to, which is kept.
 *
 * <p>What the file says is checked as it is read: any method that reads may throw {@link
 * FormatException}. Safe for use by several threads.
 */
public final class SymbolIndex {
  private static final long LAST_OFFSET = 0xffff_ffffL;

  private final ByteSource file;
  private final IndexHeader header;
  private final ByteSource segments;
  private final StringSection strings;
  private final ChainSection chains;

  /** The table of pages. */
  private final Lazy<ByteBuffer> pages;

  private SymbolIndex(ByteSource file) {
    this.file = file;
    this.header = IndexHeader.read(file);
    this.segments = file.slice(header.segments(), header.segmentBytes());
    this.strings = new StringSection(file.slice(header.strings(), header.stringBytes()));
    this.chains =
        new ChainSection(
            file.slice(header.chains(), header.chainBytes()),
            file.slice(header.functions(), header.functionBytes()),
            strings);
    this.pages = new Lazy<>(this::readPages);
  }

  /**
   * Opens an index.
   *
   * @throws FormatException if it is none, or of another version
   */
  public static SymbolIndex open(ByteSource file) {
    return new SymbolIndex(file);
  }

  /** Returns what the index was made of. */
  public Fingerprint module() {
    return header.module();
  }

  /**
   * Reads all of the file and checks that it is as it was written.
   *
   * @throws FormatException if it is not
   */
  public void verify() {
    if (IndexHeader.checksum(file) != header.checksum()) {
      throw new FormatException.Malformed(
          "bytes have changed since they were written", file.at(0, "symbol-index"));
    }
  }

  /**
   * Returns the functions that the code at an offset of the code section came from, as {@link
   * dev.wasmortem.symbols.Symbolizer#sources(CodeOffset)} does.
   *
   * @throws FormatException if the index is damaged there
   */
  public List<SourceFrame> sources(CodeOffset at) {
    int page = at.value() < 0 || at.value() > LAST_OFFSET ? -1 : page(at.value());
    return page < 0 ? List.of() : sources(page, at.value());
  }

  /** Returns the last page that does not begin behind an offset, or −1. */
  private int page(long offset) {
    ByteBuffer table = pages.get();
    int low = -1;
    int high = header.pages();
    while (high - low > 1) {
      int middle = (low + high) >>> 1;
      if (start(table, middle) <= offset) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static long start(ByteBuffer table, int page) {
    return Integer.toUnsignedLong(table.getInt(page * IndexHeader.PAGE_BYTES));
  }

  /** Returns where a page begins in the segments. */
  private int position(ByteBuffer table, int page) {
    if (page == header.pages()) {
      return header.segmentBytes();
    }
    int position = table.getInt(page * IndexHeader.PAGE_BYTES + Integer.BYTES);
    if (position < 0 || position > header.segmentBytes()) {
      throw new FormatException.Malformed(
          "page " + page + " begins behind the segments",
          file.at(IndexHeader.BYTES + (long) page * IndexHeader.PAGE_BYTES, "symbol-index.page"));
    }
    return position;
  }

  private List<SourceFrame> sources(int page, long wanted) {
    ByteBuffer table = pages.get();
    Cursor cursor = segments.cursor(position(table, page)).in("symbol-index.segment");
    long end = position(table, page + 1);
    long offset = start(table, page);
    long chain = 0;
    long source = 0;
    int line = 0;
    int column = 0;
    int discriminator = 0;
    for (int i = 0; i < IndexHeader.PAGE && cursor.position() < end; i++) {
      long head = cursor.u64();
      offset += head >>> IndexHeader.FLAG_BITS;
      if (offset > wanted) {
        break;
      }
      if ((head & IndexHeader.CHAIN_FOLLOWS) != 0) {
        chain += cursor.s32();
      }
      if ((head & IndexHeader.FILE_FOLLOWS) != 0) {
        source = cursor.u32();
      }
      if (source != 0) {
        line += cursor.s32();
        column = cursor.index();
      }
      discriminator = (head & IndexHeader.DISCRIMINATOR_FOLLOWS) != 0 ? cursor.index() : 0;
    }
    if (chain == 0) {
      return List.of();
    }
    if (chain < 0 || chain > header.chainBytes() || line < 0) {
      throw cursor.malformed("chain " + chain + ", line " + line);
    }
    Optional<String> path = strings.get(source);
    return chains
        .at((int) chain - 1)
        .frames(
            path.isEmpty()
                ? Optional.empty()
                : Optional.of(new SourcePosition(path.get(), line, column, discriminator)));
  }

  private ByteBuffer readPages() {
    byte[] table = new byte[header.pages() * IndexHeader.PAGE_BYTES];
    file.copyTo(IndexHeader.BYTES, table, 0, table.length);
    return ByteBuffer.wrap(table).order(ByteOrder.LITTLE_ENDIAN);
  }
}
