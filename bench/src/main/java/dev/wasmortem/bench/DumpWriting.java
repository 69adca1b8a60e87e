package dev.wasmortem.bench;

import dev.wasmortem.coredump.CoredumpWriter;
import dev.wasmortem.coredump.MemoryAddress;
import dev.wasmortem.coredump.MemorySource;
import dev.wasmortem.wasm.types.MemoryType;
import dev.wasmortem.wasm.types.SizeLimits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Writing a dump, the best of several rounds each: 1 GiB of touched memory against {@code dd} of
 * the same bytes from the page cache to the same disk, neither waiting for the disk; and scanning a
 * memory of 4 GiB of which one page in a thousand holds something, against the bandwidth of the
 * machine's memory, which is what {@link System#arraycopy} reads from an array of 1 GiB.
 *
 * <p>The file goes to the folder that {@code java.io.tmpdir} names.
 */
public final class DumpWriting {
  private static final int ROUNDS = 7;
  private static final int PAGE = 1 << 16;
  private static final int GIB = 1 << 30;

  private DumpWriting() {}

  /** Needs {@code dd}, 3 GiB of disk and 1.5 GiB of heap. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    byte[] touched = new byte[GIB];
    SplittableRandom random = new SplittableRandom(1);
    byte[] page = new byte[PAGE];
    for (int at = 0; at < GIB; at += PAGE) {
      random.nextBytes(page);
      System.arraycopy(page, 0, touched, at, PAGE);
    }
    againstDd(touched);
    againstBandwidth(touched);
  }

  private static void againstDd(byte[] touched) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("wasmortem-bench");
    Path same = folder.resolve("same");
    Path copy = folder.resolve("copy");
    Path core = folder.resolve("core");
    try (FileChannel out = open(same)) {
      ByteBuffer bytes = ByteBuffer.wrap(touched);
      while (bytes.hasRemaining()) {
        out.write(bytes.limit(Math.min(GIB, bytes.position() + (1 << 20))));
        bytes.limit(GIB);
      }
    }
    double dd = Double.MAX_VALUE;
    double ours = Double.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      Files.deleteIfExists(core);
      long start = System.nanoTime();
      int status =
          new ProcessBuilder(List.of("dd", "if=" + same, "of=" + copy, "bs=1M", "status=none"))
              .inheritIO()
              .start()
              .waitFor();
      dd = Math.min(dd, millis(start));
      if (status != 0) {
        throw new IOException("dd ended with status " + status);
      }
      Files.delete(copy);
      start = System.nanoTime();
      try (FileChannel out = open(core)) {
        writer(new Array(touched)).writeTo(out);
      }
      ours = Math.min(ours, millis(start));
    }
    System.out.printf(
        Locale.ROOT,
        "1 GiB of touched memory written in %.0f ms, by dd in %.0f ms, ratio %.2f%n",
        ours,
        dd,
        ours / dd);
    Files.deleteIfExists(core);
    Files.delete(same);
    Files.delete(folder);
  }

  private static void againstBandwidth(byte[] touched) throws IOException {
    long size = 4L * GIB;
    byte[] chunk = new byte[PAGE];
    double copied = Double.MAX_VALUE;
    double scanned = Double.MAX_VALUE;
    for (int round = 0; round < 3 * ROUNDS; round++) {
      long start = System.nanoTime();
      // As long as the scan, so that whatever else the machine does falls on both.
      for (long at = 0; at < size; at += PAGE) {
        System.arraycopy(touched, (int) (at % GIB), chunk, 0, PAGE);
      }
      copied = Math.min(copied, millis(start));
      start = System.nanoTime();
      writer(new MostlyZero(size)).writeTo(new Nowhere());
      scanned = Math.min(scanned, millis(start));
    }
    System.out.printf(
        Locale.ROOT,
        "4 GiB, mostly zero, scanned in %.0f ms (%.1f GB/s), read by arraycopy in %.0f ms (%.1f"
            + " GB/s), ratio %.2f%n",
        scanned,
        size / scanned / 1e6,
        copied,
        size / copied / 1e6,
        scanned / copied);
  }

  private static CoredumpWriter writer(MemorySource memory) {
    CoredumpWriter writer = new CoredumpWriter();
    writer.addMemory(MemoryType.of(SizeLimits.atLeast(memory.size() / PAGE)), memory);
    return writer;
  }

  private static FileChannel open(Path file) throws IOException {
    return FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  private static double millis(long start) {
    return (System.nanoTime() - start) / 1e6;
  }

  /** A memory that is an array. */
  private static final class Array implements MemorySource {
    private final byte[] bytes;

    Array(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public long size() {
      return bytes.length;
    }

    @Override
    public void read(MemoryAddress address, byte[] target, int offset, int length) {
      System.arraycopy(bytes, (int) address.value(), target, offset, length);
    }

    @Override
    public void read(MemoryAddress address, ByteBuffer target) {
      target.put(bytes, (int) address.value(), target.remaining());
    }
  }

  /** Of a thousand pages one holds something. */
  private record MostlyZero(long size) implements MemorySource {
    @Override
    public void read(MemoryAddress address, byte[] target, int offset, int length) {
      Arrays.fill(target, offset, offset + length, (byte) 0);
      if (address.value() / PAGE % 1000 == 0) {
        target[offset + length / 2] = 7;
      }
    }
  }

  /** Takes everything and keeps nothing. */
  private static final class Nowhere implements WritableByteChannel {
    @Override
    public int write(ByteBuffer bytes) {
      int length = bytes.remaining();
      bytes.position(bytes.limit());
      return length;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }
}
