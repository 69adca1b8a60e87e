package dev.wasmortem.dwarf.expression;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Cursor;
import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.dwarf.Encoding;
import dev.wasmortem.dwarf.InfoOffset;
import dev.wasmortem.dwarf.expression.Place.Reason;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** One run of an expression: its stack, its pieces, and what it may still spend. */
final class Evaluation {
  /** What linkers leave for a global that the program does not have, as that of its base. */
  private static final long NO_GLOBAL = 0xffff_ffffL;

  private final Evaluator evaluator;
  private final Encoding encoding;
  private final Arithmetic arithmetic;
  private final Operands operands;
  private final List<Place.Piece> pieces = new ArrayList<>();
  private int steps;
  private int depth;

  /** A place that is no address, and ends a simple description; null when there is none. */
  private @Nullable Place described;

  Evaluation(Evaluator evaluator, Encoding encoding) {
    this.evaluator = evaluator;
    this.encoding = encoding;
    this.arithmetic = new Arithmetic(encoding.addressSize());
    this.operands = new Operands(evaluator.machine(), encoding.addressSize());
  }

  void push(long value) {
    operands.push(value);
  }

  Place evaluate(Expression expression) {
    try {
      run(expression);
      return result(expression);
    } catch (Stop stop) {
      return stop.place();
    }
  }

  private Place result(Expression expression) {
    if (!pieces.isEmpty()) {
      if (described != null) {
        throw malformed("a location behind the last piece");
      }
      return new Place.Composite(pieces);
    }
    if (described != null) {
      return described;
    }
    if (expression.isEmpty()) {
      return new Place.OptimisedOut();
    }
    if (operands.isEmpty()) {
      throw malformed("the expression yields nothing");
    }
    return new Place.Memory(operands.address());
  }

  private void run(Expression expression) {
    Cursor cursor = expression.cursor();
    while (!cursor.atEnd()) {
      if (++steps > Evaluator.STEPS) {
        throw new Stop(Reason.LIMIT, "more than " + Evaluator.STEPS + " operations");
      }
      boolean first = steps == 1;
      long start = cursor.position();
      Operation operation;
      try {
        operation = Operation.read(cursor, encoding);
      } catch (FormatException e) {
        throw new Stop(
            e instanceof FormatException.Unsupported ? Reason.UNSUPPORTED : Reason.MALFORMED,
            e.problem() + " at byte " + start + " of the expression");
      }
      if (described != null) {
        afterDescription(operation.opcode());
      }
      if (first && operation.opcode() == Opcode.PLUS_UCONST && operands.isEmpty()) {
        // Compilers left out the frame base where it is the global of the stack pointer.
        operands.push(frameBase());
      }
      step(operation, cursor, expression);
    }
  }

  private void afterDescription(Opcode opcode) {
    switch (opcode) {
      case PIECE, BIT_PIECE, STACK_VALUE, NOP, GNU_UNINIT -> {
        // These may follow.
      }
      default -> throw malformed(opcode.spelling() + " behind the end of a location");
    }
  }

  private void step(Operation operation, Cursor cursor, Expression expression) {
    Opcode opcode = operation.opcode();
    long number = operation.first();
    switch (opcode) {
      case ADDR -> pushAddress(number);
      case CONST1U, CONST1S, CONST2U, CONST2S, CONST4U, CONST4S, CONST8S, CONSTS ->
          operands.push(number);
      case CONST8U, CONSTU -> operands.push(StackEntry.unsigned(BigInteger.valueOf(number), 8));
      case LIT -> operands.push(operation.number());
      case ADDRX, CONSTX, GNU_ADDR_INDEX, GNU_CONST_INDEX -> pushIndexed(number, expression);
      case DUP, OVER, PICK, DROP, SWAP, ROT -> operands.move(opcode, (int) number);
      case ABS, NEG, NOT -> operands.push(arithmetic.unary(opcode, operands.pop()));
      case AND, OR, XOR, PLUS, MINUS, MUL, DIV, MOD, SHL, SHR, SHRA, EQ, NE, LT, LE, GT, GE -> {
        StackEntry right = operands.pop();
        operands.push(arithmetic.binary(opcode, operands.pop(), right));
      }
      case PLUS_UCONST -> operands.push(arithmetic.addUnsigned(operands.pop(), number));
      case CONVERT, GNU_CONVERT ->
          operands.push(arithmetic.convert(operands.pop(), type(number, expression)));
      case REINTERPRET, GNU_REINTERPRET ->
          operands.push(arithmetic.reinterpret(operands.pop(), type(number, expression)));
      case CONST_TYPE, GNU_CONST_TYPE -> pushTypedConstant(operation, expression);
      case BRA, SKIP -> {
        if (opcode == Opcode.SKIP || operands.pop().asUnsigned().signum() != 0) {
          jump(number, cursor);
        }
      }
      case NOP, GNU_UNINIT -> {
        // Nothing to do.
      }
      case DEREF, DEREF_SIZE, XDEREF, XDEREF_SIZE -> operands.dereference(opcode, number, null);
      case DEREF_TYPE, XDEREF_TYPE, GNU_DEREF_TYPE ->
          operands.dereference(opcode, number, declared(operation.second(), expression));
      case WASM_LOCATION, WASM_LOCATION_INT -> pushWasm(number, operation.second());
      case PIECE -> addPiece(multiplied(number), 0);
      case BIT_PIECE -> addPiece(number, operation.second());
      case STACK_VALUE -> described = described != null ? described : operands.value();
      case IMPLICIT_VALUE -> described = new Place.Constant(block(operation));
      case IMPLICIT_POINTER, GNU_IMPLICIT_POINTER ->
          described = new Place.ImplicitPointer(new InfoOffset(number), operation.second());
      case REG -> described = new Place.Register(operation.number());
      case REGX -> described = new Place.Register(number);
      case CALL2, CALL4 -> call(expression.references().unit().value() + number, expression);
      case CALL_REF -> call(number, expression);
      case LLVM_USER -> llvm((int) number, operation);
      default -> frame(operation, expression);
    }
  }

  /** Does the operations that are about the frame. */
  private void frame(Operation operation, Expression expression) {
    Opcode opcode = operation.opcode();
    long number = operation.first();
    Machine machine = evaluator.machine();
    switch (opcode) {
      case FBREG -> operands.push(frameBase() + number);
      case BREG -> operands.pushSum(machine.register(operation.number()), number);
      case BREGX -> operands.pushSum(machine.register(number), operation.second());
      case REGVAL_TYPE, GNU_REGVAL_TYPE -> {
        ScalarType type = declared(operation.second(), expression);
        operands.push(StackEntry.typed(operands.known(machine.register(number)), type));
      }
      case CALL_FRAME_CFA -> operands.pushSum(machine.canonicalFrameAddress(), 0);
      case FORM_TLS_ADDRESS, GNU_PUSH_TLS_ADDRESS ->
          operands.pushSum(machine.threadLocal(operands.address()), 0);
      case PUSH_OBJECT_ADDRESS -> {
        OptionalLong object = evaluator.object();
        if (object.isEmpty()) {
          throw new Stop(Reason.NO_OBJECT, "the expression is about an object, and none was given");
        }
        operands.push(object.getAsLong());
      }
      case ENTRY_VALUE, GNU_ENTRY_VALUE -> entryValue(operation, expression);
      default -> throw new Stop(Reason.UNSUPPORTED, opcode.spelling() + " is not supported");
    }
  }

  private void pushIndexed(long index, Expression expression) {
    OptionalLong found = expression.references().address(index);
    if (found.isEmpty()) {
      throw malformed("index " + Long.toUnsignedString(index) + " is not in .debug_addr");
    }
    pushAddress(found.getAsLong());
  }

  private void pushAddress(long address) {
    if (Encoding.isTombstone(address, encoding.addressSize())) {
      throw new Stop(Reason.LEFT_OUT, "the linker left it out");
    }
    operands.push(address);
  }

  private void pushTypedConstant(Operation operation, Expression expression) {
    ScalarType type = declared(operation.first(), expression);
    ByteSource block = block(operation);
    if (block.size() != type.size()) {
      throw malformed("a constant of " + block.size() + " bytes of a type of " + type.size());
    }
    BigInteger value = BigInteger.ZERO;
    Cursor cursor = block.cursor();
    for (int i = 0; !cursor.atEnd(); i++) {
      value = value.or(BigInteger.valueOf(cursor.u8()).shiftLeft(8 * i));
    }
    operands.push(StackEntry.typed(value, type));
  }

  private void pushWasm(long kind, long index) {
    WasmSpace space;
    if (kind == 0 || kind == 4) { // 4 is LLVM's own name for a local that holds an address
      space = WasmSpace.LOCAL;
    } else if (kind == 1 || kind == 3) {
      space = WasmSpace.GLOBAL;
    } else if (kind == 2) {
      space = WasmSpace.OPERAND;
    } else {
      throw new Stop(Reason.UNSUPPORTED, "a Wasm location of kind " + Long.toUnsignedString(kind));
    }
    if (kind == 3 && index == NO_GLOBAL) {
      // Of position-independent code that was linked to stand at a fixed place: its base is 0.
      operands.push(0);
    } else {
      operands.push(StackEntry.at(new Place.Wasm(space, index)));
    }
  }

  private @Nullable ScalarType type(long offset, Expression expression) {
    return offset == 0 ? null : declared(offset, expression);
  }

  private static ScalarType declared(long offset, Expression expression) {
    References references = expression.references();
    ScalarType type =
        references.baseType(new InfoOffset(references.unit().value() + offset)).orElse(null);
    if (type == null) {
      throw malformed("no base type at 0x" + Long.toHexString(offset) + " of the unit");
    }
    Arithmetic.check(type);
    return type;
  }

  private static ByteSource block(Operation operation) {
    ByteSource block = operation.block();
    if (block == null) {
      throw new AssertionError(operation);
    }
    return block;
  }

  private static void jump(long distance, Cursor cursor) {
    long target = cursor.position() + distance;
    if (target < 0 || target > cursor.source().size()) {
      throw malformed("a jump out of the expression");
    }
    cursor.seek(target);
  }

  private static long multiplied(long bytes) {
    if (bytes < 0 || bytes > Long.MAX_VALUE / 8) {
      throw malformed("a piece of " + Long.toUnsignedString(bytes) + " bytes");
    }
    return bytes * 8;
  }

  private void addPiece(long bits, long offset) {
    if (bits < 0 || offset < 0) {
      throw malformed("a piece of 2^63 bits or more");
    }
    Place place = described;
    if (place == null) {
      place = operands.isEmpty() ? new Place.OptimisedOut() : new Place.Memory(operands.address());
    }
    pieces.add(new Place.Piece(place, bits, offset));
    described = null;
    operands.clear();
  }

  private void call(long entry, Expression expression) {
    Expression called = expression.references().location(new InfoOffset(entry)).orElse(null);
    if (called == null) {
      return; // an entry without a location has no effect (§2.5.1.5)
    }
    enter();
    run(called);
    depth--;
  }

  private void enter() {
    if (++depth > Evaluator.CALLS) {
      throw new Stop(Reason.LIMIT, "calls deeper than " + Evaluator.CALLS);
    }
  }

  private long frameBase() {
    Expression base = evaluator.frameBase().orElse(null);
    if (base == null) {
      throw new Stop(Reason.NO_FRAME_BASE, "the function has no frame base");
    }
    Evaluator without = evaluator.withoutFrameBase();
    Reading reading = without.number(base);
    if (reading instanceof Reading.Known known) {
      return encoding.wrap(known.bits().low());
    }
    throw new Stop(
        Reason.NO_FRAME_BASE,
        "the frame base cannot be told: " + ((Reading.Missing) reading).words());
  }

  private void entryValue(Operation operation, Expression expression) {
    Expression inner = expression.inner(block(operation));
    Evaluation evaluation = new Evaluation(evaluator.atEntry(), encoding);
    evaluation.depth = depth;
    evaluation.steps = steps;
    evaluation.enter();
    Place place = evaluation.evaluateEntry(inner);
    steps = evaluation.steps;
    Reading reading = evaluator.atEntry().number(place);
    if (reading instanceof Reading.Missing missing) {
      throw new Stop(
          Reason.NO_ENTRY_VALUE, "the value at the function's entry: " + missing.words());
    }
    operands.push(operands.entry(((Reading.Known) reading).bits()));
  }

  /** Evaluates what is inside an entry value, where a bare Wasm location means its contents. */
  private Place evaluateEntry(Expression inner) {
    try {
      run(inner);
      return described == null && pieces.isEmpty() && !operands.isEmpty()
          ? operands.value()
          : result(inner);
    } catch (Stop stop) {
      return stop.place();
    }
  }

  private void llvm(int sub, Operation operation) {
    switch (sub) {
      case 1 -> {
        // DW_OP_LLVM_nop
      }
      case 8 -> described = new Place.OptimisedOut(); // DW_OP_LLVM_undefined
      default ->
          throw new Stop(
              Reason.UNSUPPORTED, operation.opcode().spelling() + " " + sub + " is not supported");
    }
  }

  private static Stop malformed(String words) {
    return new Stop(Reason.MALFORMED, words);
  }
}
