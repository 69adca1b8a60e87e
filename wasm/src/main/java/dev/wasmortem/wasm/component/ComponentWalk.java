package dev.wasmortem.wasm.component;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Cursor;
import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.bytes.Location;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Walks the sections of a component and of those within it, once each, without recursion. */
final class ComponentWalk {
  private static final int PREAMBLE_BYTES = 8;
  private static final int CUSTOM = 0;
  private static final int CORE_MODULE = 1;
  private static final int COMPONENT = 4;
  private static final int ALIAS = 6;
  private static final int IMPORT = 10;
  private static final int EXPORT = 11;

  private final Diagnostic.@Nullable Sink sink;
  private final Deque<Level> open = new ArrayDeque<>();
  private final List<Found> found = new ArrayList<>();
  private int components;
  private ModuleNames rootNames = ModuleNames.NONE;

  /** A component whose sections are being walked. */
  private static final class Level {
    final String prefix;
    final Cursor cursor;
    final ModuleIndices indices = new ModuleIndices();
    int modules;
    int components;
    ModuleNames names = ModuleNames.NONE;

    Level(String prefix, ByteSource source) {
      this.prefix = prefix;
      this.cursor = source.cursor(PREAMBLE_BYTES).in("component.section");
    }
  }

  /** A module; its component's names are complete when the walk is over. */
  private record Found(Level level, int position, int index, ByteSource source) {}

  private ComponentWalk(Diagnostic.@Nullable Sink sink) {
    this.sink = sink;
  }

  /** Walks a component; with a sink, reports what is wrong and goes on where it can. */
  static ComponentWalk of(ByteSource source, Diagnostic.@Nullable Sink sink) {
    ComponentWalk walk = new ComponentWalk(sink);
    Level root = new Level("", source);
    walk.open.push(root);
    while (!walk.open.isEmpty()) {
      Level level = walk.open.peek();
      if (level.cursor.atEnd()) {
        walk.open.pop();
        continue;
      }
      try {
        walk.section(level);
      } catch (FormatException e) {
        walk.survive(e);
        walk.open.remove(level);
      }
    }
    walk.rootNames = root.names;
    return walk;
  }

  private void survive(FormatException error) {
    if (sink == null) {
      throw error;
    }
    sink.report(Diagnostic.of("component-damaged", error));
  }

  private void section(Level level) {
    Cursor cursor = level.cursor;
    Location start = cursor.here();
    int id = cursor.u8();
    long size = cursor.u32();
    if (size > cursor.remaining() && sink != null) {
      sink.report(
          new Diagnostic(
              "section-truncated",
              start,
              "section " + id + " has " + cursor.remaining() + " of its " + size + " bytes"));
      size = cursor.remaining();
    }
    ByteSource content = cursor.take(size);
    switch (id) {
      case CUSTOM -> custom(level, content);
      case CORE_MODULE -> {
        checkCount(found.size(), start);
        found.add(new Found(level, level.modules++, level.indices.define(), content));
      }
      case COMPONENT -> component(level, content, start);
      case ALIAS -> level.indices.aliases(content);
      case IMPORT -> level.indices.imports(content);
      case EXPORT -> level.indices.exports(content);
      default -> {
        // Says nothing about modules.
      }
    }
  }

  private static void custom(Level level, ByteSource content) {
    Cursor cursor = content.cursor().in("customsec.name");
    if (cursor.name().equals("component-name") && level.names == ModuleNames.NONE) {
      level.names = ModuleNames.read(cursor.take(cursor.remaining()));
    }
  }

  private void component(Level level, ByteSource content, Location start) {
    checkCount(components++, start);
    if (open.size() >= Component.MAX_DEPTH) {
      survive(
          new FormatException.LimitExceeded(
              "components nested more than " + Component.MAX_DEPTH + " deep", start));
      return;
    }
    int position = level.components++;
    if (!Component.isComponent(content)) {
      survive(new FormatException.Malformed("not a WebAssembly component", start));
      return;
    }
    open.push(new Level(level.prefix + position + ".", content));
  }

  private static void checkCount(int before, Location start) {
    if (before >= Component.MAX_ITEMS) {
      throw new FormatException.LimitExceeded(
          "more than " + Component.MAX_ITEMS + " modules or components", start);
    }
  }

  Optional<String> name() {
    return rootNames.component();
  }

  List<NestedModule> modules() {
    List<NestedModule> modules = new ArrayList<>(found.size());
    for (Found each : found) {
      modules.add(
          new NestedModule(
              each.level.prefix + each.position, each.source, each.level.names, each.index));
    }
    return List.copyOf(modules);
  }
}
