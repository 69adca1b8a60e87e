package dev.wasmortem.dwarf.variable;

import dev.wasmortem.dwarf.Entry;
import java.util.List;

/**
 * A block of a function, the function itself or a call inlined into it, and what is declared in it.
 *
 * @param entry a {@code DW_TAG_lexical_block}, {@code DW_TAG_subprogram} or {@code
 *     DW_TAG_inlined_subroutine}, or what else holds variables
 * @param variables those declared in the block itself, in their order; of a function, its
 *     parameters first
 */
public record Block(Entry entry, List<Variable> variables) {
  /** Makes a block; the list is copied. */
  public Block {
    variables = List.copyOf(variables);
  }
}
