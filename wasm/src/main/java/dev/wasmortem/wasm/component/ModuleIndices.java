package dev.wasmortem.wasm.component;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Cursor;
import dev.wasmortem.bytes.FormatException;

/**
 * Counts a component's core modules as its names count them: those that are defined, imported,
 * aliased and exported, in the order of the file (component model, Binary.md, "Import and Export
 * Definitions", "Alias Definitions").
 *
 * <pre>
 * import     ::= externname externdesc
 * export     ::= externname sort index:u32 (0x00 | 0x01 externdesc)
 * externname ::= (0x00 | 0x01) name
 * externdesc ::= 0x00 0x11 u32 | (0x01 | 0x04 | 0x05) u32
 *              | 0x02 (0x00 u32 | 0x01 s33) | 0x03 (0x00 u32 | 0x01)
 * alias      ::= sort ((0x00 | 0x01) instance:u32 name | 0x02 outer:u32 index:u32)
 * </pre>
 *
 * <p>What is of a later draft, or damaged, ends the count: modules after it have no index.
 */
final class ModuleIndices {
  private static final int UNKNOWN = -1;

  private int next;

  /** Returns the index of a module that is defined here; -1 if it is not known. */
  int define() {
    return next == UNKNOWN ? UNKNOWN : next++;
  }

  void imports(ByteSource content) {
    count(
        content,
        cursor -> {
          externName(cursor);
          return externDescription(cursor);
        });
  }

  void exports(ByteSource content) {
    count(
        content,
        cursor -> {
          externName(cursor);
          Sort sort = Sort.read(cursor);
          cursor.u32();
          if (choice(cursor, 1) == 1) {
            externDescription(cursor);
          }
          return sort;
        });
  }

  void aliases(ByteSource content) {
    count(
        content,
        cursor -> {
          Sort sort = Sort.read(cursor);
          int target = choice(cursor, 2);
          cursor.u32();
          if (target == 2) {
            cursor.u32();
          } else {
            cursor.name();
          }
          return sort;
        });
  }

  /** Reads one definition and says what it adds to. */
  private interface Definition {
    Sort read(Cursor cursor);
  }

  private void count(ByteSource content, Definition definition) {
    if (next == UNKNOWN) {
      return;
    }
    try {
      Cursor cursor = content.cursor();
      long count = cursor.u32();
      for (long i = 0; i < count; i++) {
        if (definition.read(cursor) == Sort.CORE_MODULE) {
          next++;
        }
      }
    } catch (FormatException e) {
      next = UNKNOWN;
    }
  }

  private static void externName(Cursor cursor) {
    choice(cursor, 1);
    cursor.name();
  }

  private static Sort externDescription(Cursor cursor) {
    int kind = choice(cursor, 5);
    switch (kind) {
      case 0 -> {
        cursor.u8();
        cursor.u32();
      }
      case 2 -> {
        if (choice(cursor, 1) == 0) {
          cursor.u32();
        } else {
          cursor.s33();
        }
      }
      case 3 -> {
        if (choice(cursor, 1) == 0) {
          cursor.u32();
        }
      }
      default -> cursor.u32();
    }
    return kind == 0 ? Sort.CORE_MODULE : Sort.OTHER;
  }

  private static int choice(Cursor cursor, int last) {
    int chosen = cursor.u8();
    if (chosen > last) {
      throw cursor.malformed("0x" + Integer.toHexString(chosen) + " of 0 to " + last);
    }
    return chosen;
  }
}
