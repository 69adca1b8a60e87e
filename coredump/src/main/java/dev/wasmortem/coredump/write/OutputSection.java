package dev.wasmortem.coredump.write;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.ByteWriter;
import dev.wasmortem.coredump.write.WriterContent.Memory;
import dev.wasmortem.wasm.SectionId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A section that is to be written: its size is known before its bytes are at hand. */
final class OutputSection {
  private final SectionId id;
  private final List<Part> parts = new ArrayList<>();
  private long payloadSize;

  private OutputSection(SectionId id) {
    this.id = id;
  }

  private interface Part {
    void writeTo(BufferedOutput out) throws IOException;
  }

  static OutputSection custom(String name) {
    return new OutputSection(SectionId.CUSTOM).add(new ByteWriter().name(name));
  }

  static OutputSection standard(SectionId id) {
    return new OutputSection(id);
  }

  OutputSection add(ByteWriter bytes) {
    payloadSize += bytes.size();
    parts.add(bytes::writeTo);
    return this;
  }

  OutputSection add(ByteSource bytes) {
    payloadSize += bytes.size();
    parts.add(bytes::writeTo);
    return this;
  }

  /** Adds a vector of data segments. */
  OutputSection add(Segments segments, List<Memory> memories) {
    payloadSize += segments.payloadSize();
    parts.add(
        out -> {
          ByteWriter header = new ByteWriter().unsigned(segments.count());
          for (int i = 0; i < segments.count(); i++) {
            segments.writeHeader(i, header);
            header.writeTo(out);
            header.clear();
            out.copy(
                memories.get(segments.memory(i)).source(), segments.start(i), segments.length(i));
          }
          header.writeTo(out);
        });
    return this;
  }

  /** Returns how many bytes of the file it takes. */
  long size() {
    return 1 + ByteWriter.unsignedSize(payloadSize) + payloadSize;
  }

  /** Returns how many bytes follow the size. */
  long payloadSize() {
    return payloadSize;
  }

  void writeTo(BufferedOutput out) throws IOException {
    new ByteWriter(16).u8(id.code()).unsigned(payloadSize).writeTo(out);
    for (Part part : parts) {
      part.writeTo(out);
    }
  }
}
