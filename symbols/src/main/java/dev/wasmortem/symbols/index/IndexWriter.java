package dev.wasmortem.symbols.index;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.ByteWriter;
import dev.wasmortem.symbols.SourcePosition;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes answers in the format of an index, see {@link IndexHeader}. */
final class IndexWriter {
  private final Answers answers;
  private final Map<String, Integer> strings = new HashMap<>();
  private final ByteWriter stringBytes = new ByteWriter();
  private final ByteWriter functionBytes = new ByteWriter();
  private final ByteWriter chainBytes = new ByteWriter();
  private final ByteWriter segmentBytes = new ByteWriter();
  private final ByteWriter pageBytes = new ByteWriter();

  /** Where each chain stands. */
  private final int[] chainStarts;

  private IndexWriter(Answers answers) {
    this.answers = answers;
    this.chainStarts = new int[answers.chains().size()];
  }

  /** Returns an index called {@code name}. */
  static ByteSource write(Answers answers, Fingerprint module, String name) {
    IndexWriter writer = new IndexWriter(answers);
    writer.answers.files().forEach(writer::string); // first, so that references to them are short
    writer.writeChains(writer.writeFunctions());
    writer.writeSegments();
    byte[] unsigned = writer.file(module, 0);
    int checksum = IndexHeader.checksum(ByteSource.of(name, unsigned));
    return ByteSource.of(name, writer.file(module, checksum));
  }

  private byte[] file(Fingerprint module, int checksum) {
    ByteWriter out = new ByteWriter();
    new IndexHeader(
            module,
            checksum,
            pageBytes.size() / IndexHeader.PAGE_BYTES,
            segmentBytes.size(),
            chainBytes.size(),
            functionBytes.size(),
            stringBytes.size())
        .write(out);
    return out.bytes(pageBytes)
        .bytes(segmentBytes)
        .bytes(chainBytes)
        .bytes(functionBytes)
        .bytes(stringBytes)
        .toByteArray();
  }

  /** Returns where each function stands. */
  private int[] writeFunctions() {
    List<FunctionNames> functions = answers.functions();
    int[] starts = new int[functions.size()];
    for (int i = 0; i < starts.length; i++) {
      FunctionNames names = functions.get(i);
      starts[i] = functionBytes.size();
      functionBytes
          .unsigned(string(names.name()))
          .unsigned(names.shortName().map(this::string).orElse(0))
          .unsigned(names.linkageName().map(this::string).orElse(0));
    }
    return starts;
  }

  private void writeChains(int[] functionStarts) {
    List<Answers.Link> chains = answers.chains();
    for (int i = 0; i < chainStarts.length; i++) {
      Answers.Link link = chains.get(i);
      int start = chainBytes.size();
      chainStarts[i] = start;
      chainBytes.unsigned(functionStarts[link.function()]);
      if (link.caller() == Answers.NONE) {
        chainBytes.unsigned(0);
      } else {
        chainBytes.unsigned(start - chainStarts[link.caller()]);
        writePlace(link.place());
      }
    }
  }

  private void writePlace(Optional<SourcePosition> place) {
    if (place.isEmpty()) {
      chainBytes.unsigned(0);
    } else {
      SourcePosition at = place.get();
      chainBytes
          .unsigned(string(at.file()))
          .unsigned(Integer.toUnsignedLong(at.line()))
          .unsigned(Integer.toUnsignedLong(at.column()))
          .unsigned(Integer.toUnsignedLong(at.discriminator()));
    }
  }

  private void writeSegments() {
    int[] files = answers.files().stream().mapToInt(this::string).toArray();
    int start = 0;
    int chain = 0;
    int file = 0;
    int line = 0;
    for (int i = 0; i < answers.count(); i++) {
      if (i % IndexHeader.PAGE == 0) {
        start = answers.start(i);
        chain = 0;
        file = 0;
        line = 0;
        pageBytes.i32le(start).i32le(segmentBytes.size());
      }
      int nextChain = answers.chain(i) == Answers.NONE ? 0 : chainStarts[answers.chain(i)] + 1;
      int nextFile = answers.file(i) == Answers.NONE ? 0 : files[answers.file(i)];
      int flags =
          (nextChain == chain ? 0 : IndexHeader.CHAIN_FOLLOWS)
              | (nextFile == file ? 0 : IndexHeader.FILE_FOLLOWS)
              | (answers.discriminator(i) == 0 ? 0 : IndexHeader.DISCRIMINATOR_FOLLOWS);
      long distance = Integer.toUnsignedLong(answers.start(i) - start);
      segmentBytes.unsigned(distance << IndexHeader.FLAG_BITS | flags);
      start = answers.start(i);
      if (nextChain != chain) {
        segmentBytes.signed(nextChain - chain);
        chain = nextChain;
      }
      if (nextFile != file) {
        segmentBytes.unsigned(nextFile);
        file = nextFile;
      }
      if (file != 0) {
        segmentBytes
            .signed(answers.line(i) - line)
            .unsigned(Integer.toUnsignedLong(answers.column(i)));
        line = answers.line(i);
      }
      if (answers.discriminator(i) != 0) {
        segmentBytes.unsigned(Integer.toUnsignedLong(answers.discriminator(i)));
      }
    }
  }

  /** Returns a reference to a string, which is written when it is first referred to. */
  private int string(String text) {
    Integer known = strings.get(text);
    if (known == null) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      known = stringBytes.size() + 1;
      strings.put(text, known);
      stringBytes.unsigned(utf8.length).bytes(utf8);
    }
    return known;
  }
}
