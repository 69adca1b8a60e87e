package dev.wasmortem.dwarf.variable;

import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.dwarf.DwarfFrame;
import dev.wasmortem.dwarf.Entry;
import dev.wasmortem.dwarf.expression.Evaluator;
import dev.wasmortem.dwarf.expression.Expression;
import dev.wasmortem.dwarf.expression.Machine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a frame's code can name: the blocks that an address is in, and their variables. */
public final class FrameScope {
  private final DwarfFrame frame;
  private final Context context;
  private final List<Block> blocks;

  FrameScope(DwarfFrame frame, Context context, List<BlockTree> path) {
    this.frame = frame;
    this.context = context;
    List<Block> inwards = new ArrayList<>();
    for (BlockTree block : path) {
      List<Variable> variables = new ArrayList<>();
      for (Described described : block.variables()) {
        variables.add(new Variable(described, context));
      }
      inwards.add(0, new Block(block.entry(), variables));
    }
    this.blocks = List.copyOf(inwards);
  }

  /** Returns the frame, as {@code Dwarf.framesAt} has it. */
  public DwarfFrame frame() {
    return frame;
  }

  /** Returns the blocks, the innermost first; the last is the function, or the inlined call. */
  public List<Block> blocks() {
    return blocks;
  }

  /** Returns the parameters, in their order. */
  public List<Variable> parameters() {
    return blocks.get(blocks.size() - 1).variables().stream()
        .filter(variable -> variable.kind() == Variable.Kind.ARGUMENT)
        .toList();
  }

  /**
   * Returns all variables in scope, parameters among them, those of the innermost block first: of
   * two of a name, the first is the one that the code means.
   */
  public List<Variable> variables() {
    return blocks.stream().flatMap(block -> block.variables().stream()).toList();
  }

  /**
   * Returns the expression of the frame base, {@code DW_AT_frame_base}: of an inlined call, that of
   * the function that it was inlined into.
   */
  public Optional<Expression> frameBase() {
    return context.frameBase();
  }

  /** Returns an evaluator in the state of the frame, for expressions of types. */
  public Evaluator evaluator(Machine machine) {
    Evaluator evaluator = Evaluator.of(machine);
    return frameBase().map(evaluator::withFrameBase).orElse(evaluator);
  }

  /**
   * Returns the variable that an entry describes, as it is seen from here: the target of an
   * implicit pointer, or what the bound of an array is. Nothing if the entry is damaged.
   */
  public Optional<Variable> variable(Entry entry) {
    try {
      return Optional.of(new Variable(new Described(context.types(), entry), context));
    } catch (FormatException e) {
      context.reporter().report(e);
      return Optional.empty();
    }
  }
}
