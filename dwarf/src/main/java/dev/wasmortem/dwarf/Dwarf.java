package dev.wasmortem.dwarf;

import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.bytes.Lazy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The debug information of one file. Nothing is decoded on opening: the first use reads the unit
 * headers, the first look-up the units' root entries and ranges, and each unit's line table is
 * decoded when one of its addresses is first looked up; all of it is kept.
 *
 * <p>Damage is reported to the sink, once, and of each kind the first few times only; it makes what
 * it touches absent; no method throws because of what the file holds. Safe for use by several
 * threads.
 */
public final class Dwarf {
  private final DebugFile file;
  private final FunctionBounds bounds;
  private final Lazy<RangeMap> unitsByAddress;
  private final NamedEntries names;

  private Dwarf(DebugFile file, FunctionBounds bounds) {
    this.file = file;
    this.bounds = bounds;
    this.unitsByAddress = new Lazy<>(this::mapUnits);
    this.names = new NamedEntries(file);
  }

  /** Returns the debug information in {@code sections}; what is damaged is told to {@code sink}. */
  public static Dwarf of(DwarfSections sections, Diagnostic.Sink sink) {
    return of(sections, FunctionBounds.UNKNOWN, DebugFiles.NONE, sink);
  }

  /**
   * Returns the debug information in {@code sections}; where units claim the same addresses, {@code
   * bounds} says which is right, and what is in other files is found by {@code files}.
   */
  public static Dwarf of(
      DwarfSections sections, FunctionBounds bounds, DebugFiles files, Diagnostic.Sink sink) {
    return new Dwarf(new DebugFile(sections, files, sink), bounds);
  }

  /** Returns the units of {@code .debug_info} in their order, without type units. */
  public List<Unit> units() {
    return file.units().code();
  }

  /**
   * Returns whether the file names a supplementary one (§7.3.6) that it shares information with,
   * found or not.
   */
  public boolean hasSupplement() {
    return file.namesSupplement();
  }

  /**
   * Returns the unit whose code stands at {@code address}: by the units' ranges, and for units that
   * give none, by their line file. Where several claim an address, the first of those that give
   * ranges, else the first.
   */
  public Optional<Unit> unitAt(Address address) {
    return Optional.ofNullable(unitAt(address.value()));
  }

  private @Nullable Unit unitAt(long address) {
    int number = unitsByAddress.get().find(address);
    List<Unit> units = units();
    return number < 0 ? null : units.get(number % units.size());
  }

  /**
   * Returns the line of the code at {@code address}: of the line table of the {@link #unitAt unit}
   * there, in the sequence that holds the address, the last row whose address is not greater. Line
   * 0 is an answer, too: code that the compiler ties to no line.
   */
  public Optional<SourceLine> lineAt(Address address) {
    Optional<Unit> unit = unitAt(address);
    if (unit.isEmpty()) {
      return Optional.empty();
    }
    Optional<LineTable> lines = unit.get().lines();
    return lines.isEmpty() ? Optional.empty() : lines.get().lineAt(address);
  }

  /**
   * Returns the functions that the code at {@code address} came from: first the innermost that was
   * inlined there, last the function itself. Empty where no unit knows the function, which may have
   * a {@link #lineAt line} all the same.
   */
  public List<DwarfFrame> framesAt(Address address) {
    Unit unit = unitAt(address.value());
    if (unit == null) {
      return List.of();
    }
    FunctionTable functions = unit.content().functions();
    int function = functions.find(address.value());
    if (function == FunctionTable.NONE) {
      return List.of();
    }
    int depth = 1;
    for (int at = functions.caller(function); at >= 0; at = functions.caller(at)) {
      depth++;
    }
    DwarfFrame[] frames = new DwarfFrame[depth];
    int callee = FunctionTable.NONE;
    for (int i = 0; i < depth; i++) {
      frames[i] = new DwarfFrame(functions, function, callee, address.value());
      callee = function;
      function = functions.caller(function);
    }
    return List.of(frames);
  }

  /**
   * Reads all that looking up addresses needs, so that no look-up has to: units' functions and line
   * tables, several units at a time.
   *
   * @param threads how many units are read at a time, at least 1
   */
  public void readAll(int threads) {
    unitsByAddress.get();
    List<Unit> units = units();
    AtomicInteger next = new AtomicInteger();
    Runnable work =
        () -> {
          for (int i = next.getAndIncrement(); i < units.size(); i = next.getAndIncrement()) {
            units.get(i).content().functions();
            units.get(i).lines();
          }
        };
    List<Thread> helpers = new ArrayList<>();
    for (int i = 1; i < Math.min(threads, units.size()); i++) {
      Thread helper = new Thread(work, "dwarf-reader-" + i);
      helper.setDaemon(true);
      helper.start();
      helpers.add(helper);
    }
    work.run();
    for (Thread helper : helpers) {
      try {
        helper.join();
      } catch (InterruptedException e) {
        // What helpers have not read will be read when it is looked up.
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /**
   * Gives all addresses to {@code to} at which {@link #framesAt} or {@link #lineAt} may answer
   * anything else than at the address before: in no order, and some of them more than once. Reads
   * everything.
   */
  public void edges(Consumer<Address> to) {
    LongConsumer edges = address -> to.accept(new Address(address));
    unitsByAddress.get().edges(edges);
    Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Unit unit : units()) {
      FunctionTable functions = unit.content().functions();
      if (seen.add(functions)) {
        functions.edges(edges);
      }
      Optional<LineRows> rows = unit.lines().map(LineTable::rows);
      if (rows.isPresent() && seen.add(rows.get())) {
        rows.get().edges(edges);
      }
    }
  }

  /** Returns the entry at an offset of {@code .debug_info}, if a unit has its entries there. */
  public Optional<Entry> entryAt(InfoOffset offset) {
    return Optional.ofNullable(file.units().at(offset.value()))
        .flatMap(unit -> unit.entryAt(offset));
  }

  /**
   * Returns the entries of a name or linkage name: functions that have code, inlined ones and
   * labels, variables that have storage of their own, types and namespaces (§6.1.1.1), but no
   * declarations. Goes by {@code .debug_names} for the units that it is for, else by a walk over
   * the entries, once, which reads everything.
   *
   * @param name as the file has it, so of one entity, without what encloses that; {@code (anonymous
   *     namespace)} for such
   */
  public List<Entry> named(String name) {
    return names.named(name);
  }

  /**
   * Maps addresses to numbers of units, of which the smallest wins: those of ranges that are just a
   * function's, then those of other ranges, then those of units that have none but in their line
   * tables.
   */
  private RangeMap mapUnits() {
    RangeMap.Builder map = new RangeMap.Builder();
    int count = units().size();
    for (int i = 0; i < count; i++) {
      units().get(i).addRanges(map, count + i, 2 * count + i);
    }
    if (map.overlaps()) {
      map.renumber((low, high, unit) -> isFunction(low, high) ? unit % count : unit);
    }
    return map.build(RangeMap.Overlap.SMALLER_WINS);
  }

  private boolean isFunction(long low, long high) {
    Address start = new Address(low);
    return bounds.functionAt(start).equals(Optional.of(new AddressRange(start, new Address(high))));
  }
}
