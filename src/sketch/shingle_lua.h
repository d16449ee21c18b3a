/* The Lua object `Shingles`: a set of shingle hashes. */
#ifndef PM_SHINGLE_LUA_H
#define PM_SHINGLE_LUA_H

#include <lua.h>

#include "sketch/shingle.h"

#define PM_SHINGLES "pumice.shingles"

typedef struct pm_shingles {
  uint64_t *set;     /* [count] ascending; in user value 1 */
  pm_shingle *place; /* [total] in the order of the text, or NULL; in 2 */
  size_t count, total;
  size_t units; /* words or characters of the text */
  unsigned n;
  unsigned rate; /* the sample has one in 2^rate */
  unsigned kind; /* PM_SHINGLE_CHARS, PM_SHINGLE_COUNTED */
} pm_shingles;

/* The Shingles at `arg`, or an error that names the argument. */
pm_shingles *pm_shingles_check(lua_State *L, int arg);

/* Pushes a set of words as the string that shingle.unpack takes. */
void pm_shingles_push_packed(lua_State *L, const uint64_t *set, size_t count,
                             unsigned n, unsigned rate);

#endif
