/*
 * Plain values as bytes, to cross from one process to another.
 *
 * A value is a head and what belongs to it: a string's bytes follow its head;
 * a table's head counts its array part and its other keys, and the values of
 * the first and the key, value pairs of the second follow. Lengths and counts
 * are base 128, low digits first; integers are zigzag coded in the same way;
 * floats are their eight bytes, low first. Every value has exactly one form,
 * so equal bytes mean equal values.
 */
#ifndef PM_PACK_H
#define PM_PACK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum pm_pack_kind {
  PM_PACK_NIL,
  PM_PACK_FALSE,
  PM_PACK_TRUE,
  PM_PACK_INTEGER,
  PM_PACK_FLOAT,
  PM_PACK_STRING,
  PM_PACK_TABLE,
  PM_PACK_ARRAY,  /* a table with the mark of a JSON array */
  PM_PACK_OBJECT, /* a table with the mark of a JSON object */
  PM_PACK_NULL,
} pm_pack_kind;

typedef struct pm_pack_item {
  pm_pack_kind kind;
  int64_t integer;
  double number;
  const char *string; /* [len], inside the bytes that were read */
  uint64_t len;
  uint64_t array, pairs; /* of a table */
} pm_pack_item;

/* No head is longer. */
#define PM_PACK_HEAD 21

/* Writes the head of `item` and returns its length. */
size_t pm_pack_put(const pm_pack_item *item, char out[PM_PACK_HEAD]);

/*
 * Reads the item at `*at` < `end` and moves `*at` past it (for a string past
 * its bytes). False if the bytes are damaged; then `*at` has not moved. A
 * table never promises more values than there are bytes left.
 */
bool pm_pack_get(const char **at, const char *end, pm_pack_item *item);

#endif
