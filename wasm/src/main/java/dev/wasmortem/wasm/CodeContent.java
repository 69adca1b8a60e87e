package dev.wasmortem.wasm;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.ByteWriter;
import dev.wasmortem.wasm.code.Widths;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * The content of a code section (§5.5.13) that is made from a module's: with bodies replaced and
 * added. A body is what follows its size: local declarations and instructions. Bodies that are not
 * replaced are copied from where they lie, when they are written. Not thread-safe.
 *
 * <pre>{@code
 * ByteWriter out = new ByteWriter();
 * body.locals().and(1, NumType.I32).writeTo(out, body.bytes());
 * InstructionWriter writer = new InstructionWriter(out);
 * for (InstructionReader reader = body.instructions(); reader.next(); ) {
 *   writer.write(reader.instruction(), reader.bytes());
 * }
 * CodeContent code = CodeContent.copyOf(module);
 * code.replace(body.functionIndex(), ByteSource.of("new body", out.toByteArray()));
 * ModuleWriter.copyOf(module).replace(codeSection, code).writeTo(channel);
 * }</pre>
 */
public final class CodeContent implements SectionContent {
  /** Small bodies are written together, about so many bytes at a time. */
  private static final int CHUNK = 1 << 16;

  private final int imported;
  private final int countWidth;
  private final List<Body> bodies = new ArrayList<>();
  private Widths widths = Widths.KEPT;

  /**
   * A body to write.
   *
   * @param bytes what follows the size
   * @param sizeWidth the width of the size in the module that is copied, 0 for an added body
   */
  private record Body(ByteSource bytes, int sizeWidth) {}

  private CodeContent(int imported, int countWidth) {
    this.imported = imported;
    this.countWidth = countWidth;
  }

  /** Starts from all bodies of a strictly read module. */
  public static CodeContent copyOf(WasmModule module) {
    ByteSource payload =
        module.section(SectionId.CODE).map(Section::payload).orElseGet(CodeContent::none);
    int imported = module.importedFunctionCount();
    long end = 1;
    while (payload.u8(end - 1) >= 0x80) {
      end++;
    }
    CodeContent content = new CodeContent(imported, (int) end);
    for (int i = 0; i < module.bodyCount(); i++) {
      ByteSource bytes = module.body(imported + i).bytes();
      long at = bytes.origin().value() - payload.origin().value();
      content.bodies.add(new Body(bytes, (int) (at - end)));
      end = at + bytes.size();
    }
    return content;
  }

  private static ByteSource none() {
    return ByteSource.of("no code", new byte[] {0});
  }

  /**
   * Says in how many bytes the count of bodies and their sizes are written. {@link Widths#KEPT}
   * unless said otherwise.
   */
  public CodeContent widths(Widths wanted) {
    this.widths = wanted;
    return this;
  }

  /**
   * Replaces a body.
   *
   * @param functionIndex counted with the imported functions
   * @throws IllegalArgumentException if that function has no body here
   */
  public CodeContent replace(int functionIndex, ByteSource body) {
    int defined = functionIndex - imported;
    if (defined < 0 || defined >= bodies.size()) {
      throw new IllegalArgumentException("function " + functionIndex + " has no body");
    }
    bodies.set(defined, new Body(body, bodies.get(defined).sizeWidth()));
    return this;
  }

  /** Adds a body after all others; the function section needs one more function, too. */
  public CodeContent add(ByteSource body) {
    bodies.add(new Body(body, 0));
    return this;
  }

  @Override
  public long size() {
    long size = Math.max(width(countWidth), ByteWriter.unsignedSize(bodies.size()));
    for (Body body : bodies) {
      long bytes = body.bytes().size();
      size += Math.max(width(body.sizeWidth()), ByteWriter.unsignedSize(bytes)) + bytes;
    }
    return size;
  }

  private int width(int kept) {
    return widths == Widths.KEPT ? kept : 0;
  }

  @Override
  public void writeTo(WritableByteChannel channel) throws IOException {
    ByteWriter pending = new ByteWriter(2 * CHUNK);
    pending.unsigned(bodies.size(), width(countWidth));
    for (Body body : bodies) {
      pending.unsigned(body.bytes().size(), width(body.sizeWidth()));
      if (body.bytes().size() <= CHUNK) {
        pending.bytes(body.bytes());
      } else {
        pending.writeTo(channel);
        pending.clear();
        body.bytes().writeTo(channel);
      }
      if (pending.size() > CHUNK) {
        pending.writeTo(channel);
        pending.clear();
      }
    }
    pending.writeTo(channel);
  }
}
