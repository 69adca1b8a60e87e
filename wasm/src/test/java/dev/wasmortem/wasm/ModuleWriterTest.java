package dev.wasmortem.wasm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.ByteWriter;
import dev.wasmortem.testkit.Shared;
import dev.wasmortem.testkit.WasmBytes;
import dev.wasmortem.wasm.code.Widths;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModuleWriterTest {
  /** A type section whose size is padded, two custom sections, one with a padded name length. */
  private static final WasmBytes PADDED =
      WasmBytes.hex(
          "00 61 73 6d 01 00 00 00"
              + "00 84 80 00 81 00 61 07"
              + "01 84 80 80 80 00 01 60 00 00"
              + "00 02 01 62");

  @Test
  void anUnchangedModuleIsTheSameBytes() {
    WasmModule sample = WasmModule.read(Sample.source(Sample.module()));
    assertArrayEquals(Sample.module().toByteArray(), Rewriting.copy(sample));
    assertArrayEquals(PADDED.toByteArray(), Rewriting.copy(padded()));
    assertArrayEquals(WasmBytes.module().toByteArray(), Rewriting.written(ModuleWriter.empty()));
  }

  private static WasmModule padded() {
    return WasmModule.read(PADDED.source("padded.wasm"));
  }

  @Test
  void sizesInTheShortestForm() {
    assertArrayEquals(
        WasmBytes.hex(
                "00 61 73 6d 01 00 00 00" + "00 03 01 61 07" + "01 04 01 60 00 00" + "00 02 01 62")
            .toByteArray(),
        Rewriting.written(ModuleWriter.copyOf(padded()).widths(Widths.MINIMAL)));
  }

  @Test
  void sectionsAreReplaced() {
    WasmModule module = padded();
    ModuleWriter writer =
        ModuleWriter.copyOf(module)
            .replace(module.customSections("a").get(0), content("08 09"))
            .replace(module.sections().get(1), content("00"));
    assertArrayEquals(
        WasmBytes.hex(
                "00 61 73 6d 01 00 00 00"
                    + "00 85 80 00 81 00 61 08 09"
                    + "01 81 80 80 80 00 00"
                    + "00 02 01 62")
            .toByteArray(),
        Rewriting.written(writer));
    Section replaced = module.sections().get(1);
    assertArrayEquals(
        WasmBytes.hex("00 61 73 6d 01 00 00 00" + "00 04 01 61 08 09" + "01 01 00" + "00 02 01 62")
            .toByteArray(),
        Rewriting.written(writer.replace(replaced, content("00")).widths(Widths.MINIMAL)));
  }

  @Test
  void aSizeThatNoLongerFitsGetsWider() {
    WasmModule module = padded();
    Section last = module.customSections("b").get(0);
    ByteWriter longer = new ByteWriter().bytes(new byte[200]);
    byte[] written =
        Rewriting.written(ModuleWriter.copyOf(module).replace(last, SectionContent.of(longer)));
    WasmModule again = WasmModule.read(ByteSource.of("again", written));
    assertEquals(200, again.customSections("b").get(0).payload().size());
    assertEquals(PADDED.size() + 200 + 1, written.length);
  }

  @Test
  void sectionsAreDroppedAndAdded() {
    WasmModule module = padded();
    ModuleWriter writer =
        ModuleWriter.copyOf(module)
            .drop(module.customSections("a").get(0))
            .add(SectionId.DATA_COUNT, content("00"))
            .add(SectionId.MEMORY, content("00"))
            .addCustom("z", content("01"))
            .addCustomBefore(module.sections().get(1), "y", content(""));
    WasmModule again = WasmModule.read(ByteSource.of("again", Rewriting.written(writer)));
    assertEquals(
        List.of("CUSTOM y", "TYPE ", "CUSTOM b", "MEMORY ", "DATA_COUNT ", "CUSTOM z"),
        again.sections().stream().map(s -> s.id() + " " + s.name()).toList());
    WellFormed.check(again);
    Section dropped = module.sections().get(0);
    assertThrows(IllegalArgumentException.class, () -> writer.drop(dropped));
    assertThrows(IllegalArgumentException.class, () -> writer.add(SectionId.TYPE, content("00")));
    assertThrows(IllegalArgumentException.class, () -> writer.add(SectionId.CUSTOM, content("00")));
  }

  @Test
  void addedSectionsStandBeforeThoseThatComeLater() {
    WasmModule module = WasmModule.read(Sample.source(Sample.module()));
    ModuleWriter writer = ModuleWriter.copyOf(module);
    module.section(SectionId.TAG).ifPresent(writer::drop);
    writer.add(SectionId.TAG, content("00"));
    WasmModule again = WasmModule.read(ByteSource.of("again", Rewriting.written(writer)));
    assertEquals(
        module.sections().stream().map(Section::id).toList(),
        again.sections().stream().map(Section::id).toList());
  }

  private static SectionContent content(String hex) {
    return SectionContent.of(WasmBytes.hex(hex).source("content"));
  }

  @Test
  void bodiesAreReplacedAndAdded() {
    ByteSource source =
        WasmBytes.module()
            .types(WasmBytes.hex("60 00 00"))
            .functions(0, 0)
            .section(10, WasmBytes.hex("82 00  82 80 00 00 0b  03 00 01 0b"))
            .source("code.wasm");
    WasmModule module = WasmModule.read(source);
    Section section = module.section(SectionId.CODE).orElseThrow();
    CodeContent code = CodeContent.copyOf(module);
    assertArrayEquals(Rewriting.bytes(source), with(module, section, code));
    code.replace(0, WasmBytes.hex("00 01 01 0b").source("body"));
    code.add(WasmBytes.hex("00 00 0b").source("body"));
    WasmModule again = WasmModule.read(ByteSource.of("again", with(module, section, code)));
    assertArrayEquals(
        WasmBytes.hex("83 00  84 80 00 00 01 01 0b  03 00 01 0b  03 00 00 0b").toByteArray(),
        Rewriting.bytes(again.section(SectionId.CODE).orElseThrow().payload()));
    code.widths(Widths.MINIMAL);
    assertArrayEquals(
        WasmBytes.hex("03  04 00 01 01 0b  03 00 01 0b  03 00 00 0b").toByteArray(),
        Rewriting.bytes(
            WasmModule.read(ByteSource.of("again", with(module, section, code)))
                .section(SectionId.CODE)
                .orElseThrow()
                .payload()));
    ByteSource body = WasmBytes.hex("00 0b").source("body");
    assertThrows(IllegalArgumentException.class, () -> code.replace(3, body));
  }

  private static byte[] with(WasmModule module, Section section, SectionContent content) {
    return Rewriting.written(ModuleWriter.copyOf(module).replace(section, content));
  }

  /** The numbers that a linker pads keep their widths. */
  @Test
  void corpusModulesAreTheSameBytes() throws IOException {
    for (Path path : Shared.modules()) {
      try (ByteSource file = ByteSource.open(path)) {
        WasmModule module = WasmModule.read(file);
        byte[] original = Files.readAllBytes(path);
        assertArrayEquals(original, Rewriting.copy(module), path.toString());
        assertArrayEquals(original, Rewriting.rewrite(module, Widths.KEPT), path.toString());
        byte[] shortest = Rewriting.rewrite(module, Widths.MINIMAL);
        assertTrue(shortest.length <= original.length);
        WellFormed.check(WasmModule.read(ByteSource.of("shortest", shortest)));
      }
    }
  }

  /** A section of a gigabyte is not held. */
  @Test
  void contentIsStreamed() throws IOException {
    SectionContent large =
        new SectionContent() {
          @Override
          public long size() {
            return 1L << 30;
          }

          @Override
          public void writeTo(WritableByteChannel channel) throws IOException {
            ByteBuffer chunk = ByteBuffer.allocate(1 << 16);
            for (long done = 0; done < size(); done += chunk.capacity()) {
              chunk.clear();
              while (chunk.hasRemaining()) {
                channel.write(chunk);
              }
            }
          }
        };
    ModuleWriter writer = ModuleWriter.empty().addCustom("large", large);
    Counter counter = new Counter();
    writer.writeTo(counter);
    assertEquals(writer.size(), counter.bytes);
    assertThrows(IllegalStateException.class, () -> tooLarge().writeTo(new Counter()));
  }

  private static ModuleWriter tooLarge() {
    return ModuleWriter.empty()
        .addCustom(
            "too large",
            new SectionContent() {
              @Override
              public long size() {
                return 1L << 32;
              }

              @Override
              public void writeTo(WritableByteChannel channel) {
                throw new AssertionError("written");
              }
            });
  }

  /** Takes a few bytes at a time and counts them. */
  private static final class Counter implements WritableByteChannel {
    private long bytes;

    @Override
    public int write(ByteBuffer source) {
      int taken = Math.min(source.remaining(), 50_000);
      source.position(source.position() + taken);
      bytes += taken;
      return taken;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }
}
