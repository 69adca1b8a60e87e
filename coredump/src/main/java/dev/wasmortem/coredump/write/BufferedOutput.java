package dev.wasmortem.coredump.write;

import dev.wasmortem.coredump.MemoryAddress;
import dev.wasmortem.coredump.MemorySource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/**
 * Gathers small writes into large ones, and takes memories in chunks without a copy between. Its
 * buffer is outside of the heap, where a file's channel would copy it to otherwise.
 */
final class BufferedOutput implements WritableByteChannel {
  /** A file system does better with long writes; more would not stay in the processor's cache. */
  static final int CAPACITY = 1 << 20;

  private final Sink sink;
  private ByteBuffer buffer = newBuffer();

  BufferedOutput(Sink sink) {
    this.sink = sink;
  }

  /** Takes full buffers. */
  interface Sink {
    /** Takes what remains of a buffer, and returns an empty one, the same or another. */
    ByteBuffer exchange(ByteBuffer full) throws IOException;
  }

  static ByteBuffer newBuffer() {
    return ByteBuffer.allocateDirect(CAPACITY);
  }

  @Override
  public int write(ByteBuffer bytes) throws IOException {
    int length = bytes.remaining();
    int end = bytes.limit();
    while (bytes.position() < end) {
      bytes.limit(bytes.position() + Math.min(end - bytes.position(), room()));
      buffer.put(bytes);
    }
    bytes.limit(end);
    return length;
  }

  /** Writes a part of a memory. */
  void copy(MemorySource memory, long start, long length) throws IOException {
    for (long done = 0; done < length; ) {
      int part = (int) Math.min(length - done, room());
      buffer.limit(buffer.position() + part);
      memory.read(new MemoryAddress(start + done), buffer);
      buffer.limit(CAPACITY);
      done += part;
    }
  }

  /** Returns how many bytes fit, at least one. */
  private int room() throws IOException {
    if (!buffer.hasRemaining()) {
      flush();
    }
    return buffer.remaining();
  }

  /** Hands on what was gathered. */
  void flush() throws IOException {
    buffer = sink.exchange(buffer.flip());
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  /** Leaves the sink open: it is the caller's. */
  @Override
  public void close() throws IOException {
    flush();
  }
}
