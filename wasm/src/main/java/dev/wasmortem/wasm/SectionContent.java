package dev.wasmortem.wasm;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.ByteWriter;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;

/** What is written into a section: bytes whose number is known before any of them is written. */
public interface SectionContent {
  /** Returns the number of bytes. */
  long size();

  /** Writes all bytes. */
  void writeTo(WritableByteChannel channel) throws IOException;

  /** Returns bytes that lie elsewhere; they are read when they are written. */
  static SectionContent of(ByteSource bytes) {
    return new SectionContent() {
      @Override
      public long size() {
        return bytes.size();
      }

      @Override
      public void writeTo(WritableByteChannel channel) throws IOException {
        bytes.writeTo(channel);
      }
    };
  }

  /** Returns what a writer holds, which must not be changed afterwards. */
  static SectionContent of(ByteWriter bytes) {
    return new SectionContent() {
      @Override
      public long size() {
        return bytes.size();
      }

      @Override
      public void writeTo(WritableByteChannel channel) throws IOException {
        bytes.writeTo(channel);
      }
    };
  }
}
