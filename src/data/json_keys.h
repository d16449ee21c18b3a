/*
 * Finds a key that comes twice in an object while a text is walked.
 *
 *   pm_json_keys k = {.seed = seed};          // for many texts
 *   pm_json_keys_begin(&k, text, len);        // for each text
 *   uint32_t object = pm_json_keys_enter(&k); // for each object
 *   pm_json_keys_add(&k, start, end, escaped);
 *   pm_json_keys_leave(&k, object);
 *   if (k.twice) report(text + k.start, k.end - k.start);
 *
 * The keys of the objects that are open are on a stack, the innermost object's
 * on top. They are compared when it ends, exactly.
 */
#ifndef PM_JSON_KEYS_H
#define PM_JSON_KEYS_H

#include <stdbool.h>
#include <stdint.h>

#include "text/buffer.h"

/* The place of a key, inside of its quotes. */
typedef struct pm_json_place {
  uint32_t start, end;
} pm_json_place;

typedef struct pm_json_keys {
  const char *text; /* the one at hand: shorter than 4 GiB */
  size_t len;
  pm_buffer stack;     /* pm_json_place */
  pm_buffer table;     /* what keys are compared with, where they are many */
  pm_buffer plain;     /* a key without its escapes */
  uint64_t seed;       /* of the table: unknown to who writes the keys */
  uint32_t count;      /* keys on the stack */
  uint32_t room;       /* and how many may be there */
  pm_json_place place; /* of a key that came twice in its object */
  bool twice;          /* is there one? */
  bool escaped;        /* has any key a backslash? */
  bool failed;         /* memory was short: nobody knows */
} pm_json_keys;

/* Forgets the text before. */
void pm_json_keys_begin(pm_json_keys *k, const char *text, size_t len);

/* Makes room for more keys; false when memory is short. */
bool pm_json_keys_grow(pm_json_keys *k);

/* Compares the keys from number `first` on. */
void pm_json_keys_compare(pm_json_keys *k, uint32_t first);

/* What an object that begins is called until it ends; not 0. */
static inline uint32_t pm_json_keys_enter(const pm_json_keys *k) {
  return k->count + 1;
}

/* Takes note of a key of the innermost object: it stands at [start, end) and
 * has a backslash or not. */
static inline void pm_json_keys_add(pm_json_keys *k, uint32_t start,
                                    uint32_t end, bool escaped) {
  if (k->count == k->room && !pm_json_keys_grow(k))
    return;
  ((pm_json_place *)(void *)k->stack.at)[k->count++] =
      (pm_json_place){start, end};
  k->escaped |= escaped;
}

/* Ends the innermost object, `object`. */
static inline void pm_json_keys_leave(pm_json_keys *k, uint32_t object) {
  if (k->count > object)
    pm_json_keys_compare(k, object - 1);
  k->count = object - 1;
}

void pm_json_keys_free(pm_json_keys *k);

#endif
