package dev.wasmortem.wasm;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.ByteWriter;
import dev.wasmortem.wasm.code.InstructionReader;
import dev.wasmortem.wasm.code.InstructionWriter;
import dev.wasmortem.wasm.code.Widths;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;

/** Modules written again. */
final class Rewriting {
  private Rewriting() {}

  static byte[] bytes(ByteSource source) {
    byte[] bytes = new byte[(int) source.size()];
    source.copyTo(0, bytes, 0, bytes.length);
    return bytes;
  }

  /** Returns a module as an unchanged copy. */
  static byte[] copy(WasmModule module) {
    return written(ModuleWriter.copyOf(module));
  }

  /** Returns a module whose code is encoded from its decoded locals and instructions. */
  static byte[] rewrite(WasmModule module, Widths widths) {
    CodeContent code = CodeContent.copyOf(module).widths(widths);
    for (int i = 0; i < module.bodyCount(); i++) {
      FunctionBody body = module.body(module.importedFunctionCount() + i);
      code.replace(
          body.functionIndex(), ByteSource.of("body", rewrite(body, widths).toByteArray()));
    }
    ModuleWriter writer = ModuleWriter.copyOf(module).widths(widths);
    module.section(SectionId.CODE).ifPresent(section -> writer.replace(section, code));
    return written(writer);
  }

  private static ByteWriter rewrite(FunctionBody body, Widths widths) {
    ByteWriter out = new ByteWriter(body.size() + 16);
    if (widths == Widths.KEPT) {
      body.locals().writeTo(out, body.bytes());
    } else {
      body.locals().writeTo(out);
    }
    InstructionWriter writer = new InstructionWriter(out);
    InstructionReader reader = body.instructions();
    while (reader.next()) {
      if (widths == Widths.KEPT) {
        writer.write(reader.instruction(), reader.bytes());
      } else {
        writer.write(reader.instruction());
      }
    }
    return out;
  }

  static byte[] written(ModuleWriter writer) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      writer.writeTo(Channels.newChannel(out));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (out.size() != writer.size()) {
      throw new AssertionError(out.size() + " bytes written, " + writer.size() + " announced");
    }
    return out.toByteArray();
  }
}
