package dev.wasmortem.dwarf;

import dev.wasmortem.bytes.FormatException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The functions of a unit that have code, and the calls that were inlined into them (§3.3), as flat
 * arrays in the order of their entries, and one map from addresses to the innermost of them. The
 * others at an address are found by going up. Names are read when they are asked for. Immutable but
 * for those; safe for use by several threads.
 *
 * <p>Where entries claim an address and none of them is in the other, the later one has it, as in
 * LLVM.
 */
final class FunctionTable {
  /** The number of no function. */
  static final int NONE = -1;

  private static final int CALLER = 0;
  private static final int NAMER = 1;

  private final Unit unit;
  private final RangeMap byAddress;

  /** Kept nearer; any thread may find it. */
  private @Nullable LineTable lines;

  /** Where each entry begins, from the unit's first byte. */
  private final int[] distances;

  /** The entries that names are looked up from, from the unit's first byte. */
  private final int[] namedBy;

  private final AtomicReferenceArray<@Nullable FunctionNames> names;

  /**
   * For each the place of the call, if it is inlined, and two numbers: the function or inlined call
   * that it is in, {@link #NONE} for a function; and who names it, an index of {@link #namedBy}.
   */
  private final Places calls;

  private final SmallInts discriminators;

  /** What a function is called by its declaration and by the linker; empty where by nothing. */
  record FunctionNames(String name, String linkageName) {
    static final FunctionNames NONE = new FunctionNames("", "");
  }

  private FunctionTable(Builder builder) {
    int count = builder.count;
    unit = builder.unit;
    byAddress = builder.ranges.build(RangeMap.Overlap.LARGER_WINS);
    distances = Arrays.copyOf(builder.distances, count);
    namedBy = Arrays.copyOf(builder.namedBy.keys, builder.namedBy.size);
    names = new AtomicReferenceArray<>(namedBy.length);
    calls =
        new Places(
            count,
            builder.callFiles,
            builder.callLines,
            builder.callColumns,
            builder.callers,
            builder.namers);
    discriminators = SmallInts.of(builder.discriminators, count);
  }

  /**
   * Reads the functions of a unit in one walk over its entries. Damage is reported; the functions
   * before it are returned.
   */
  static FunctionTable read(Unit unit) {
    Builder builder = new Builder(unit);
    try {
      builder.walk();
    } catch (FormatException e) {
      unit.file().report("dwarf-unit-damaged", e);
    }
    return new FunctionTable(builder);
  }

  Unit unit() {
    return unit;
  }

  /** Returns the unit's line table, or null if it has none. */
  @Nullable LineTable lines() {
    LineTable known = lines;
    if (known == null) {
      known = unit.lines().orElse(null);
      lines = known;
    }
    return known;
  }

  int count() {
    return distances.length;
  }

  int segments() {
    return byAddress.size();
  }

  /** Returns the innermost function or inlined call at an address, or {@link #NONE}. */
  int find(long address) {
    return byAddress.find(address);
  }

  /** Gives all addresses to {@code to} from which on {@link #find} may answer anything else. */
  void edges(LongConsumer to) {
    byAddress.edges(to);
  }

  /** Returns what an inlined call is in, or {@link #NONE} for a function. */
  int caller(int function) {
    return calls.more(function, CALLER);
  }

  /** Returns the entry of a function or inlined call. */
  Entry entry(int function) {
    return new Entry(unit, new InfoOffset(unit.header().offset() + distances[function]));
  }

  /** Returns the file of an inlined call, as the unit's line table numbers it. */
  int callFile(int function) {
    return calls.file(function);
  }

  int callLine(int function) {
    return calls.line(function);
  }

  int callColumn(int function) {
    return calls.column(function);
  }

  int discriminator(int function) {
    return discriminators.get(function);
  }

  /** Returns what a function is called; damage is reported once and means no name. */
  FunctionNames names(int function) {
    int namer = calls.more(function, NAMER);
    FunctionNames known = names.getAcquire(namer);
    if (known == null) {
      known = readNames(namedBy[namer]);
      names.setRelease(namer, known);
    }
    return known;
  }

  private FunctionNames readNames(int distance) {
    try {
      Entry entry = new Entry(unit, new InfoOffset(unit.header().offset() + distance));
      return Origins.names(entry);
    } catch (FormatException e) {
      unit.file().report("dwarf-function-name-damaged", e);
      return FunctionNames.NONE;
    }
  }

  /** Collects functions while walking. */
  private static final class Builder {
    private static final int LOW_PC = Attribute.LOW_PC.code();
    private static final int HIGH_PC = Attribute.HIGH_PC.code();
    private static final int RANGES = Attribute.RANGES.code();
    private static final int NAME = Attribute.NAME.code();
    private static final int LINKAGE_NAME = Attribute.LINKAGE_NAME.code();
    private static final int MIPS_LINKAGE_NAME = Attribute.MIPS_LINKAGE_NAME.code();
    private static final int ABSTRACT_ORIGIN = Attribute.ABSTRACT_ORIGIN.code();
    private static final int CALL_FILE = Attribute.CALL_FILE.code();
    private static final int CALL_LINE = Attribute.CALL_LINE.code();
    private static final int CALL_COLUMN = Attribute.CALL_COLUMN.code();
    private static final int GNU_DISCRIMINATOR = Attribute.GNU_DISCRIMINATOR.code();
    private static final int SUBPROGRAM = Tag.SUBPROGRAM.code();
    private static final int INLINED_SUBROUTINE = Tag.INLINED_SUBROUTINE.code();

    private final Unit unit;
    private final RangeMap.Builder ranges = new RangeMap.Builder();
    private final CodeRanges code = new CodeRanges();
    private final IntSet namedBy = new IntSet();
    private int[] distances = new int[32];
    private int[] callers = new int[32];
    private int[] namers = new int[32];
    private int[] callFiles = new int[32];
    private int[] callLines = new int[32];
    private int[] callColumns = new int[32];
    private int[] discriminators = new int[32];
    private int count;

    /** The functions and calls that the walk is in, and how deep each is, from the outermost. */
    private int[] open = new int[16];

    private int[] openDepths = new int[16];
    private int opened;

    private @Nullable AttributeValue low;
    private @Nullable AttributeValue high;
    private @Nullable AttributeValue list;
    private long origin;
    private boolean named;

    Builder(Unit unit) {
      this.unit = unit;
    }

    void walk() {
      if (unit.end() - unit.header().offset() > Integer.MAX_VALUE) {
        throw new FormatException.LimitExceeded(
            "a unit of 2^31 bytes or more", unit.cursor().at(unit.header().offset()));
      }
      EntryReader reader = unit.root().read();
      while (reader.next()) {
        while (opened > 0 && openDepths[opened - 1] >= reader.depth()) {
          opened--;
        }
        int tag = reader.tagCode();
        if (tag == SUBPROGRAM || tag == INLINED_SUBROUTINE) {
          read(reader, tag == INLINED_SUBROUTINE);
        }
      }
    }

    private void read(EntryReader reader, boolean inlined) {
      int function = count;
      if (function == distances.length) {
        grow(function * 2);
      }
      low = null;
      high = null;
      list = null;
      origin = -1;
      named = false;
      callFiles[function] = 0;
      callLines[function] = 0;
      callColumns[function] = 0;
      discriminators[function] = 0;
      int attributes = reader.attributeCount();
      for (int i = 0; i < attributes; i++) {
        keep(reader.attributeCode(i), reader.value(i));
      }
      code.clear();
      unit.readRanges(low, high, list, code);
      if (code.count() == 0 && !inlined) {
        // A declaration, or left out by the linker: what is in it is nowhere, either.
        push(NONE, reader.depth());
        return;
      }
      int owner = opened == 0 ? NONE : open[opened - 1];
      if (inlined && owner == NONE) {
        // Inlined into nothing that has code.
        push(NONE, reader.depth());
        return;
      }
      for (int i = 0; i < code.count(); i++) {
        ranges.add(code.low(i), code.high(i), function);
      }
      int distance = (int) (reader.offset() - unit.header().offset());
      distances[function] = distance;
      callers[function] = inlined ? owner : NONE;
      namers[function] = namedBy.add(!named && origin >= 0 ? (int) origin : distance);
      count++;
      push(function, reader.depth());
    }

    private void keep(int attribute, AttributeValue value) {
      if (attribute == LOW_PC) {
        low = value;
      } else if (attribute == HIGH_PC) {
        high = value;
      } else if (attribute == RANGES) {
        list = value;
      } else if (attribute == ABSTRACT_ORIGIN) {
        // Most origins are of the same unit: then all that share one share its name.
        long number = value.number();
        boolean local = value.kind() == Form.Kind.UNIT_REFERENCE && number <= Integer.MAX_VALUE;
        origin = local ? number : -1;
      } else if (attribute == NAME || attribute == LINKAGE_NAME || attribute == MIPS_LINKAGE_NAME) {
        named = true;
      } else if (attribute == CALL_FILE) {
        callFiles[count] = small(value);
      } else if (attribute == CALL_LINE) {
        callLines[count] = small(value);
      } else if (attribute == CALL_COLUMN) {
        callColumns[count] = small(value);
      } else if (attribute == GNU_DISCRIMINATOR) {
        discriminators[count] = small(value);
      }
    }

    private static int small(AttributeValue value) {
      long number = value.kind() == Form.Kind.CONSTANT ? value.number() : 0;
      return number < 0 || number > Integer.MAX_VALUE ? 0 : (int) number;
    }

    private void push(int function, int depth) {
      if (opened == open.length) {
        open = Arrays.copyOf(open, opened * 2);
        openDepths = Arrays.copyOf(openDepths, opened * 2);
      }
      open[opened] = function;
      openDepths[opened++] = depth;
    }

    private void grow(int size) {
      distances = Arrays.copyOf(distances, size);
      callers = Arrays.copyOf(callers, size);
      namers = Arrays.copyOf(namers, size);
      callFiles = Arrays.copyOf(callFiles, size);
      callLines = Arrays.copyOf(callLines, size);
      callColumns = Arrays.copyOf(callColumns, size);
      discriminators = Arrays.copyOf(discriminators, size);
    }
  }
}
