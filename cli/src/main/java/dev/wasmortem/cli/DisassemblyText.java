package dev.wasmortem.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.wasmortem.wasm.FunctionBody;
import dev.wasmortem.wasm.WasmModule;
import dev.wasmortem.wasm.code.BodyOffset;
import dev.wasmortem.wasm.text.CodeLine;
import dev.wasmortem.wasm.text.Disassembler;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;

/** Prints a disassembled function as text, or as JSON whose lines are written as they come. */
final class DisassemblyText {
  private final WasmModule module;
  private final FunctionBody body;
  private final Range range;
  private final Disassembler disassembler;

  /** Which bytes of the body are shown. */
  record Range(BodyOffset from, BodyOffset to) {}

  DisassemblyText(WasmModule module, FunctionBody body, Range range) {
    this.module = module;
    this.body = body;
    this.range = range;
    this.disassembler = Disassembler.of(module);
  }

  void print(PrintStream out, Style style) {
    out.println(style.heading(disassembler.signature(body.functionIndex())));
    out.println(
        style.faint(
            "  ;; " + body.size() + " bytes from " + body.start() + " on, offsets: module, body"));
    if (range.from().value() == 0) {
      disassembler.printLocals(body, line -> out.println("                 " + line));
    }
    disassembler.print(body, range.from(), range.to(), line -> out.println(text(line, style)));
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
        new JsonFactory()
            .createGenerator(out)
            .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
            .useDefaultPrettyPrinter();
    json.writeStartObject();
    json.writeNumberField("function", body.functionIndex());
    String name = module.functionName(body.functionIndex()).orElse(null);
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
