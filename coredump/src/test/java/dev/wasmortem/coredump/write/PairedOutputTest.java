package dev.wasmortem.coredump.write;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wasmortem.coredump.MemoryAddress;
import dev.wasmortem.coredump.MemorySource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class PairedOutputTest {
  private static final int LONG = (int) PairedOutput.LEAST + 4321;

  /** A memory of random bytes that knows who reads it, and when the last read was. */
  private static final class Noted implements MemorySource {
    final byte[] bytes;
    final Set<Thread> readers = ConcurrentHashMap.newKeySet();
    volatile boolean writing = true;
    volatile boolean readLater;

    Noted(int length) {
      bytes = new byte[length];
      new SplittableRandom(length).nextBytes(bytes);
    }

    @Override
    public long size() {
      return bytes.length;
    }

    @Override
    public void read(MemoryAddress address, byte[] target, int offset, int length) {
      readers.add(Thread.currentThread());
      readLater |= !writing;
      System.arraycopy(bytes, (int) address.value(), target, offset, length);
    }

    /** Writes a byte, the memory, and a byte. */
    void writeTo(WritableByteChannel channel) throws IOException {
      try {
        PairedOutput.write(
            out -> {
              out.write(ByteBuffer.wrap(new byte[] {1}));
              out.copy(this, 0, bytes.length);
              out.write(ByteBuffer.wrap(new byte[] {2}));
            },
            bytes.length + 2,
            channel);
      } finally {
        writing = false;
      }
    }
  }

  /** Takes bytes, few at a time, and fails from the {@code limit}th on. */
  private static final class Narrow implements WritableByteChannel {
    final ByteArrayOutputStream taken = new ByteArrayOutputStream();
    final Set<Thread> writers = ConcurrentHashMap.newKeySet();
    final IOException full = new IOException("No space left on device");
    private final int limit;

    Narrow(int limit) {
      this.limit = limit;
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
      writers.add(Thread.currentThread());
      int length = Math.min(Math.min(bytes.remaining(), 100_000), limit - taken.size());
      if (length == 0) {
        throw full;
      }
      byte[] part = new byte[length];
      bytes.get(part);
      taken.writeBytes(part);
      return length;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }

  private static byte[] expected(Noted memory) {
    byte[] expected = new byte[memory.bytes.length + 2];
    expected[0] = 1;
    System.arraycopy(memory.bytes, 0, expected, 1, memory.bytes.length);
    expected[expected.length - 1] = 2;
    return expected;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, BufferedOutput.CAPACITY, (int) PairedOutput.LEAST - 3, LONG})
  void writesAllInOrderOnTheCallersThread(int length) throws IOException {
    Noted memory = new Noted(length);
    Narrow channel = new Narrow(Integer.MAX_VALUE);
    memory.writeTo(channel);
    assertArrayEquals(expected(memory), channel.taken.toByteArray());
    assertEquals(Set.of(Thread.currentThread()), channel.writers);
    if (length > 0) {
      boolean another = length >= PairedOutput.LEAST && SecondThread.pays();
      assertEquals(another, !memory.readers.contains(Thread.currentThread()));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, BufferedOutput.CAPACITY, 5_000_000, LONG + 1})
  void aChannelThatFailsEndsBothThreads(int limit) throws InterruptedException {
    Noted memory = new Noted(LONG);
    Narrow channel = new Narrow(limit);
    assertSame(channel.full, assertThrows(IOException.class, () -> memory.writeTo(channel)));
    assertArrayEquals(Arrays.copyOf(expected(memory), limit), channel.taken.toByteArray());
    for (Thread reader : memory.readers) {
      if (reader != Thread.currentThread()) {
        reader.join();
      }
    }
    assertFalse(memory.readLater);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, BufferedOutput.CAPACITY, LONG - 1})
  void whatTheMemoryThrowsReachesTheCaller(int address) {
    for (Throwable thrown :
        new Throwable[] {new IllegalStateException("gone"), new StackOverflowError()}) {
      MemorySource broken =
          new MemorySource() {
            @Override
            public long size() {
              return LONG;
            }

            @Override
            public void read(MemoryAddress at, byte[] target, int offset, int length) {
              if (at.value() + length > address) {
                throwUnchecked(thrown);
              }
            }
          };
      WritableByteChannel nowhere = Channels.newChannel(new ByteArrayOutputStream());
      assertSame(
          thrown,
          assertThrows(
              Throwable.class,
              () -> PairedOutput.write(out -> out.copy(broken, 0, LONG), LONG, nowhere)));
    }
  }

  private static void throwUnchecked(Throwable thrown) {
    if (thrown instanceof Error error) {
      throw error;
    }
    throw (RuntimeException) thrown;
  }

  @Test
  void anExceptionOfTheContentReachesTheCaller() {
    IOException thrown = new IOException("the module's file");
    WritableByteChannel nowhere = Channels.newChannel(new ByteArrayOutputStream());
    PairedOutput.Content content =
        out -> {
          throw thrown;
        };
    assertSame(
        thrown, assertThrows(IOException.class, () -> PairedOutput.write(content, LONG, nowhere)));
  }

  @Test
  void anInterruptIsTheChannelsAffair(@TempDir Path folder) throws IOException {
    Noted memory = new Noted(LONG);
    Narrow channel = new Narrow(Integer.MAX_VALUE);
    Thread.currentThread().interrupt();
    memory.writeTo(channel);
    assertTrue(Thread.interrupted());
    assertArrayEquals(expected(memory), channel.taken.toByteArray());

    Path file = folder.resolve("core");
    try (FileChannel interruptible =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      Thread.currentThread().interrupt();
      assertThrows(ClosedByInterruptException.class, () -> memory.writeTo(interruptible));
      assertTrue(Thread.interrupted());
      assertEquals(0, Files.size(file));
    }
  }

  /** A trap is often a stack overflow, and its dump is tried again as the stack unwinds. */
  @Test
  void atTheEndOfTheStackNoThreadIsLeftBehind() throws InterruptedException {
    Noted memory = new Noted(LONG);
    Narrow channel = new Narrow(Integer.MAX_VALUE);
    AtomicInteger attempts = new AtomicInteger();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Thread deep =
        new Thread(
            null,
            () -> {
              try {
                descend(memory, channel, attempts);
              } catch (Throwable e) {
                failure.set(e);
              }
            },
            "deep",
            1 << 20);
    deep.start();
    deep.join();
    assertNull(failure.get());
    assertTrue(attempts.get() > 1, () -> attempts + " attempts");
    assertArrayEquals(expected(memory), channel.taken.toByteArray());
    for (Thread reader : memory.readers) {
      reader.join();
    }
  }

  /** Goes down until the stack ends, then writes at each level until that is possible. */
  @SuppressWarnings("InfiniteRecursion") // until the stack ends
  private static boolean descend(Noted memory, Narrow channel, AtomicInteger attempts)
      throws IOException {
    try {
      if (descend(memory, channel, attempts)) {
        return true;
      }
    } catch (StackOverflowError e) {
      // The end; from here on up.
    }
    try {
      attempts.incrementAndGet();
      channel.taken.reset();
      memory.writeTo(channel);
      return true;
    } catch (StackOverflowError e) {
      return false;
    }
  }
}
