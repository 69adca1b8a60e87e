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
      switch (method) {
        case STORED -> {
          if (bytes.size() != size) {
            throw new FormatException.Malformed(
                bytes.size() + " bytes are stored of " + Long.toUnsignedString(size),
                bytes.at(0, "module-bytes"));
          }
          return bytes;
        }
        case ZLIB -> {
          return inflated();
        }
        default ->
            throw new FormatException.Unsupported(
                "a module compressed by method " + method, bytes.at(0, "module-bytes"));
      }
    }

    private ByteSource inflated() {
      if (size < 0 || size > LARGEST_INFLATED) {
        throw new FormatException.LimitExceeded(
            "a compressed module of "
                + Long.toUnsignedString(size)
                + " bytes; the limit is "
                + LARGEST_INFLATED,
            bytes.at(0, "module-bytes"));
      }
      Inflater inflater = new Inflater();
      try {
        return ByteSource.of(bytes.name() + ":module " + module, inflate(inflater));
      } catch (DataFormatException e) {
        throw new FormatException.Malformed(
            "what is no zlib stream" + (e.getMessage() == null ? "" : ": " + e.getMessage()),
            bytes.at(0, "module-bytes"));
      } finally {
        inflater.end();
      }
    }

    /** Inflates into an array that grows with what comes out, not with what was announced. */
    private byte[] inflate(Inflater inflater) throws DataFormatException {
      int wanted = (int) size;
      byte[] out = new byte[(int) Math.min(wanted, 4 * bytes.size() + 64)];
      byte[] in = new byte[(int) Math.min(CHUNK, bytes.size())];
      int written = 0;
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
        if (written == out.length && written < wanted) {
          out = Arrays.copyOf(out, (int) Math.min(wanted, 2L * written));
        }
        // One byte of room beyond the size shows what is longer.
        byte[] target = written < wanted ? out : new byte[1];
        int inflated =
            inflater.inflate(
                target, target == out ? written : 0, target == out ? out.length - written : 1);
        if (target != out && inflated > 0) {
          throw new DataFormatException("it holds more than " + wanted + " bytes");
        }
        if (inflated == 0 && inflater.needsDictionary()) {
          throw new DataFormatException("it needs a dictionary");
        }
        written += inflated;
      }
      if (written != wanted) {
        throw new DataFormatException("it holds " + written + " bytes of " + wanted);
      }
      return out.length == wanted ? out : Arrays.copyOf(out, wanted);
    }
  }

  /**
   * Compresses a module's file, in a heap of the compressed size; leaves it as it is where that is
   * not longer.
   */
  public static Packed pack(int module, ByteSource file) {
    if (file.size() <= LARGEST_INFLATED) {
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
