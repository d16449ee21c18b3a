#include <lauxlib.h>
#include <lua.h>

#include "core_lua.h"
#include "match/align.h"
#include "match/diff.h"
#include "match/frame.h"
#include "match/moves.h"
#include "match/readable.h"
#include "sketch/shingle_lua.h"
#include "sketch/units_lua.h"
#include "text/memory_lua.h"

static void set_integer(lua_State *L, const char *key, size_t value) {
  lua_pushinteger(L, (lua_Integer)value);
  lua_setfield(L, -2, key);
}

static void set_share(lua_State *L, const char *key, size_t part,
                      size_t whole) {
  lua_pushnumber(L, whole ? (lua_Number)part / (lua_Number)whole : 0);
  lua_setfield(L, -2, key);
}

/* Sets `first` and `last` of the bytes from `start` to `end` (excluded). */
static void set_range(lua_State *L, const char *first, uint32_t start,
                      const char *last, uint32_t end) {
  set_integer(L, first, (size_t)start + 1);
  set_integer(L, last, end);
}

static void *scratch_of(lua_State *L, size_t size) {
  return lua_newuserdatauv(L, size, 0);
}

static void push_passages(lua_State *L, const pm_unit *a, const pm_unit *b,
                          const pm_passage *p, size_t count) {
  lua_createtable(L, (int)count, 0);
  for (size_t i = 0; i < count; i++) {
    lua_createtable(L, 0, 4);
    set_range(L, "first", a[p[i].a].start, "last", a[p[i].a_end - 1].end);
    set_range(L, "their_first", b[p[i].b].start, "their_last",
              b[p[i].b_end - 1].end);
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
}

/* The words of the text at `arg` but for those that `without` knows. */
static pm_unit *push_words(lua_State *L, int arg, unsigned n,
                           const pm_shingles *without, size_t *count) {
  pm_unit *word = pm_units_push(L, arg, pm_units_words, count);
  if (without) {
    pm_shingle *seen = pm_memory_push(L, *count * sizeof *seen);
    *count = pm_frame_cut(word, *count, n, without->set, without->count,
                          without->rate, seen);
    pm_memory_free(L, -1);
    lua_pop(L, 1);
  }
  return word;
}

/* align.reuse(text, text, n, gap, min_words, min_share, without)
 * --> evidence */
static int align_reuse(lua_State *L) {
  luaL_checkstring(L, 1);
  luaL_checkstring(L, 2);
  lua_Integer n = luaL_checkinteger(L, 3);
  lua_Integer gap = luaL_checkinteger(L, 4);
  lua_Integer min_words = luaL_checkinteger(L, 5);
  pm_align_options options = {.min_share = luaL_checknumber(L, 6)};
  luaL_argcheck(L, n >= 1 && n <= PM_SHINGLE_WIDEST, 3, "n is 1 to 64");
  luaL_argcheck(L, gap >= 0 && gap <= PM_ALIGN_GAP, 4, "gap is 0 to 32");
  luaL_argcheck(L, min_words >= 1 && min_words <= UINT32_MAX, 5,
                "min_words is at least 1");
  options.n = (unsigned)n;
  options.gap = (uint32_t)gap;
  options.min_words = (uint32_t)min_words;

  const pm_shingles *without =
      lua_isnoneornil(L, 7) ? NULL : pm_shingles_check(L, 7);
  if (without && (without->n != options.n || without->kind != 0))
    return luaL_error(
        L, "option 'without' is shingles of %d words, not of %d %s",
        (int)options.n, (int)without->n, pm_shingle_kind(without->kind));

  size_t na, nb;
  int owner = lua_gettop(L) + 1;
  const pm_unit *a = push_words(L, 1, options.n, without, &na);
  const pm_unit *b = push_words(L, 2, options.n, without, &nb);
  pm_passage *p = pm_memory_push(L, pm_align_most(na, nb) * sizeof *p);
  void *scratch = pm_memory_push(L, pm_align_scratch(na, nb));
  pm_reuse r = pm_align(a, na, b, nb, &options, scratch, p);
  pm_memory_free(L, -1);

  lua_createtable(L, 0, 8);
  set_integer(L, "words", na);
  set_integer(L, "their_words", nb);
  set_share(L, "jaccard", r.shared, r.distinct_a + r.distinct_b - r.shared);
  set_share(L, "contained", r.shared, r.distinct_a);
  set_share(L, "contains", r.shared, r.distinct_b);
  set_share(L, "aligned", r.words_a, na);
  set_share(L, "their_aligned", r.words_b, nb);
  push_passages(L, a, b, p, r.passages);
  lua_setfield(L, -2, "passages");
  for (int i = 0; i < 3; i++)
    pm_memory_free(L, owner + i);
  return 1;
}

typedef struct pieces {
  pm_unit *at;
  uint8_t *border;
  size_t count;
} pieces;

static pieces push_pieces(lua_State *L, int arg, int exact) {
  size_t len, words;
  const char *text = luaL_checklstring(L, arg, &len);
  const pm_unit *word = pm_units_push(L, arg, pm_units_words, &words);
  int owner = lua_gettop(L);
  pieces p = {scratch_of(L, (words + 1) * sizeof *p.at),
              scratch_of(L, words + 2), 0};
  p.count = pm_readable_cut(text, len, word, words, exact, p.at, p.border);
  pm_memory_free(L, owner);
  return p;
}

/* The first byte of the piece, or the end of the text. */
static uint32_t start_of(const pieces *p, uint32_t i) {
  if (i < p->count)
    return p->at[i].start;
  return p->count ? p->at[p->count - 1].end : 0;
}

/* align.diff(text, text, exact, least words of a move or nil) --> list of
 * edits */
static int align_diff(lua_State *L) {
  static const char *const name[] = {"same", "delete", "insert", "replace",
                                     "move"};
  int exact = lua_toboolean(L, 3);
  lua_Integer least = luaL_optinteger(L, 4, 0);
  luaL_argcheck(L, least >= 0 && least <= UINT32_MAX, 4, "at least 1 word");
  pieces a = push_pieces(L, 1, exact), b = push_pieces(L, 2, exact);
  size_t both = a.count + b.count;
  luaL_argcheck(L, both < (size_t)1 << 30, 1, "texts too long to compare");
  pm_edit *edit = scratch_of(L, (both + 1) * sizeof *edit);
  void *scratch = scratch_of(L, pm_diff_scratch(a.count, b.count));
  size_t count = pm_diff(a.at, a.count, b.at, b.count, scratch, edit);
  count = pm_readable_edits(edit, count, a.at, b.at, a.border, b.border);

  if (least) {
    pm_edit *split = scratch_of(L, (both + 1) * sizeof *split);
    scratch = scratch_of(L, pm_moves_scratch(a.count, b.count));
    count = pm_moves_find(edit, count, a.at, a.count, b.at, b.count,
                          (uint32_t)least, scratch, split);
    edit = split;
  }

  lua_createtable(L, (int)count, 0);
  for (size_t i = 0; i < count; i++) {
    lua_createtable(L, 0, 6);
    lua_pushstring(L, name[edit[i].op]);
    lua_setfield(L, -2, "op");
    if (edit[i].op == PM_DIFF_MOVE)
      set_integer(L, "other", edit[i].other + (size_t)1);
    set_range(L, "first", start_of(&a, edit[i].a), "last",
              start_of(&a, edit[i].a_end));
    set_range(L, "their_first", start_of(&b, edit[i].b), "their_last",
              start_of(&b, edit[i].b_end));
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
  return 1;
}

static const luaL_Reg functions[] = {
    {"reuse", align_reuse},
    {"diff", align_diff},
    {NULL, NULL},
};

int pm_open_align(lua_State *L) {
  luaL_newlib(L, functions);
  return 1;
}
