package dev.wasmortem.dwarf.variable;

import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.dwarf.Address;
import dev.wasmortem.dwarf.AddressRange;
import dev.wasmortem.dwarf.Attribute;
import dev.wasmortem.dwarf.Entry;
import dev.wasmortem.dwarf.EntryReader;
import dev.wasmortem.dwarf.Tag;
import dev.wasmortem.dwarf.type.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The blocks of a function or of an inlined call, and the variables of each: all entries below it
 * but those of calls and functions within. Immutable when it has been read.
 */
final class BlockTree {
  private final Entry entry;
  private final List<AddressRange> ranges;
  private final List<Described> variables = new ArrayList<>();
  private final List<BlockTree> blocks = new ArrayList<>();

  /** How many variables of the abstract instance were added. */
  private int added;

  private BlockTree(Entry entry, List<AddressRange> ranges) {
    this.entry = entry;
    this.ranges = ranges;
  }

  /**
   * Reads the blocks of a function.
   *
   * @param allowed how many variables may be added that the function's abstract instance alone has
   */
  static BlockTree read(Types types, Entry function, int allowed, Scopes.Reporter reporter) {
    BlockTree root = new BlockTree(function, List.of());
    try {
      root.readBlocks(types, reporter);
      root.added = root.addAbstractVariables(types, allowed);
    } catch (FormatException e) {
      reporter.report(e);
    }
    return root;
  }

  private void readBlocks(Types types, Scopes.Reporter reporter) {
    List<BlockTree> open = new ArrayList<>();
    open.add(this);
    EntryReader reader = entry.read();
    boolean more = reader.next();
    while (more) {
      int depth = reader.depth();
      BlockTree owner = open.get(depth - 1);
      if (isBlock(reader)) {
        BlockTree block = new BlockTree(reader.entry(), reader.ranges());
        owner.blocks.add(block);
        open.subList(depth, open.size()).clear();
        open.add(block);
        more = reader.next();
      } else {
        if (isVariable(reader)) {
          owner.add(types, reader.entry(), reporter);
        }
        more = reader.nextSibling() || reader.next();
      }
    }
  }

  private static boolean isBlock(EntryReader reader) {
    return reader.is(Tag.LEXICAL_BLOCK)
        || reader.is(Tag.TRY_BLOCK)
        || reader.is(Tag.CATCH_BLOCK)
        || reader.is(Tag.WITH_STMT);
  }

  /** Returns whether the entry is a variable, and not just the word that there is one elsewhere. */
  private static boolean isVariable(EntryReader reader) {
    boolean variable = reader.is(Tag.VARIABLE) || reader.is(Tag.FORMAL_PARAMETER);
    return variable && !reader.flag(Attribute.DECLARATION);
  }

  private void add(Types types, Entry variable, Scopes.Reporter reporter) {
    try {
      variables.add(new Described(types, variable));
    } catch (FormatException e) {
      reporter.report(e);
    }
  }

  /**
   * Adds what only the abstract instance declares, and puts what both do in its order: a compiler
   * leaves out of an instance what it optimised out.
   *
   * @return how many were added
   */
  private int addAbstractVariables(Types types, int allowed) {
    Entry origin = entry.read().reference(Attribute.ABSTRACT_ORIGIN).orElse(null);
    if (origin == null) {
      return 0;
    }
    Map<Entry, Described> instances = new HashMap<>();
    for (Described variable : variables) {
      variable.chain().forEach(link -> instances.putIfAbsent(link, variable));
    }
    Set<Described> ordered = new LinkedHashSet<>();
    int added = 0;
    EntryReader reader = origin.read();
    for (boolean more = reader.firstChild(); more; more = reader.nextSibling()) {
      if (isVariable(reader)) {
        Described instance = instances.get(reader.entry());
        if (instance != null) {
          ordered.add(instance);
        } else if (added < allowed) {
          added++;
          ordered.add(new Described(types, reader.entry()));
        }
      }
    }
    ordered.addAll(variables);
    variables.clear();
    variables.addAll(ordered);
    return added;
  }

  Entry entry() {
    return entry;
  }

  /** Returns how many variables only the abstract instance has. */
  int added() {
    return added;
  }

  List<Described> variables() {
    return variables;
  }

  /** Returns the blocks that the code at an address is in, from this on inwards. */
  List<BlockTree> at(Address address) {
    List<BlockTree> path = new ArrayList<>();
    BlockTree next = this;
    while (next != null) {
      path.add(next);
      BlockTree inner = null;
      for (BlockTree block : next.blocks) {
        if (block.holds(address)) {
          inner = block;
          break;
        }
      }
      next = inner;
    }
    return path;
  }

  /** Returns whether the block holds an address; one that gives none is all its owner is. */
  private boolean holds(Address address) {
    return ranges.isEmpty() || ranges.stream().anyMatch(range -> range.contains(address));
  }
}
