package dev.wasmortem.wasm.types;

import dev.wasmortem.bytes.ByteWriter;
import dev.wasmortem.bytes.Cursor;
import dev.wasmortem.bytes.FormatException;

/** What a reference refers to (§5.3.3): a type of the module or an abstract one. */
public sealed interface HeapType permits AbstractHeapType, HeapType.TypeIndex {
  /** Whether a heap type is an index or abstract. */
  enum Kind {
    ABSTRACT,
    INDEX
  }

  /** Returns the kind, to switch over. */
  Kind kind();

  /** Writes the binary form. */
  void writeTo(ByteWriter out);

  /** Reads a {@code heaptype}. */
  static HeapType read(Cursor cursor) {
    long start = cursor.position();
    int first = cursor.peek();
    AbstractHeapType type = AbstractHeapType.ofCode(first);
    if (type != null) {
      cursor.skip(1);
      return type;
    }
    long index = cursor.s33();
    if (index < 0) {
      throw new FormatException.Malformed(
          "heap type 0x" + Integer.toHexString(first), cursor.at(start));
    }
    if (index > Integer.MAX_VALUE) {
      throw new FormatException.LimitExceeded(
          "index " + index + " is 2^31 or more", cursor.at(start));
    }
    return new TypeIndex((int) index);
  }

  /**
   * A type of the module.
   *
   * @param index its index among the module's types
   */
  record TypeIndex(int index) implements HeapType {
    @Override
    public Kind kind() {
      return Kind.INDEX;
    }

    @Override
    public void writeTo(ByteWriter out) {
      out.signed(index);
    }

    @Override
    public String toString() {
      return Integer.toString(index);
    }
  }
}
