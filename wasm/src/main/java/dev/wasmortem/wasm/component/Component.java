package dev.wasmortem.wasm.component;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.bytes.FormatException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A component (component model, Binary.md, "Component Definitions"): the core modules that are in
 * it and in the components within it, to any depth up to {@link #MAX_DEPTH}. Opening reads section
 * headers, and what counts modules; the modules themselves are slices that nobody has read.
 *
 * <pre>
 * component ::= 0x00 0x61 0x73 0x6d version:u16 layer:u16 section*      layer 1; a module's is 0
 * section   ::= id:byte size:u32 content
 *               id 0 custom, 1 core module, 4 component; others are passed over
 * </pre>
 *
 * <p>The version is not checked: it changes with every draft, the sections' frame does not.
 * Immutable.
 */
public final class Component {
  /** How deep components may be nested in one another. */
  public static final int MAX_DEPTH = 100;

  /** How many modules and components may be in a component. */
  public static final int MAX_ITEMS = 10_000;

  private static final int PREAMBLE_BYTES = 8;
  private static final int MAGIC = 0x6d736100;
  private static final int LAYER = 1;

  private final ByteSource source;
  private final Optional<String> name;
  private final List<NestedModule> modules;

  private Component(ByteSource source, ComponentWalk walk) {
    this.source = source;
    this.name = walk.name();
    this.modules = walk.modules();
  }

  /** Returns whether a file begins as a component does. */
  public static boolean isComponent(ByteSource source) {
    return source.size() >= PREAMBLE_BYTES
        && source.cursor().i32le() == MAGIC
        && source.cursor(PREAMBLE_BYTES - 2).u16le() == LAYER;
  }

  /**
   * Opens a component.
   *
   * @throws FormatException if it is none, or a section of it or of a component within it runs past
   *     the end, or a limit of this class is exceeded
   */
  public static Component read(ByteSource source) {
    return new Component(checked(source), ComponentWalk.of(source, null));
  }

  /**
   * Opens what is there of a damaged component: a section that runs past the end is clipped.
   *
   * @throws FormatException if it is no component at all
   */
  public static Component salvage(ByteSource source, Diagnostic.Sink sink) {
    return new Component(checked(source), ComponentWalk.of(source, Objects.requireNonNull(sink)));
  }

  private static ByteSource checked(ByteSource source) {
    if (!isComponent(source)) {
      throw new FormatException.Malformed("not a WebAssembly component", source.at(0, "component"));
    }
    return source;
  }

  /**
   * Returns the core modules of a binary: those of a component, or, of anything else, the binary
   * itself at an empty position.
   *
   * @throws FormatException as {@link #read} does
   */
  public static List<NestedModule> modulesOf(ByteSource source) {
    return isComponent(source)
        ? read(source).modules()
        : List.of(new NestedModule("", source, ModuleNames.NONE, 0));
  }

  /**
   * Returns those core modules of a binary that somebody means by a word: the one at that position,
   * as {@code 0.1}, else all of that name. Reads the name section of each.
   *
   * @throws FormatException as {@link #read} does
   */
  public static List<NestedModule> modulesOf(ByteSource source, String positionOrName) {
    List<NestedModule> named = new ArrayList<>();
    for (NestedModule module : modulesOf(source)) {
      if (module.position().equals(positionOrName)) {
        return List.of(module);
      }
      if (module.name().filter(positionOrName::equals).isPresent()) {
        named.add(module);
      }
    }
    return List.copyOf(named);
  }

  /** Returns the bytes. */
  public ByteSource source() {
    return source;
  }

  /** Returns the component's own name, from its custom section {@code component-name}. */
  public Optional<String> name() {
    return name;
  }

  /** Returns the core modules in the order of the file, whatever their depth. */
  public List<NestedModule> modules() {
    return modules;
  }
}
