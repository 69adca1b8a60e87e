package dev.wasmortem.wasm.validation;

import dev.wasmortem.wasm.code.Immediate;
import dev.wasmortem.wasm.code.InstructionReader;
import dev.wasmortem.wasm.code.Proposal;
import dev.wasmortem.wasm.types.ArrayType;
import dev.wasmortem.wasm.types.CompositeType;
import dev.wasmortem.wasm.types.StructType;

/** Checks that indices name something, and says at which instruction one does not. */
final class Indices {
  private final ModuleSpace space;
  private final Operands operands;

  Indices(ModuleSpace space, Operands operands) {
    this.space = space;
    this.operands = operands;
  }

  private int check(String what, int index, long count) {
    if (index >= count) {
      throw operands.error("unknown " + what + " " + index);
    }
    return index;
  }

  int type(int index) {
    if (space.types().composite(index) == null) {
      throw operands.error("unknown type " + index);
    }
    return index;
  }

  TypeSpace.Signature functionType(int index) {
    TypeSpace.Signature type = space.types().function(type(index));
    if (type == null) {
      throw operands.error("type mismatch: type " + index + " is not a function type");
    }
    return type;
  }

  StructType structType(int index) {
    CompositeType type = space.types().composite(type(index));
    if (type instanceof StructType struct) {
      return struct;
    }
    throw operands.error("type mismatch: type " + index + " is not a structure type");
  }

  ArrayType arrayType(int index) {
    CompositeType type = space.types().composite(type(index));
    if (type instanceof ArrayType array) {
      return array;
    }
    throw operands.error("type mismatch: type " + index + " is not an array type");
  }

  TypeSpace.Signature function(int index) {
    return functionType(functionTypeIndex(index));
  }

  int functionTypeIndex(int index) {
    return space.functionTypeIndex(check("function", index, space.functionCount()));
  }

  int global(int index) {
    return check("global", index, space.globalCount());
  }

  int table(int index) {
    return check("table", index, space.tableCount());
  }

  int memory(int index) {
    return check("memory", index, space.memoryCount());
  }

  TypeSpace.Signature tag(int index) {
    return space.tag(check("tag", index, space.tagCount()));
  }

  int data(int index) {
    if (space.dataCount() < 0) {
      throw operands.error("data count section required");
    }
    return check("data segment", index, space.dataCount());
  }

  int segmentType(int index) {
    int[] segments = space.segments();
    return segments[check("element segment", index, segments.length)];
  }

  /** Checks that a heap type names something. */
  int heap(int heap) {
    if (!TypeCode.isAbstract(heap)) {
      type(TypeCode.index(heap));
    }
    return heap;
  }

  /** Checks that a value type names something. */
  int value(int code) {
    if (TypeCode.isReference(code)) {
      heap(code & TypeCode.HEAP);
    }
    return code;
  }

  /** Checks the memory argument that was read last. */
  void memoryAccess(InstructionReader reader, int accessSize) {
    int address = space.memoryAddress(memory(reader.memory()));
    long align = 1L << reader.alignLog2();
    if (align < 0 || align > accessSize) {
      throw operands.error("alignment must not be larger than natural");
    }
    if (align != accessSize && reader.opcode().proposal() == Proposal.THREADS) {
      throw operands.error("atomic alignment must be natural");
    }
    if (address == TypeCode.I32 && reader.memoryOffset() >>> 32 != 0) {
      throw operands.error("offset out of range");
    }
  }

  /** Checks eight lanes of {@code i8x16.shuffle}, of two times sixteen. */
  void lanes(long eight) {
    for (int shift = 0; shift < 64; shift += 8) {
      lane((int) (eight >>> shift) & 0xff, 32);
    }
  }

  /** Checks an index by what it counts. */
  void check(Immediate immediate, int index) {
    switch (immediate) {
      case MEMORY -> memory(index);
      case TABLE -> table(index);
      case DATA -> data(index);
      case ELEMENT -> segmentType(index);
      default -> {}
    }
  }

  void lane(int lane, int count) {
    if (lane >= count) {
      throw operands.error("invalid lane index " + lane);
    }
  }
}
