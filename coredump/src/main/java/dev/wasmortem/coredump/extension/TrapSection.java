package dev.wasmortem.coredump.extension;

import dev.wasmortem.bytes.ByteWriter;
import dev.wasmortem.bytes.Cursor;
import dev.wasmortem.coredump.HostException;
import dev.wasmortem.coredump.MemoryAddress;
import dev.wasmortem.coredump.MemoryFault;
import dev.wasmortem.coredump.Trap;
import dev.wasmortem.coredump.TrapKind;
import dev.wasmortem.coredump.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Why the program stopped.
 *
 * <pre>
 * wasmortem.trap ::= 0x00 kind:name message:name thread:u32 fields?
 * fields:  1 frame ::= frame:u32
 *          2 fault ::= memory:u32 address:u64
 *          3 operands ::= vec(value)
 *          4 exceptions ::= vec(class:name message:name)
 * </pre>
 */
public final class TrapSection {
  /** The section's name. */
  public static final String NAME = "wasmortem.trap";

  private static final int FRAME = 1;
  private static final int FAULT = 2;
  private static final int OPERANDS = 3;
  private static final int EXCEPTIONS = 4;

  private TrapSection() {}

  /** Returns the payload; {@code names} shortens what readers would refuse. */
  public static ByteWriter write(Trap trap, UnaryOperator<String> names) {
    ByteWriter out = Extension.payload().name(trap.kind().id()).name(names.apply(trap.message()));
    Extension.writeIndex(out, trap.thread());
    Fields fields = new Fields();
    if (trap.frame() != Trap.NO_FRAME) {
      fields.add(FRAME, new ByteWriter(16).unsigned(trap.frame()));
    }
    trap.memoryFault()
        .ifPresent(
            fault -> {
              ByteWriter field = new ByteWriter(16);
              Extension.writeIndex(field, fault.memory());
              fields.add(FAULT, field.unsigned(fault.address().value()));
            });
    if (!trap.operands().isEmpty()) {
      ByteWriter field = new ByteWriter().unsigned(trap.operands().size());
      trap.operands().forEach(operand -> TypedValue.write(field, operand));
      fields.add(OPERANDS, field);
    }
    if (!trap.exceptions().isEmpty()) {
      ByteWriter field = new ByteWriter().unsigned(trap.exceptions().size());
      for (HostException exception : trap.exceptions()) {
        field.name(names.apply(exception.className())).name(names.apply(exception.message()));
      }
      fields.add(EXCEPTIONS, field);
    }
    if (!fields.isEmpty()) {
      fields.writeTo(out);
    }
    return out;
  }

  /** Reads what follows the version. */
  public static Trap read(Cursor cursor) {
    String id = cursor.in("trap.kind").name();
    String message = cursor.in("trap.message").name();
    int thread = Extension.indexOrNone(cursor.in("trap.thread"));
    Details details = new Details();
    if (!cursor.in("trap.fields").atEnd()) {
      Fields.read(cursor, details);
    }
    TrapKind kind = TrapKind.ofId(id).orElse(TrapKind.OTHER);
    Trap trap = new Trap(kind, message, thread).in(thread, details.frame);
    for (MemoryFault fault : details.faults) {
      trap = trap.at(fault);
    }
    return trap.withOperands(details.operands).withExceptions(details.exceptions);
  }

  private static final class Details implements Fields.Reader {
    private int frame = Trap.NO_FRAME;
    private final List<MemoryFault> faults = new ArrayList<>();
    private final List<Value> operands = new ArrayList<>();
    private final List<HostException> exceptions = new ArrayList<>();

    @Override
    public void field(int id, Cursor content) {
      switch (id) {
        case FRAME -> frame = Extension.indexOrNone(content.in("trap.frame"));
        case FAULT -> {
          int memory = Extension.indexOrNone(content.in("trap.fault"));
          faults.add(new MemoryFault(memory, new MemoryAddress(content.u64())));
        }
        case OPERANDS -> {
          long count = content.in("trap.operands").u32();
          for (long i = 0; i < count; i++) {
            operands.add(TypedValue.read(content));
          }
        }
        case EXCEPTIONS -> {
          long count = content.in("trap.exceptions").u32();
          for (long i = 0; i < count; i++) {
            String className = content.name();
            exceptions.add(new HostException(className, content.name()));
          }
        }
        default -> {
          // A field of later days.
        }
      }
    }
  }
}
