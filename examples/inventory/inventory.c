#include "inventory.h"

#include <stdlib.h>
#include <string.h>

static size_t hash(const char *s) {
  size_t h = 5381;
  while (*s) h = h * 33 + (unsigned char)*s++;
  return h;
}

void inventory_init(struct inventory *inv, size_t bucket_count) {
  inv->bucket_count = bucket_count;
  inv->buckets = calloc(bucket_count, sizeof *inv->buckets);
}

struct item *inventory_find(const struct inventory *inv, const char *sku) {
  struct item *it = inv->buckets[hash(sku) % inv->bucket_count];
  while (it && strcmp(it->sku, sku) != 0) it = it->next;
  return it;
}

void inventory_add(struct inventory *inv, const char *sku, unsigned count, unsigned cents_each) {
  struct item *it = inventory_find(inv, sku);
  if (!it) {
    struct item **bucket = &inv->buckets[hash(sku) % inv->bucket_count];
    it = calloc(1, sizeof *it);
    strncpy(it->sku, sku, sizeof it->sku - 1);
    it->next = *bucket;
    *bucket = it;
  }
  it->count += count;
  it->total_cents += count * cents_each;
}
