/* The hashes of the word shingles of a text, for bindings that make something
 * else of them. */
#ifndef PM_HASHES_LUA_H
#define PM_HASHES_LUA_H

#include <lua.h>

#include "sketch/shingle.h"

/* Hashes that need no userdata: those of most articles. */
enum { PM_HASHES_FEW = 4096 };

typedef struct pm_hashes {
  const uint64_t *at; /* [count] `few`, or in a userdata on the stack */
  size_t count, words;
  uint64_t few[PM_HASHES_FEW];
} pm_hashes;

/* The hashes of the shingles of n words of `text` [len], len <= PM_TEXT_MAX.
 * Pushes what it needs beyond `few`. */
void pm_hashes_of_text(lua_State *L, const char *text, size_t len, unsigned n,
                       pm_hashes *hashes);

/* The same of the text or Spans at `arg`; raises when the text is too long. */
void pm_hashes_of(lua_State *L, int arg, unsigned n, pm_hashes *hashes);

/* The width of shingles of words at `arg`, 1 to PM_SHINGLE_WIDEST. */
unsigned pm_hashes_width(lua_State *L, int arg);

#endif
