package dev.wasmortem.symbols.index;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Cursor;
import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.symbols.SourceFrame;
import dev.wasmortem.symbols.SourcePosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The functions of an index, each with those that it is inlined into; read when they are asked for.
 * Safe for use by several threads.
 */
final class ChainSection {
  private static final int NOTHING = -1;
  private static final int BYTES_EACH = 8;

  private final ByteSource bytes;
  private final ByteSource functions;
  private final StringSection strings;
  private final Kept<Chain> kept;

  /** A function, and what it is inlined into, at a call. */
  record Chain(int at, FunctionNames names, int depth, @Nullable Chain caller, SourceFrame call)
      implements Kept.Standing {
    /** Returns the frames at a place in the function. */
    List<SourceFrame> frames(Optional<SourcePosition> place) {
      if (caller == null) {
        return List.of(names.own(place));
      }
      SourceFrame[] frames = new SourceFrame[depth];
      frames[0] = names.inlined(place);
      Chain chain = this;
      for (int i = 1; i < depth && chain != null; i++) {
        frames[i] = chain.call;
        chain = chain.caller;
      }
      return List.of(frames);
    }
  }

  /** A chain as it stands in the file. */
  private record Link(int at, long function, int caller, Optional<SourcePosition> place) {}

  ChainSection(ByteSource bytes, ByteSource functions, StringSection strings) {
    this.bytes = bytes;
    this.functions = functions;
    this.strings = strings;
    this.kept = new Kept<>((int) bytes.size(), BYTES_EACH);
  }

  /**
   * Returns the chain at an offset of the section.
   *
   * @throws FormatException if none is there
   */
  Chain at(int offset) {
    Chain known = kept.at(offset);
    return known != null ? known : read(offset);
  }

  private Chain read(int offset) {
    List<Link> pending = new ArrayList<>();
    Chain chain = null;
    for (int at = offset; at != NOTHING && chain == null; ) {
      Link link = readLink(at);
      pending.add(link);
      at = link.caller;
      chain = at == NOTHING ? null : kept.at(at);
      if (pending.size() + (chain == null ? 0 : chain.depth) > IndexHeader.DEPTH) {
        throw new FormatException.LimitExceeded(
            "calls inlined more than " + IndexHeader.DEPTH + " deep",
            bytes.at(offset, "symbol-index.chain"));
      }
    }
    return chained(pending, chain);
  }

  private Chain chained(List<Link> links, @Nullable Chain outermost) {
    Chain caller = outermost;
    for (int i = links.size() - 1; ; i--) {
      Link link = links.get(i);
      FunctionNames names = names(link.function);
      Chain chain =
          caller == null
              ? new Chain(link.at, names, 1, null, names.own(Optional.empty()))
              : new Chain(link.at, names, caller.depth + 1, caller, call(caller, link.place));
      kept.keep(chain);
      if (i == 0) {
        return chain;
      }
      caller = chain;
    }
  }

  private static SourceFrame call(Chain caller, Optional<SourcePosition> place) {
    return caller.caller == null ? caller.names.own(place) : caller.names.inlined(place);
  }

  private Link readLink(int at) {
    Cursor cursor = bytes.cursor(at).in("symbol-index.chain");
    long function = cursor.u32();
    long distance = cursor.u32();
    if (distance == 0) {
      return new Link(at, function, NOTHING, Optional.empty());
    }
    if (distance > at) {
      throw cursor.malformed("a caller " + distance + " bytes before a chain at " + at);
    }
    return new Link(at, function, (int) (at - distance), readPlace(cursor));
  }

  private Optional<SourcePosition> readPlace(Cursor cursor) {
    Optional<String> file = strings.get(cursor.u32());
    return file.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new SourcePosition(file.get(), cursor.index(), cursor.index(), cursor.index()));
  }

  private FunctionNames names(long offset) {
    Cursor cursor = functions.cursor(offset).in("symbol-index.function");
    Optional<String> name = strings.get(cursor.u32());
    if (name.isEmpty()) {
      throw cursor.malformed("a function without a name");
    }
    return new FunctionNames(name.get(), strings.get(cursor.u32()), strings.get(cursor.u32()));
  }
}
