#ifndef INVENTORY_H
#define INVENTORY_H

#include <stddef.h>

/* One kind of article: its name, how many lie on the shelf, what they cost together in cents. */
struct item {
  char sku[12];
  unsigned count;
  unsigned total_cents;
  struct item *next; /* the next item of the same bucket */
};

/* A hash table with chains, by stock-keeping unit. */
struct inventory {
  size_t bucket_count;
  struct item **buckets;
};

void inventory_init(struct inventory *inv, size_t bucket_count);
struct item *inventory_find(const struct inventory *inv, const char *sku);
void inventory_add(struct inventory *inv, const char *sku, unsigned count, unsigned cents_each);

/* The mean price of one piece, in cents. */
unsigned mean_price(const struct inventory *inv, const char *sku);

/* Prints an order's lines and returns their sum, in cents. */
unsigned print_order(const struct inventory *inv, const char *const *skus, size_t n);

#endif
