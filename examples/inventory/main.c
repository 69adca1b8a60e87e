#include "inventory.h"

#include <stdio.h>

static const char *const default_order[] = { "BOLT-M8", "NUT-M8", "WASHER-8", "BOLT-M10" };

int main(int argc, char **argv) {
  setvbuf(stdout, NULL, _IOLBF, 0); /* lines must not be lost when something dies */
  struct inventory inv;
  inventory_init(&inv, 8);
  inventory_add(&inv, "BOLT-M8", 200, 15);
  inventory_add(&inv, "NUT-M8", 500, 4);
  inventory_add(&inv, "BOLT-M8", 100, 18);
  inventory_add(&inv, "WASHER-8", 1000, 1);

  const char *const *order = argc > 1 ? (const char *const *)argv + 1 : default_order;
  size_t n = argc > 1 ? (size_t)argc - 1 : sizeof default_order / sizeof *default_order;
  printf("An order of %zu articles:\n", n);
  unsigned sum = print_order(&inv, order, n);
  printf("  %-10s %4u.%02u\n", "sum", sum / 100, sum % 100);
  return 0;
}
