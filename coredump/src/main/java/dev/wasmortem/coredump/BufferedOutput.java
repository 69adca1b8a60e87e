package dev.wasmortem.coredump;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** Gathers small writes into large ones, and takes memories in chunks without a copy between. */
final class BufferedOutput implements WritableByteChannel {
  private static final int CAPACITY = 1 << 18;

  private final WritableByteChannel channel;
  private final byte[] buffer = new byte[CAPACITY];
  private int size;

  BufferedOutput(WritableByteChannel channel) {
    this.channel = channel;
  }

  @Override
  public int write(ByteBuffer bytes) throws IOException {
    int length = bytes.remaining();
    while (bytes.hasRemaining()) {
      int part = Math.min(bytes.remaining(), room());
      bytes.get(buffer, size, part);
      size += part;
    }
    return length;
  }

  /** Writes a part of a memory. */
  void copy(MemorySource memory, long start, long length) throws IOException {
    for (long done = 0; done < length; ) {
      int part = (int) Math.min(length - done, room());
      memory.read(new MemoryAddress(start + done), buffer, size, part);
      size += part;
      done += part;
    }
  }

  /** Returns how many bytes fit, at least one. */
  private int room() throws IOException {
    if (size == CAPACITY) {
      flush();
    }
    return CAPACITY - size;
  }

  /** Writes what was gathered. */
  void flush() throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, size);
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
    size = 0;
  }

  @Override
  public boolean isOpen() {
    return channel.isOpen();
  }

  /** Leaves the channel open: it is the caller's. */
  @Override
  public void close() throws IOException {
    flush();
  }
}
