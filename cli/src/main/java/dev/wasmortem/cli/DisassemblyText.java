package dev.wasmortem.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.wasmortem.bytes.Printable;
import dev.wasmortem.wasm.FunctionBody;
import dev.wasmortem.wasm.code.BodyOffset;
import dev.wasmortem.wasm.component.NestedModule;
import dev.wasmortem.wasm.text.CodeLine;
import dev.wasmortem.wasm.text.Disassembler;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;

/**
 * Prints a disassembled function as text, or as JSON (docs/disassembly.schema.json) whose lines are
 * written as they come.
 */
final class DisassemblyText {
  private static final String SCHEMA = "wasmortem-disassembly-1";

  private final NestedModule core;
  private final FunctionBody body;
  private final Range range;
  private final Disassembler disassembler;

  /** Which bytes of the body are shown. */
  record Range(BodyOffset from, BodyOffset to) {}

  /**
   * Makes a printer.
   *
   * @param core where the body's module was found
   */
  DisassemblyText(NestedModule core, FunctionBody body, Range range) {
    this.core = core;
    this.body = body;
    this.range = range;
    this.disassembler = Disassembler.of(body.module());
  }

  void print(PrintStream out, Style style) {
    out.println(style.heading(disassembler.signature(body.functionIndex())));
    out.println(
        style.faint(
            "  ;; "
                + body.size()
                + " bytes from "
                + body.start()
                + " on, offsets: file, body"
                + in()));
    if (range.from().value() == 0) {
      disassembler.printLocals(body, line -> out.println("                 " + line));
    }
    disassembler.print(body, range.from(), range.to(), line -> out.println(text(line, style)));
  }

  /** Returns which core module of a component it is. */
  private String in() {
    return core.position().isEmpty()
        ? ""
        : "; core module "
            + core.position()
            + core.name().map(name -> " " + Printable.escape(name)).orElse("");
  }

  private static String text(CodeLine line, Style style) {
    String text = line.toString();
    int offsets = text.indexOf("  ", 2);
    int note = line.note().isEmpty() ? text.length() : text.length() - line.note().length() - 5;
    return text.substring(0, 2)
        + style.address(text.substring(2, offsets))
        + text.substring(offsets, note)
        + style.faint(text.substring(note));
  }

  void printJson(PrintStream out) throws IOException {
    JsonGenerator json =
        SafeCharacters.factory()
            .createGenerator(out)
            .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
            .useDefaultPrettyPrinter();
    json.writeStartObject();
    json.writeStringField("schema", SCHEMA);
    if (!core.position().isEmpty()) {
      writeCoreModule(json);
    }
    json.writeNumberField("function", body.functionIndex());
    String name = body.module().functionName(body.functionIndex()).orElse(null);
    if (name != null) {
      json.writeStringField("name", name);
    }
    json.writeStringField("signature", disassembler.signature(body.functionIndex()));
    json.writeNumberField("fileOffset", body.start().value());
    json.writeNumberField("size", body.size());
    json.writeArrayFieldStart("instructions");
    disassembler.print(body, range.from(), range.to(), line -> write(json, line));
    json.writeEndArray();
    json.writeEndObject();
    json.flush();
    out.println();
  }

  private void writeCoreModule(JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("coreModule");
    json.writeStringField("position", core.position());
    String name = core.name().orElse(null);
    if (name != null) {
      json.writeStringField("name", name);
    }
    json.writeNumberField("fileOffset", core.source().origin().value());
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, CodeLine line) {
    try {
      json.writeStartObject();
      json.writeNumberField("fileOffset", line.fileOffset().value());
      json.writeNumberField("codeOffset", line.offset().value());
      json.writeNumberField("length", line.length());
      json.writeNumberField("depth", line.depth());
      json.writeStringField("mnemonic", line.mnemonic());
      json.writeStringField("operands", line.operands());
      json.writeStringField("labels", line.note());
      json.writeBooleanField("target", line.mark() == CodeLine.Mark.TARGET);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
