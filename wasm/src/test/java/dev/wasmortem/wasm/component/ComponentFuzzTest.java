package dev.wasmortem.wasm.component;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.bytes.FormatException;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Reads whatever bytes as a component: only {@link FormatException} may come out. */
class ComponentFuzzTest {
  static Stream<Arguments> seeds() {
    return Stream.of(Arguments.of(ComponentTest.nested()));
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "10s")
  void reads(byte[] bytes) {
    ByteSource source = ByteSource.of("fuzz.wasm", bytes);
    try {
      ComponentTest.readAll(source);
    } catch (FormatException expected) {
      // What a reader is allowed to say.
    }
    if (Component.isComponent(source)) {
      Component.salvage(source, Diagnostic.Sink.IGNORE).modules().forEach(NestedModule::name);
    }
  }
}
