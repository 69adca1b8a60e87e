package dev.wasmortem.dwarf;

import java.util.Arrays;

/** Numbers from 0, each once, numbered in the order they came in. Hashed, without objects. */
final class IntSet {
  /** The numbers, by their index; only the first {@link #size} count. */
  int[] keys = new int[16];

  int size;

  /** Indexes plus one, by hash; 0 where there is none. Twice as long as {@link #keys}. */
  private int[] slots = new int[32];

  /** Returns the index of a number, which is added unless it is there. */
  int add(int key) {
    int mask = slots.length - 1;
    int slot = hash(key) & mask;
    while (slots[slot] != 0) {
      if (keys[slots[slot] - 1] == key) {
        return slots[slot] - 1;
      }
      slot = (slot + 1) & mask;
    }
    if (size == keys.length) {
      grow();
      return add(key);
    }
    keys[size] = key;
    slots[slot] = ++size;
    return size - 1;
  }

  /** Spreads all bits: which numbers collide must not be for a file to choose easily. */
  private static int hash(int key) {
    int hash = key * 0x9e3779b9;
    hash ^= hash >>> 15;
    hash *= 0x85ebca6b;
    return hash ^ hash >>> 13;
  }

  private void grow() {
    keys = Arrays.copyOf(keys, size * 2);
    slots = new int[keys.length * 2];
    int mask = slots.length - 1;
    for (int i = 0; i < size; i++) {
      int slot = hash(keys[i]) & mask;
      while (slots[slot] != 0) {
        slot = (slot + 1) & mask;
      }
      slots[slot] = i + 1;
    }
  }
}
