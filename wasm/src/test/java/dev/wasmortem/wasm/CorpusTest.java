package dev.wasmortem.wasm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.testkit.Shared;
import dev.wasmortem.wasm.code.BodyOffset;
import dev.wasmortem.wasm.code.InstructionReader;
import dev.wasmortem.wasm.validation.CodeValidator;
import dev.wasmortem.wasm.validation.OperandStack;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Real programs and real dumps. */
class CorpusTest {
  @Test
  void programsReadAndValidate() throws IOException {
    for (Path path : Shared.modules()) {
      try (ByteSource file = ByteSource.open(path)) {
        WasmModule module = WasmModule.read(file);
        Sample.readAll(module);
        assertEquals(List.of(), module.names().diagnostics(), path.toString());
      }
    }
  }

  @Test
  void dumpsAreBinaries() throws IOException {
    for (Path path : Shared.dumps()) {
      try (ByteSource file = ByteSource.open(path)) {
        WasmModule module = WasmModule.read(file);
        assertTrue(module.sections().stream().anyMatch(s -> s.name().equals("corestack")));
        int memories = module.memoryTypes().size();
        module.dataSegments().forEachRemaining(data -> assertTrue(data.memory() < memories));
        module.globals().forEach(global -> assertTrue(global.initializer().value().isPresent()));
      }
    }
  }

  /** What is asked for at one offset is what a walk over the whole body would find there. */
  @Test
  void everyInstructionHasItsOperands() throws IOException {
    try (ByteSource file = ByteSource.open(Shared.corpus("wat/locals.wasm"))) {
      WasmModule module = WasmModule.read(file);
      CodeValidator validator = CodeValidator.of(module);
      for (int i = 0; i < module.bodyCount(); i++) {
        FunctionBody body = module.body(module.importedFunctionCount() + i);
        InstructionReader reader = body.instructions();
        while (reader.next()) {
          OperandStack stack = validator.before(body, reader.offset()).orElseThrow();
          assertEquals(reader.opcode(), stack.opcode());
          assertTrue(stack.popped() >= 0 && stack.popped() <= stack.size());
        }
        assertTrue(validator.before(body, new BodyOffset(body.size())).isEmpty());
      }
    }
  }
}
