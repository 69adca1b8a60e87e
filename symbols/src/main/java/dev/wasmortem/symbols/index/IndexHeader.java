package dev.wasmortem.symbols.index;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.ByteWriter;
import dev.wasmortem.bytes.Cursor;
import dev.wasmortem.bytes.FormatException;
import java.util.zip.CRC32C;

/**
 * The first bytes of a symbol index, and the description of the whole file.
 *
 * <p>Numbers of fixed width are little-endian; {@code u}N and {@code s}N are LEB128 as WebAssembly
 * writes it (Core Specification 3.0, §5.2.2). Four sections follow the header without gaps, and
 * nothing follows them.
 *
 * <pre>
 * index     ::= header pages segments chains functions strings
 * header    ::= 'wmsymbol' version:byte zero:byte[3] checksum:le32
 *               moduleSize:le64 moduleCrc32:le32 moduleCrc32c:le32
 *               pageCount:le32 segmentBytes:le32 chainBytes:le32 functionBytes:le32 stringBytes:le32
 *
 * pages     ::= (start:le32 at:le32)^pageCount   code offset of a page's first segment, and where it
 *                                                 stands in segments; both rise
 * segments  ::= segment*                          {@value #PAGE} to a page, fewer in the last
 * segment   ::= head:u64                          distance from the segment before × 8, plus
 *                                                 1 if chain, 2 if file, 4 if discriminator follows
 *               chain:s32?                        added to that of the segment before
 *               file:u32?                         a reference to a string; else as before
 *               (line:s32 column:u32)?            if there is a file; line is added to that before
 *               discriminator:u32?                else 0
 * chains    ::= chain*
 * chain     ::= function:u32                      where it stands in functions
 *               distance:u32                      0, if it was inlined into nothing; else how far
 *               place?                            before this the chain of its caller begins, and
 *                                                 where in the caller the call is
 * place     ::= 0x00 | file:u32 line:u32 column:u32 discriminator:u32
 * functions ::= (name:u32 shortName:u32 linkageName:u32)*
 * strings   ::= (length:u32 byte^length)*         UTF-8
 * </pre>
 *
 * <p>A segment holds from its code offset up to the next one's; a page's first counts from the
 * page's start, and from chain, file and line 0. References to chains and strings are where the
 * thing stands in its section plus 1; 0 is none. A segment without a chain is in no function. A
 * chain refers to chains before it only, and is at most {@value #DEPTH} deep.
 *
 * <p>The checksum is the CRC-32C of the file with the four bytes of the checksum left out. It says
 * whether the file is as it was written; what it says is checked all the same. Each section has
 * less than 2³¹ bytes.
 *
 * @param module of what the index was made
 * @param checksum of everything else in the file
 * @param pages how many pages there are
 * @param segmentBytes the length of the segments
 * @param chainBytes the length of the chains
 * @param functionBytes the length of the functions
 * @param stringBytes the length of the strings
 */
record IndexHeader(
    Fingerprint module,
    int checksum,
    int pages,
    int segmentBytes,
    int chainBytes,
    int functionBytes,
    int stringBytes) {
  /** How many bytes a header has. */
  static final int BYTES = 52;

  /** How many bytes the entry of a page has. */
  static final int PAGE_BYTES = 8;

  /** How many segments a page has. */
  static final int PAGE = 32;

  /** How deep calls are inlined at most. */
  static final int DEPTH = 1024;

  static final int CHAIN_FOLLOWS = 1;
  static final int FILE_FOLLOWS = 2;
  static final int DISCRIMINATOR_FOLLOWS = 4;
  static final int FLAG_BITS = 3;

  private static final String MAGIC = "wmsymbol";

  /** To be raised when the format changes, and when the answers that are kept in it do. */
  private static final int VERSION = 1;

  private static final int CHECKSUM_AT = 12;

  /**
   * Reads a header.
   *
   * @throws FormatException if it is none, of another version, or does not go with the file's
   *     length
   */
  static IndexHeader read(ByteSource file) {
    Cursor cursor = file.cursor().in("symbol-index");
    for (int i = 0; i < MAGIC.length(); i++) {
      if (cursor.u8() != MAGIC.charAt(i)) {
        throw new FormatException.Malformed("no symbol index", cursor.at(0));
      }
    }
    int version = cursor.u8();
    if (version != VERSION) {
      throw new FormatException.Unsupported(
          "a symbol index of version " + version + ", not " + VERSION, cursor.at(MAGIC.length()));
    }
    if (cursor.u8() != 0 || cursor.u16le() != 0) {
      throw new FormatException.Malformed("reserved bytes that are not 0", cursor.here());
    }
    int checksum = cursor.i32le();
    Fingerprint module = new Fingerprint(cursor.i64le(), cursor.i32le(), cursor.i32le());
    IndexHeader header =
        new IndexHeader(
            module,
            checksum,
            length(cursor, PAGE_BYTES),
            length(cursor, 1),
            length(cursor, 1),
            length(cursor, 1),
            length(cursor, 1));
    if (header.end() != file.size()) {
      throw new FormatException.Malformed(
          "a file of " + file.size() + " bytes that says it has " + header.end(), cursor.here());
    }
    return header;
  }

  private static int length(Cursor cursor, int bytes) {
    long start = cursor.position();
    long count = cursor.u32le();
    if (count > Math.min(cursor.source().size(), Integer.MAX_VALUE) / bytes) {
      throw new FormatException.Malformed(
          "a length of " + count + " is more than the file has", cursor.at(start));
    }
    return (int) count;
  }

  private long end() {
    return strings() + stringBytes;
  }

  /** Returns where the segments begin in the file. */
  long segments() {
    return BYTES + (long) pages * PAGE_BYTES;
  }

  long chains() {
    return segments() + segmentBytes;
  }

  long functions() {
    return chains() + chainBytes;
  }

  long strings() {
    return functions() + functionBytes;
  }

  /** Writes the header. */
  void write(ByteWriter out) {
    for (int i = 0; i < MAGIC.length(); i++) {
      out.u8(MAGIC.charAt(i));
    }
    out.u8(VERSION).u8(0).i16le(0).i32le(checksum);
    out.i64le(module.size()).i32le(module.crc32()).i32le(module.crc32c());
    out.i32le(pages).i32le(segmentBytes).i32le(chainBytes);
    out.i32le(functionBytes).i32le(stringBytes);
  }

  /** Returns the checksum of a file, whatever checksum stands in it. */
  static int checksum(ByteSource file) {
    CRC32C sum = new CRC32C();
    byte[] chunk = new byte[1 << 16];
    long at = 0;
    while (at < file.size()) {
      long stop = at < CHECKSUM_AT ? CHECKSUM_AT : file.size();
      int length = (int) Math.min(chunk.length, Math.min(stop, file.size()) - at);
      file.copyTo(at, chunk, 0, length);
      sum.update(chunk, 0, length);
      at += length;
      if (at == CHECKSUM_AT) {
        at += Integer.BYTES;
      }
    }
    return (int) sum.getValue();
  }
}
