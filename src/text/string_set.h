/*
 * A set of byte strings in one block of memory that the caller brings: built
 * once, then asked many times.
 *
 *   void *memory = malloc(pm_string_set_size(count, bytes));
 *   pm_string_set *set = pm_string_set_init(memory, count);
 *   pm_string_set_add(set, "the", 3);      // up to `count` times
 *   pm_string_set_has(set, text + 4, 3);
 */
#ifndef PM_TEXT_STRING_SET_H
#define PM_TEXT_STRING_SET_H

#include <stddef.h>
#include <stdint.h>

typedef struct pm_string_set pm_string_set;

/* Bytes of memory for `count` strings of `bytes` bytes together, or 0 when
 * that is more than there can be (2^30 strings, 4 GiB). */
size_t pm_string_set_size(size_t count, size_t bytes);

/* Makes an empty set for up to `count` strings in `memory`, which has the size
 * above and the alignment of any object. */
pm_string_set *pm_string_set_init(void *memory, size_t count);

/* Puts a copy of the string in, unless it is there already. */
void pm_string_set_add(pm_string_set *set, const char *s, size_t len);

int pm_string_set_has(const pm_string_set *set, const char *s, size_t len);

/* The same in two steps, for a string that is looked up in many sets. */
uint32_t pm_string_set_hash(const char *s, size_t len);
int pm_string_set_holds(const pm_string_set *set, uint32_t hash, const char *s,
                        size_t len);

/* How many different strings there are. */
size_t pm_string_set_count(const pm_string_set *set);

#endif
