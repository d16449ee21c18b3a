/*
 * The fields of a JSON object that stands in one line, as places in it: what a
 * record needs to decode the one field that is read and to write the others
 * back as they came.
 */
#ifndef PM_RECORD_H
#define PM_RECORD_H

#include <stddef.h>
#include <stdint.h>

#include "data/json.h"

/* Longer lines are refused: places are 32 bits. */
#define PM_RECORD_MAX ((size_t)UINT32_MAX - 1)

typedef struct pm_field {
  uint32_t key, key_end;     /* inside of the quotes */
  uint32_t value, value_end; /* the whole value, a string with its quotes */
  uint8_t key_escaped;       /* has the key a backslash? */
  uint8_t value_escaped;     /* is it a string with a backslash? */
  uint8_t state, plan;       /* 0; for the use of who keeps the fields */
} pm_field;

typedef struct pm_object {
  uint32_t open, close; /* the places of its braces */
  uint32_t count;       /* how many fields */
} pm_object;

/*
 * Checks the whole of `s->text` and finds the fields of the one object that
 * it is. Writes the first `room` of them to `fields` [room]; when there are
 * more (`object->count` > `room`), call again with more room. Returns 0, or -1
 * after filling in `s->error`.
 */
int pm_record_scan(pm_json_scan *s, pm_object *object, pm_field *fields,
                   size_t room);

/*
 * Returns the number of the last field of `fields` [count] whose key is `key`
 * [len], the one whose value counts, or -1.
 */
int64_t pm_record_find(const char *line, const pm_field *fields, size_t count,
                       const char *key, size_t len);

#endif
