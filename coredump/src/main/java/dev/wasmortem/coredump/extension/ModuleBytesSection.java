package dev.wasmortem.coredump.extension;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.ByteWriter;
import dev.wasmortem.bytes.Cursor;
import dev.wasmortem.bytes.FormatException;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * A module's file; one section for each module.
 *
 * <pre>
 * wasmortem.module-bytes ::= 0x00 module:u32 method:u8 size:u64 byte*
 * method                 ::= 0x00 stored | 0x01 zlib (RFC 1950)
 * </pre>
 *
 * {@code size} is that of the file.
 */
public final class ModuleBytesSection {
  /** The section's name. */
  public static final String NAME = "wasmortem.module-bytes";

  /** What compressed bytes may expand to; larger modules are stored. */
  public static final long LARGEST_INFLATED = 1 << 28;

  /**
   * What all compressed modules of a dump may expand to together, in the order of their sections;
   * those beyond are stored in writing, and count as not there in reading.
   */
  public static final long ALL_INFLATED = 1 << 28;

  private static final int STORED = 0;
  private static final int ZLIB = 1;
  private static final int CHUNK = 1 << 16;

  private ModuleBytesSection() {}

  /**
   * A module's file as it stands in the dump; not decompressed.
   *
   * @param module the module's index
   * @param method how it is compressed
   * @param size the file's size
   * @param bytes what stands in the dump
   */
  public record Packed(int module, int method, long size, ByteSource bytes) {
    /**
     * Returns the file, decompressed into the heap if it is compressed.
     *
     * @throws FormatException if it is damaged, of another size than declared, larger than {@link
     *     #LARGEST_INFLATED}, or compressed in a way that is not known
     */
    public ByteSource unpacked() {
      if (method == STORED) {
        requireStored();
        return bytes;
      }
      requireInflatable();
      Growing file = new Growing((int) size, bytes.size());
      inflate(file);
      return ByteSource.of(bytes.name() + ":module " + module, file.bytes());
    }

    /**
     * Goes through the file without keeping it.
     *
     * @throws FormatException as {@link #unpacked}
     */
    public void verify() {
      if (method == STORED) {
        requireStored();
      } else {
        requireInflatable();
        inflate((inflated, length) -> {});
      }
    }

    /** Returns the bytes of heap that the file needs. */
    public long heapBytes() {
      return method == STORED ? 0 : size;
    }

    private void requireStored() {
      if (bytes.size() != size) {
        throw new FormatException.Malformed(
            bytes.size() + " bytes are stored of " + Long.toUnsignedString(size),
            bytes.at(0, "module-bytes"));
      }
    }

    private void requireInflatable() {
      if (method != ZLIB) {
        throw new FormatException.Unsupported(
            "a module compressed by method " + method, bytes.at(0, "module-bytes"));
      }
      if (size < 0 || size > LARGEST_INFLATED) {
        throw new FormatException.LimitExceeded(
            "a compressed module of "
                + Long.toUnsignedString(size)
                + " bytes; the limit is "
                + LARGEST_INFLATED,
            bytes.at(0, "module-bytes"));
      }
    }

    private void inflate(Taker taker) {
      Inflater inflater = new Inflater();
      try {
        inflate(inflater, taker);
      } catch (DataFormatException e) {
        throw new FormatException.Malformed(
            "what is no zlib stream" + (e.getMessage() == null ? "" : ": " + e.getMessage()),
            bytes.at(0, "module-bytes"));
      } finally {
        inflater.end();
      }
    }

    /** Inflates piece by piece; no more than was announced. */
    private void inflate(Inflater inflater, Taker taker) throws DataFormatException {
      byte[] out = new byte[(int) Math.min(CHUNK, size + 1)];
      byte[] in = new byte[(int) Math.min(CHUNK, bytes.size())];
      long written = 0;
      long read = 0;
      while (!inflater.finished()) {
        if (inflater.needsInput()) {
          int part = (int) Math.min(in.length, bytes.size() - read);
          if (part == 0) {
            throw new DataFormatException("it ends early");
          }
          bytes.copyTo(read, in, 0, part);
          inflater.setInput(in, 0, part);
          read += part;
        }
        int inflated = inflater.inflate(out);
        if (inflated == 0 && inflater.needsDictionary()) {
          throw new DataFormatException("it needs a dictionary");
        }
        if (written + inflated > size) {
          throw new DataFormatException("it holds more than " + size + " bytes");
        }
        taker.take(out, inflated);
        written += inflated;
      }
      if (written != size) {
        throw new DataFormatException("it holds " + written + " bytes of " + size);
      }
    }
  }

  /** Takes what was inflated, piece by piece. */
  private interface Taker {
    void take(byte[] bytes, int length);
  }

  /** An array that grows with what comes out, not with what was announced. */
  private static final class Growing implements Taker {
    private final int wanted;
    private byte[] all;
    private int length;

    Growing(int wanted, long packed) {
      this.wanted = wanted;
      this.all = new byte[(int) Math.min(wanted, 4 * packed + 64)];
    }

    @Override
    public void take(byte[] bytes, int count) {
      if (all.length - length < count) {
        all = Arrays.copyOf(all, (int) Math.min(wanted, Math.max(2L * all.length, length + count)));
      }
      System.arraycopy(bytes, 0, all, length, count);
      length += count;
    }

    byte[] bytes() {
      return all.length == length ? all : Arrays.copyOf(all, length);
    }
  }

  /**
   * Compresses a module's file, in a heap of the compressed size; leaves it as it is where that is
   * not longer.
   *
   * @param room how many bytes compressed modules may still expand to
   */
  public static Packed pack(int module, ByteSource file, long room) {
    if (file.size() <= Math.min(room, LARGEST_INFLATED)) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      deflate(file, out);
      if (out.size() < file.size()) {
        ByteSource bytes = ByteSource.of(file.name(), out.toByteArray());
        return new Packed(module, ZLIB, file.size(), bytes);
      }
    }
    return new Packed(module, STORED, file.size(), file);
  }

  private static void deflate(ByteSource file, ByteArrayOutputStream out) {
    Deflater deflater = new Deflater();
    try {
      byte[] in = new byte[(int) Math.min(CHUNK, file.size())];
      byte[] packed = new byte[CHUNK];
      for (long at = 0; !deflater.finished(); ) {
        if (deflater.needsInput()) {
          int part = (int) Math.min(in.length, file.size() - at);
          file.copyTo(at, in, 0, part);
          at += part;
          deflater.setInput(in, 0, part);
          if (at == file.size()) {
            deflater.finish();
          }
        }
        out.write(packed, 0, deflater.deflate(packed));
      }
    } finally {
      deflater.end();
    }
  }

  /** Returns what stands before the bytes. */
  public static ByteWriter head(Packed packed) {
    return Extension.payload()
        .unsigned(packed.module())
        .u8(packed.method())
        .unsigned(packed.size());
  }

  /** Reads what follows the version; nothing is decompressed. */
  public static Packed read(Cursor cursor) {
    int module = cursor.in("module-bytes.module").index();
    int method = cursor.in("module-bytes.method").u8();
    long size = cursor.in("module-bytes.size").u64();
    return new Packed(module, method, size, cursor.take(cursor.remaining()));
  }
}
