package dev.wasmortem.wasm.code;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Cursor;
import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.bytes.Location;
import dev.wasmortem.wasm.types.AbstractHeapType;
import dev.wasmortem.wasm.types.HeapType;
import dev.wasmortem.wasm.types.ValueType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads the instructions of an expression one after another (§5.4.9), without an object for each:
 * after {@link #next} the methods tell of the instruction that was read, until the next call. Not
 * thread-safe.
 *
 * <pre>{@code
 * InstructionReader reader = InstructionReader.ofBody(body.bytes(), body.codeStart());
 * while (reader.next()) {
 *   System.out.println(reader.offset() + " " + reader.opcode());
 * }
 * }</pre>
 *
 * <p>{@link #next} throws {@link FormatException} for bytes that are no instruction, for an
 * expression that does not end where its bytes do, and for a {@code u32} index of 2³¹ or more.
 */
public final class InstructionReader {
  private static final int MEMORY_INDEX_FLAG = 0x40;
  private static final String PRODUCTION = "instr";

  /** What must follow the expression. */
  private enum Rest {
    NOTHING,
    ANYTHING
  }

  private final Cursor cursor;
  private final Rest rest;

  private int depth;
  private boolean closed;
  private long start;
  private Opcode opcode = Opcode.NOP;

  /** The values of immediates by position; 16 bytes take two. */
  private final long[] values = new long[4];

  private long alignLog2;
  private long memory;
  private BlockType blockType = BlockType.EMPTY;
  private final HeapType[] heapTypes = {
    AbstractHeapType.ANY, AbstractHeapType.ANY, AbstractHeapType.ANY, AbstractHeapType.ANY
  };

  /** Labels, clauses (three numbers each), or the position of value types. */
  private int[] list = new int[16];

  private int listSize;

  private InstructionReader(Cursor cursor, Rest rest) {
    this.cursor = cursor.in(PRODUCTION);
    this.rest = rest;
  }

  /**
   * Returns a reader of a function's instructions.
   *
   * @param body the body from the byte after its size on
   * @param codeStart where the first instruction begins, after the local declarations
   */
  public static InstructionReader ofBody(ByteSource body, BodyOffset codeStart) {
    return new InstructionReader(body.cursor(codeStart.value()), Rest.NOTHING);
  }

  /**
   * Returns a reader of an expression amid other things: it reads from the cursor, which stands
   * after the expression's {@code end} when {@link #next} has given that.
   */
  public static InstructionReader ofExpression(Cursor cursor) {
    return new InstructionReader(cursor, Rest.ANYTHING);
  }

  /** Reads the next instruction; returns false after the {@code end} of the whole expression. */
  public boolean next() {
    if (closed) {
      if (rest == Rest.NOTHING && !cursor.atEnd()) {
        throw cursor.malformed("bytes after the end of the function");
      }
      return false;
    }
    start = cursor.position();
    int first = cursor.u8();
    Opcode read = Opcode.plain(first);
    if (read == null) {
      read = prefixed(first);
    }
    opcode = read;
    // One branch for what most instructions are: nothing is harder to foretell than the next one.
    switch (read.form()) {
      case BARE -> {}
      case INDEX -> values[0] = cursor.index();
      case NUMBER -> values[0] = cursor.s32();
      case ACCESS -> readMemoryArgument(0);
      case OTHER -> readImmediates(read);
    }
    return true;
  }

  private Opcode prefixed(int first) {
    if (!Opcode.isPrefix(first)) {
      throw illegal("", first);
    }
    long code = cursor.u32();
    Opcode read = Opcode.prefixed(first, code);
    if (read == null) {
      throw illegal(Integer.toHexString(first) + " 0x", code);
    }
    return read;
  }

  private void readImmediates(Opcode read) {
    for (int i = 0; i < read.immediateCount(); i++) {
      readImmediate(read.immediate(i).encoding(), i);
    }
    nest(read.nesting());
  }

  private FormatException illegal(String prefix, long code) {
    String text = "0x" + prefix;
    return new FormatException.Malformed(
        "illegal opcode " + text + Long.toHexString(code), cursor.at(start));
  }

  private void nest(Opcode.Nesting nesting) {
    switch (nesting) {
      case OPENS -> depth++;
      case CLOSES -> {
        closed = depth == 0;
        depth--;
      }
      case NONE, DIVIDES -> {}
    }
  }

  private void readImmediate(Immediate.Encoding encoding, int position) {
    switch (encoding) {
      case U32 -> values[position] = cursor.index();
      case S32 -> values[position] = cursor.s32();
      case S64 -> values[position] = cursor.s64();
      case BITS_32 -> values[position] = cursor.i32le();
      case BITS_64 -> values[position] = cursor.i64le();
      case BITS_128 -> {
        values[position] = cursor.i64le();
        values[position + 1] = cursor.i64le();
      }
      case BYTE -> values[position] = cursor.u8();
      case ZERO, CAST_FLAGS ->
          values[position] = flags(encoding == Immediate.Encoding.ZERO ? 0 : 3);
      case BLOCK_TYPE -> blockType = readBlockType();
      case HEAP_TYPE -> heapTypes[position] = HeapType.read(cursor);
      case VALUE_TYPES -> readValueTypes(position);
      case LABELS -> readLabels();
      case CLAUSES -> readClauses();
      case MEMARG -> readMemoryArgument(position);
    }
  }

  private int flags(int allowed) {
    long at = cursor.position();
    int flags = cursor.u8();
    if ((flags & ~allowed) != 0) {
      throw new FormatException.Malformed(
          allowed == 0 ? "zero byte expected" : "malformed cast flags", cursor.at(at));
    }
    return flags;
  }

  private BlockType readBlockType() {
    int first = cursor.peek();
    if (first == 0x40) {
      cursor.u8();
      return BlockType.EMPTY;
    }
    if ((first & 0xc0) == 0x40) {
      return BlockType.of(ValueType.read(cursor));
    }
    long at = cursor.position();
    long index = cursor.s33();
    if (index < 0) {
      throw new FormatException.Malformed("malformed block type " + index, cursor.at(at));
    }
    if (index > Integer.MAX_VALUE) {
      throw new FormatException.LimitExceeded("index " + index + " is 2^31 or more", cursor.at(at));
    }
    return new BlockType.TypeIndex((int) index);
  }

  private void readValueTypes(int position) {
    values[position] = cursor.position();
    int count = cursor.count(1);
    for (int i = 0; i < count; i++) {
      ValueType.read(cursor);
    }
  }

  private void readLabels() {
    int count = cursor.count(1);
    listSize = 0;
    for (int i = 0; i <= count; i++) {
      add(cursor.index());
    }
  }

  private void readClauses() {
    int count = cursor.count(2);
    boolean handlers = opcode.immediate(opcode.immediateCount() - 1) == Immediate.HANDLERS;
    listSize = 0;
    for (int i = 0; i < count; i++) {
      long at = cursor.position();
      int kind = cursor.u8();
      if (kind > (handlers ? 1 : 3)) {
        throw new FormatException.Malformed("malformed clause kind " + kind, cursor.at(at));
      }
      add(kind);
      add(handlers || kind < 2 ? cursor.index() : -1);
      add(handlers && kind == 1 ? -1 : cursor.index());
    }
  }

  private void add(int value) {
    if (listSize == list.length) {
      list = Arrays.copyOf(list, 2 * listSize);
    }
    list[listSize++] = value;
  }

  private void readMemoryArgument(int position) {
    long at = cursor.position();
    long flags = cursor.u32();
    if (flags >= 2 * MEMORY_INDEX_FLAG) {
      throw new FormatException.Malformed("malformed memop flags " + flags, cursor.at(at));
    }
    alignLog2 = flags & (MEMORY_INDEX_FLAG - 1);
    memory = (flags & MEMORY_INDEX_FLAG) != 0 ? cursor.index() : 0;
    values[position] = cursor.u64();
  }

  // -- The instruction that was read

  /** Returns which instruction was read. */
  public Opcode opcode() {
    return opcode;
  }

  /** Returns where it begins, from the first byte of the source. */
  public long position() {
    return start;
  }

  /** Returns where it ends, from the first byte of the source. */
  public long end() {
    return cursor.position();
  }

  /** Returns where it begins in the body that is read. */
  public BodyOffset offset() {
    return new BodyOffset((int) start);
  }

  /** Returns the number of bytes it takes. */
  public int length() {
    return (int) (cursor.position() - start);
  }

  /** Returns its bytes. */
  public ByteSource bytes() {
    return cursor.source().slice(start, cursor.position() - start);
  }

  /** Returns where it stands in the file, for errors. */
  public Location location() {
    return cursor.at(start);
  }

  /** Returns how many blocks are open after it, the function's own not counted; -1 at its end. */
  public int depth() {
    return depth;
  }

  /**
   * Returns an immediate that is a single number: an index, a constant's value or bits, a lane, a
   * count, flags.
   *
   * @param position its position among the opcode's immediates
   */
  public long value(int position) {
    return values[position];
  }

  /** Returns an immediate that is an index. */
  public int index(int position) {
    return (int) values[position];
  }

  /** Returns the upper eight bytes of an immediate of sixteen; {@link #value} gives the lower. */
  public long upperValue(int position) {
    return values[position + 1];
  }

  /** Returns the memory that the memory argument names. */
  public int memory() {
    return (int) memory;
  }

  /** Returns the logarithm of the memory argument's alignment. */
  public int alignLog2() {
    return (int) alignLog2;
  }

  /** Returns the memory argument's offset, as an unsigned number. */
  public long memoryOffset() {
    return values[0];
  }

  /** Returns the number of labels, the default counted. */
  public int labelCount() {
    return listSize;
  }

  /** Returns a label; the last is the default. */
  public int label(int position) {
    return list[position];
  }

  /** Returns the number of clauses. */
  public int clauseCount() {
    return listSize / 3;
  }

  /** Returns a clause. */
  public Clause clause(int position) {
    return new Clause(list[3 * position], list[3 * position + 1], list[3 * position + 2]);
  }

  /** Returns the block type. */
  public BlockType blockType() {
    return blockType;
  }

  /** Returns a heap type. */
  public HeapType heapType(int position) {
    return heapTypes[position];
  }

  /** Returns a list of value types; reads it anew. */
  public List<ValueType> valueTypes(int position) {
    Cursor again = cursor.source().cursor(values[position]).in(PRODUCTION);
    int count = again.count(1);
    List<ValueType> types = new ArrayList<>(Math.min(count, 16));
    for (int i = 0; i < count; i++) {
      types.add(ValueType.read(again));
    }
    return types;
  }

  /** Returns the instruction as a value. */
  public Instruction instruction() {
    List<Argument> arguments = new ArrayList<>(opcode.immediateCount());
    for (int i = 0; i < opcode.immediateCount(); i++) {
      arguments.add(argument(opcode.immediate(i), i));
    }
    return new Instruction(opcode, offset(), length(), arguments);
  }

  private Argument argument(Immediate immediate, int position) {
    long value = values[position];
    return switch (immediate.encoding()) {
      case U32 ->
          immediate
              .space()
              .<Argument>map(space -> new Argument.Index(space, (int) value))
              .orElseGet(() -> new Argument.Literal((int) value));
      case S32 -> new Argument.I32((int) value);
      case S64 -> new Argument.I64(value);
      case BITS_32 -> new Argument.F32((int) value);
      case BITS_64 -> new Argument.F64(value);
      case BITS_128 -> new Argument.V128(value, values[position + 1]);
      case BYTE, ZERO, CAST_FLAGS -> new Argument.Literal((int) value);
      case BLOCK_TYPE -> new Argument.Block(blockType);
      case HEAP_TYPE -> new Argument.Heap(heapTypes[position]);
      case VALUE_TYPES -> new Argument.Values(valueTypes(position));
      case LABELS -> new Argument.Labels(labels());
      case CLAUSES -> new Argument.Clauses(clauses());
      case MEMARG -> new Argument.Memory((int) memory, value, (int) alignLog2, immediate.size());
    };
  }

  private List<Integer> labels() {
    return Arrays.stream(list, 0, listSize).boxed().toList();
  }

  private List<Clause> clauses() {
    List<Clause> clauses = new ArrayList<>(clauseCount());
    for (int i = 0; i < clauseCount(); i++) {
      clauses.add(clause(i));
    }
    return clauses;
  }
}
