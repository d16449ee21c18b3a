/* Samples of the shingles of a text, as packed sets. */
#ifndef PM_SAMPLE_LUA_H
#define PM_SAMPLE_LUA_H

#include <lua.h>

#include "sketch/hashes_lua.h"

/* What a sample is of, and how large it is: see pm_sample. */
typedef struct pm_sample_form {
  unsigned n; /* words in a shingle */
  size_t enough;
  unsigned rate;
} pm_sample_form;

/* The arguments n, enough and rate, from `arg` on. */
pm_sample_form pm_sample_check(lua_State *L, int arg);

/* A sample as a packed set. */
typedef struct pm_sampled {
  const char *packed; /* [len] `few`, or in a userdata on the stack */
  size_t len;
  size_t words; /* of the text */
  char few[PM_SHINGLE_PACKED_HEAD + 8 * PM_HASHES_FEW];
} pm_sampled;

/* Samples `text` [len], len <= PM_TEXT_MAX. Pushes what it needs beyond `few`.
 */
void pm_sample_text(lua_State *L, const char *text, size_t len,
                    pm_sample_form form, pm_sampled *out);

/* sketch.sample(text or spans, n, enough, rate) --> packed set, words: one in
 * 2^rate of the shingles of n words, more if these are not `enough` */
int pm_sample_lua(lua_State *L);

#endif
