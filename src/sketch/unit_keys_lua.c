/*
 * core.unit_keys: the key of each unit of a text, a line or a paragraph, all of
 * them in one call. A corpus has a hundred times as many lines as documents: to
 * fold, count and hash one by one from Lua takes ten times as long.
 */
#include <stdbool.h>

#include <lauxlib.h>
#include <lua.h>

#include "core_lua.h"
#include "sketch/seen.h"
#include "text/buffer_lua.h"
#include "text/matchable.h"
#include "text/spans_lua.h"
#include "text/utf8.h"
#include "text/words.h"

/* What text.matchable takes by default. */
enum {
  FOLDED = PM_MATCH_CASE | PM_MATCH_MARKS | PM_MATCH_QUOTES | PM_MATCH_DASHES |
           PM_MATCH_SPACES | PM_MATCH_SQUEEZE
};

typedef struct folding {
  pm_buffer *out, *map, *wide;
} folding;

static bool has_words(const char *unit, size_t len, lua_Integer least) {
  pm_span word[128];
  pm_words it = pm_words_begin(unit, len, 0);
  size_t count = 1;
  while (least > 0 && count > 0) {
    count = pm_words_next(&it, word, 128);
    least -= (lua_Integer)count;
  }
  return least <= 0;
}

/* The key of a unit as text.matchable has it, without blanks around it; of one
 * that is not UTF-8 as it is. */
static void folded_key(lua_State *L, const folding *f, const char *unit,
                       size_t len, unsigned char *key) {
  if (pm_utf8_check(unit, len) < len) {
    pm_seen_key(unit, len, key);
    return;
  }
  f->out->len = f->map->len = f->wide->len = 0;
  if (pm_matchable_make(unit, len, FOLDED, f->out, f->map, f->wide) != 0)
    luaL_error(L, "not enough memory for a text of %I bytes", (lua_Integer)len);
  const char *form = f->out->at ? f->out->at : "";
  size_t first = 0, end = f->out->len;
  first += first < end && form[first] == ' ';
  end -= first < end && form[end - 1] == ' ';
  pm_seen_key(form + first, end - first, key);
}

/* unit_keys.of(units, least, fold) --> Spans of those with so many words, their
 * keys, one after the other (see sketch/seen.h) */
static int keys_of(lua_State *L) {
  const pm_spans *units = pm_spans_check(L, 1);
  lua_Integer least = luaL_checkinteger(L, 2);
  bool fold = lua_toboolean(L, 3);
  size_t text_len;
  const char *text = pm_spans_text(L, 1, &text_len);
  luaL_argcheck(L, text_len <= PM_OFFSETS_MAX, 1, "text longer than 2 GiB");
  pm_spans *kept = pm_spans_over(L, 1);
  int result = lua_gettop(L);
  pm_buffer *keys = pm_buffer_push(L);
  folding f;
  f.out = pm_buffer_push(L);
  f.map = pm_buffer_push(L);
  f.wide = pm_buffer_push(L);
  for (size_t i = 0; i < units->count; i++) {
    const char *unit = text + units->at[i].start;
    size_t len = units->at[i].end - units->at[i].start;
    if (!has_words(unit, len, least))
      continue;
    unsigned char key[PM_SEEN_KEY];
    if (fold)
      folded_key(L, &f, unit, len, key);
    else
      pm_seen_key(unit, len, key);
    if (pm_buffer_add(keys, key, sizeof key) != 0)
      return luaL_error(L, "not enough memory");
    *pm_spans_room(L, kept, 1) = units->at[i];
    kept->count++;
  }
  pm_buffer_free(f.out);
  pm_buffer_free(f.map);
  pm_buffer_free(f.wide);
  lua_pushvalue(L, result);
  pm_buffer_take(L, keys);
  return 2;
}

static const luaL_Reg functions[] = {{"of", keys_of}, {NULL, NULL}};

int pm_open_unit_keys(lua_State *L) {
  luaL_newlib(L, functions);
  return 1;
}
