package dev.wasmortem.capture;

import dev.wasmortem.bytes.ByteSource;
import java.io.ByteArrayOutputStream;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** Keeps each dump on the heap. */
final class MemorySink implements DumpSink {
  private final Consumer<ByteSource> dumps;

  MemorySink(Consumer<ByteSource> dumps) {
    this.dumps = dumps;
  }

  @Override
  public Draft begin(Crash crash) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    WritableByteChannel channel = Channels.newChannel(bytes);
    return new Draft() {
      @Override
      public WritableByteChannel channel() {
        return channel;
      }

      @Override
      public Optional<Path> commit() {
        dumps.accept(ByteSource.of(crash.executable() + ".core", bytes.toByteArray()));
        return Optional.empty();
      }

      @Override
      public void discard() {}
    };
  }
}
