#include "inventory.h"

#include <stdio.h>

unsigned mean_price(const struct inventory *inv, const char *sku) {
  /* The bug: an unknown article gives NULL. On most machines the next line would end here with a
     segmentation fault; in WebAssembly address 0 is memory like any other, and reads as zero. */
  const struct item *it = inventory_find(inv, sku);
  return it->total_cents / it->count;
}

unsigned print_order(const struct inventory *inv, const char *const *skus, size_t n) {
  unsigned sum = 0;
  for (size_t i = 0; i < n; i++) {
    unsigned cents = mean_price(inv, skus[i]);
    printf("  %-10s %4u.%02u\n", skus[i], cents / 100, cents % 100);
    sum += cents;
  }
  return sum;
}
