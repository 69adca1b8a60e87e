package dev.wasmortem.dwarf.variable;

import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.dwarf.Address;
import dev.wasmortem.dwarf.Attribute;
import dev.wasmortem.dwarf.AttributeValue;
import dev.wasmortem.dwarf.Dwarf;
import dev.wasmortem.dwarf.DwarfFrame;
import dev.wasmortem.dwarf.Entry;
import dev.wasmortem.dwarf.EntryReader;
import dev.wasmortem.dwarf.Tag;
import dev.wasmortem.dwarf.Unit;
import dev.wasmortem.dwarf.expression.Expression;
import dev.wasmortem.dwarf.location.LocationLists;
import dev.wasmortem.dwarf.type.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * The variables of one file. What a function declares is read when one of its addresses is first
 * asked for, what a unit declares when that is, and kept. Damage is told to the sink, and leaves
 * out what it touches. Safe for use by several threads.
 */
public final class Scopes {
  /** How deep scopes of a unit may lie in each other. */
  private static final int DEPTH = 64;

  /** How many functions and inlined calls are kept. */
  private static final int KEPT = 4_096;

  /**
   * How many variables that only abstract instances have are told at one address: many inlined
   * calls may be of one function.
   */
  private static final int ADDED = 100_000;

  private final Dwarf dwarf;
  private final Types types;
  private final Reporter reporter;
  private final ConcurrentMap<Entry, BlockTree> functions = new ConcurrentHashMap<>();
  private final ConcurrentMap<Unit, List<Variable>> units = new ConcurrentHashMap<>();

  /** Takes what is damaged. */
  @FunctionalInterface
  interface Reporter {
    void report(FormatException error);
  }

  private Scopes(Dwarf dwarf, Types types, Diagnostic.Sink sink) {
    this.dwarf = dwarf;
    this.types = types;
    this.reporter = error -> sink.report(Diagnostic.of("dwarf-variable-damaged", error));
  }

  /** Returns the variables of {@code dwarf}, whose types are {@code types}. */
  public static Scopes of(Dwarf dwarf, Types types, Diagnostic.Sink sink) {
    return new Scopes(dwarf, types, sink);
  }

  /** Returns the types that the variables have. */
  public Types types() {
    return types;
  }

  /**
   * Returns what the code at {@code address} can name, for each of the frames that {@code
   * Dwarf.framesAt} tells, in the same order.
   */
  public List<FrameScope> at(Address address) {
    List<DwarfFrame> frames = dwarf.framesAt(address);
    if (frames.isEmpty()) {
      return List.of();
    }
    Expression base = frameBase(frames.get(frames.size() - 1).entry(), address);
    Context context = new Context(Context.Kind.FRAME, address, base, types, reporter);
    List<FrameScope> all = new ArrayList<>();
    int allowed = ADDED;
    for (DwarfFrame frame : frames) {
      BlockTree tree = tree(frame.entry(), allowed);
      allowed -= tree.added();
      all.add(new FrameScope(frame, context, tree.at(address)));
    }
    return all;
  }

  private BlockTree tree(Entry function, int allowed) {
    if (functions.size() > KEPT) {
      functions.clear();
    }
    BlockTree known = functions.get(function);
    if (known == null || known.added() > allowed) {
      known = BlockTree.read(types, function, allowed, reporter);
      functions.put(function, known);
    }
    return known;
  }

  private @Nullable Expression frameBase(Entry function, Address address) {
    try {
      for (Entry link : Chain.of(function)) {
        EntryReader reader = link.read();
        AttributeValue value = reader.value(Attribute.FRAME_BASE);
        if (value != null) {
          return frameBase(link, reader, value, address);
        }
      }
    } catch (FormatException e) {
      reporter.report(e);
    }
    return null;
  }

  private @Nullable Expression frameBase(
      Entry function, EntryReader reader, AttributeValue value, Address address) {
    Unit unit = function.unit();
    if (LocationLists.isList(value)) {
      LocationLists lists = LocationLists.of(unit, types.references(unit));
      return lists.at(lists.list(value), address).orElse(null);
    }
    return reader.block(Attribute.FRAME_BASE).map(types.references(unit)::expression).orElse(null);
  }

  /**
   * Returns the variables that a unit declares outside functions, in their order: globals and
   * statics, of namespaces and of classes. Declarations that only say that there is one elsewhere
   * are left out.
   */
  public List<Variable> of(Unit unit) {
    return units.computeIfAbsent(unit, this::read);
  }

  /** Returns the first global or static of a name, without scopes, in any unit. */
  public Optional<Variable> named(String name) {
    for (Unit unit : dwarf.units()) {
      for (Variable variable : of(unit)) {
        if (variable.name().equals(name)) {
          return Optional.of(variable);
        }
      }
    }
    return Optional.empty();
  }

  private List<Variable> read(Unit unit) {
    Context context = new Context(Context.Kind.UNIT, new Address(0), null, types, reporter);
    List<Variable> all = new ArrayList<>();
    try {
      EntryReader reader = unit.root().read();
      boolean more = reader.next();
      while (more) {
        if ((reader.is(Tag.NAMESPACE) || reader.is(Tag.MODULE)) && reader.depth() < DEPTH) {
          more = reader.next();
          continue;
        }
        if (reader.is(Tag.VARIABLE) && !reader.flag(Attribute.DECLARATION)) {
          add(reader.entry(), context, all);
        }
        more = reader.nextSibling() || reader.next();
      }
    } catch (FormatException e) {
      reporter.report(e);
    }
    return List.copyOf(all);
  }

  private void add(Entry entry, Context context, List<Variable> into) {
    try {
      into.add(new Variable(new Described(types, entry), context));
    } catch (FormatException e) {
      reporter.report(e);
    }
  }
}
