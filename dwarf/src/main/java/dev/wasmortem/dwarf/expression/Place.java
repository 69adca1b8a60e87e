package dev.wasmortem.dwarf.expression;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Printable;
import dev.wasmortem.dwarf.InfoOffset;
import java.util.List;
import java.util.Locale;

/** What an expression yields: where a value is, or the value, or why neither can be told (§2.6). */
public sealed interface Place {
  /** The kinds of places. */
  enum Kind {
    MEMORY,
    WASM,
    REGISTER,
    VALUE,
    CONSTANT,
    IMPLICIT_POINTER,
    COMPOSITE,
    OPTIMISED_OUT,
    UNKNOWN
  }

  /** Returns which record this is. */
  Kind kind();

  /**
   * In linear memory: {@code memory at 0x1040}.
   *
   * @param address cut to the size of an address
   */
  record Memory(long address) implements Place {
    @Override
    public Kind kind() {
      return Kind.MEMORY;
    }

    @Override
    public String toString() {
      return "memory at 0x" + Long.toHexString(address);
    }
  }

  /** In a local, global or operand, which holds the value itself: {@code local 3}. */
  record Wasm(WasmSpace space, long index) implements Place {
    @Override
    public Kind kind() {
      return Kind.WASM;
    }

    @Override
    public String toString() {
      return space + " " + Long.toUnsignedString(index);
    }
  }

  /** In a register, which WebAssembly does not have. */
  record Register(long number) implements Place {
    @Override
    public Kind kind() {
      return Kind.REGISTER;
    }

    @Override
    public String toString() {
      return "register " + Long.toUnsignedString(number);
    }
  }

  /**
   * Nowhere, but the value is known (§2.6.1.1.4).
   *
   * @param bits the value; of a type that is wider, these are its lower bytes, and what is above
   *     them in the record its extension
   */
  record Value(Bits bits) implements Place {
    @Override
    public Kind kind() {
      return Kind.VALUE;
    }

    @Override
    public String toString() {
      return "value " + bits;
    }
  }

  /** Nowhere; the value's bytes stand in the debug information. */
  record Constant(ByteSource bytes) implements Place {
    @Override
    public Kind kind() {
      return Kind.CONSTANT;
    }

    @Override
    public String toString() {
      return "constant of " + bytes.size() + " bytes";
    }
  }

  /**
   * A pointer that is nowhere, to an object that has no address, either (§2.6.1.1.4).
   *
   * @param entry the entry of the object pointed to
   * @param offset bytes into that object
   */
  record ImplicitPointer(InfoOffset entry, long offset) implements Place {
    @Override
    public Kind kind() {
      return Kind.IMPLICIT_POINTER;
    }

    @Override
    public String toString() {
      return String.format(Locale.ROOT, "pointer to entry %s%+d", entry, offset);
    }
  }

  /** In several places, one behind the other from the value's lowest byte on (§2.6.1.2). */
  record Composite(List<Piece> pieces) implements Place {
    /** Makes a composite; the list is copied. */
    public Composite {
      pieces = List.copyOf(pieces);
    }

    @Override
    public Kind kind() {
      return Kind.COMPOSITE;
    }

    @Override
    public String toString() {
      return "pieces " + pieces;
    }
  }

  /**
   * A part of a value.
   *
   * @param place where it is
   * @param bits how many bits of the value it holds
   * @param offset the first bit of the place that counts, from its lowest on
   */
  record Piece(Place place, long bits, long offset) {
    /** Returns the piece as {@code 4 bytes: local 3}. */
    @Override
    public String toString() {
      String size = bits % 8 == 0 ? bits / 8 + " bytes" : bits + " bits";
      return size + (offset == 0 ? "" : " from bit " + offset) + ": " + place;
    }
  }

  /** Nowhere: the compiler left it out, here at least. */
  record OptimisedOut() implements Place {
    @Override
    public Kind kind() {
      return Kind.OPTIMISED_OUT;
    }

    @Override
    public String toString() {
      return "optimised out";
    }
  }

  /**
   * It cannot be told.
   *
   * @param words why, for a person, safe to print: no stop at the end
   */
  record Unknown(Reason reason, String words) implements Place {
    /** Makes one; what could steer a terminal is escaped. */
    public Unknown {
      words = Printable.escape(words);
    }

    @Override
    public Kind kind() {
      return Kind.UNKNOWN;
    }

    @Override
    public String toString() {
      return words;
    }
  }

  /** Why a place cannot be told. */
  enum Reason {
    /** A part of the machine's state is not known. */
    NOT_CAPTURED,
    /** The function has no frame base, or it cannot be told. */
    NO_FRAME_BASE,
    /** What the function was entered with is not known. */
    NO_ENTRY_VALUE,
    /** The expression is about an object, and none was given. */
    NO_OBJECT,
    /** The linker left it out of the program. */
    LEFT_OUT,
    /** Nothing says where it is. */
    NO_LOCATION,
    /** The expression breaks a rule, or divides by zero. */
    MALFORMED,
    /** The expression uses what exists and is not done here. */
    UNSUPPORTED,
    /** The expression takes more steps, stack or calls than we give it. */
    LIMIT
  }
}
