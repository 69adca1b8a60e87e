package dev.wasmortem.wasm.component;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.wasm.WasmModule;
import java.util.Optional;

/** A core module in a component; nothing of it has been read. Immutable. */
public final class NestedModule {
  private final String position;
  private final ByteSource source;
  private final ModuleNames names;
  private final int index;

  NestedModule(String position, ByteSource source, ModuleNames names, int index) {
    this.position = position;
    this.source = source;
    this.names = names;
    this.index = index;
  }

  /**
   * Returns where it stands: {@code 2} for the third core module of the component, {@code 0.2} for
   * the third of the first component in it. Empty for a module that is in no component.
   */
  public String position() {
    return position;
  }

  /**
   * Returns the bytes, for {@link WasmModule#read}. Offsets in the module that is read are those in
   * the component's file, as errors and {@code FileOffset}s have them.
   */
  public ByteSource source() {
    return source;
  }

  /**
   * Returns the name that the module's own name section has, else the one that its component gives
   * it. Reads the module's section headers and its name section; a damaged one has no name.
   */
  public Optional<String> name() {
    try {
      Optional<String> own = WasmModule.salvage(source, Diagnostic.Sink.IGNORE).moduleName();
      return own.isPresent() ? own : names.get(index);
    } catch (FormatException e) {
      return names.get(index);
    }
  }

  @Override
  public String toString() {
    return "core module " + position;
  }
}
