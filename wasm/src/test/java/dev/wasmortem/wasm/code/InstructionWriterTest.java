package dev.wasmortem.wasm.code;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.ByteWriter;
import dev.wasmortem.testkit.WasmBytes;
import dev.wasmortem.wasm.types.AbstractHeapType;
import dev.wasmortem.wasm.types.HeapType;
import dev.wasmortem.wasm.types.NumType;
import dev.wasmortem.wasm.types.RefType;
import dev.wasmortem.wasm.types.ValueType;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstructionWriterTest {
  private static final List<AbstractHeapType> ABSTRACT = List.of(AbstractHeapType.values());

  /** Every instruction with arguments made from one number is read as it was written. */
  @Property(tries = 200)
  void readingUndoesWriting(@ForAll long seed) {
    for (Opcode opcode : Opcode.values()) {
      List<Argument> arguments = new ArrayList<>();
      for (Immediate immediate : opcode.immediates()) {
        arguments.add(argument(immediate, seed));
      }
      ByteWriter out = new ByteWriter();
      new InstructionWriter(out).write(new Instruction(opcode, new BodyOffset(0), 0, arguments));
      InstructionReader reader =
          InstructionReader.ofExpression(ByteSource.of("one", out.toByteArray()).cursor());
      reader.next();
      assertEquals(
          new Instruction(opcode, new BodyOffset(0), out.size(), arguments), reader.instruction());
      ByteWriter again = new ByteWriter();
      new InstructionWriter(again).write(reader.instruction(), reader.bytes());
      assertArrayEquals(out.toByteArray(), again.toByteArray());
    }
  }

  private static Argument argument(Immediate immediate, long seed) {
    int index = (int) (seed >>> 33);
    HeapType heapType =
        seed % 3 == 0 ? new HeapType.TypeIndex(index) : ABSTRACT.get(index % ABSTRACT.size());
    ValueType reference = seed % 5 == 0 ? RefType.nonNull(heapType) : RefType.nullable(heapType);
    return switch (immediate.encoding()) {
      case U32 ->
          immediate
              .space()
              .<Argument>map(space -> new Argument.Index(space, index))
              .orElseGet(() -> new Argument.Literal(index));
      case S32 -> new Argument.I32((int) seed);
      case S64 -> new Argument.I64(seed);
      case BITS_32 -> new Argument.F32((int) seed);
      case BITS_64 -> new Argument.F64(seed);
      case BITS_128 -> new Argument.V128(seed, ~seed);
      case BYTE -> new Argument.Literal((int) seed & 0xff);
      case ZERO -> new Argument.Literal(0);
      case CAST_FLAGS -> new Argument.Literal((int) seed & 3);
      case BLOCK_TYPE ->
          new Argument.Block(
              switch (index % 4) {
                case 0 -> BlockType.EMPTY;
                case 1 -> new BlockType.TypeIndex(index);
                case 2 -> BlockType.of(NumType.F64);
                default -> BlockType.of(reference);
              });
      case HEAP_TYPE -> new Argument.Heap(heapType);
      case VALUE_TYPES -> new Argument.Values(List.of(reference, NumType.I32));
      case LABELS -> new Argument.Labels(List.of(index, 0, 128));
      case CLAUSES ->
          new Argument.Clauses(
              List.of(
                  new Clause(0, index, 3),
                  immediate == Immediate.HANDLERS
                      ? new Clause(1, 5, -1)
                      : new Clause(3, -1, index)));
      case MEMARG ->
          new Argument.Memory(index % 2 * 200, seed, (int) seed & 0x3f, immediate.size());
    };
  }

  /** What may be written in more than one way, written here in another than the shortest. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "41 80 80 80 80 00",
        "42 fb ff ff 7f",
        "10 85 80 80 80 00",
        "fd 80 80 00 80 00 80 80 00",
        "28 c2 00 80 00 85 00",
        "28 42 00 05",
        "02 81 80 00",
        "02 63 70",
        "02 63 81 00",
        "02 64 70",
        "1c 82 00 63 70 64 81 80 00",
        "d0 81 00",
        "0e 82 00 00 81 00 82 80 00",
        "1f 40 82 00 00 87 00 80 00 03 81 00",
        "fb 98 00 03 80 00 6e 82 00"
      })
  void formsAreKept(String hex) {
    InstructionReader reader = InstructionReader.ofExpression(source(hex).cursor());
    reader.next();
    ByteWriter out = new ByteWriter();
    new InstructionWriter(out).write(reader.instruction(), reader.bytes());
    assertArrayEquals(WasmBytes.hex(hex).toByteArray(), out.toByteArray());
  }

  @Test
  void anotherValueTakesTheWidthOfTheOld() {
    Instruction call = call(300);
    assertEquals("10 ac 82 80 80 00", written(call, "10 85 80 80 80 00"));
    assertEquals("10 ac 02", written(call, "10 05"), "it does not fit");
    assertEquals("10 ac 02", written(call, "12 85 80 80 80 00"), "another instruction");
    Instruction table = instruction(Opcode.BR_TABLE, new Argument.Labels(List.of(1, 2)));
    assertEquals("0e 81 00 01 82 00", written(table, "0e 81 00 00 80 00"));
    assertEquals("0e 01 01 02", written(table, "0e 02 80 00 80 00 00"), "another number of them");
    Instruction block = instruction(Opcode.BLOCK, new Argument.Block(new BlockType.TypeIndex(1)));
    assertEquals("02 01", written(block, "02 40"));
    assertEquals("02 81 00", written(block, "02 63 82 00"));
    Instruction load = instruction(Opcode.I32_LOAD, new Argument.Memory(1, 8, 2, 4));
    assertEquals("28 42 01 88 00", written(load, "28 02 80 00"));
  }

  @Test
  void wrongArgumentsAreRejected() {
    InstructionWriter writer = new InstructionWriter(new ByteWriter());
    assertThrows(IllegalArgumentException.class, () -> writer.write(instruction(Opcode.CALL)));
    assertThrows(
        IllegalArgumentException.class,
        () -> writer.write(instruction(Opcode.CALL, new Argument.I32(1))));
    assertThrows(
        IllegalArgumentException.class,
        () -> writer.write(instruction(Opcode.I64_CONST, new Argument.I32(1))));
  }

  private static Instruction call(int function) {
    return instruction(Opcode.CALL, new Argument.Index(IndexSpace.FUNCTION, function));
  }

  private static Instruction instruction(Opcode opcode, Argument... arguments) {
    return new Instruction(opcode, new BodyOffset(0), 0, List.of(arguments));
  }

  private static String written(Instruction instruction, String like) {
    ByteWriter out = new ByteWriter();
    new InstructionWriter(out).write(instruction, source(like));
    StringBuilder hex = new StringBuilder();
    for (byte b : out.toByteArray()) {
      hex.append(hex.isEmpty() ? "" : " ").append(String.format("%02x", b));
    }
    return hex.toString();
  }

  private static ByteSource source(String hex) {
    return WasmBytes.hex(hex).source("code");
  }
}
