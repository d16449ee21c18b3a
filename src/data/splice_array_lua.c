/*
 * An array that became shorter or longer has its elements matched with those
 * of the text, so that what was only moved up or down keeps its bytes. While
 * there are too many old elements, the next ones may be cut up to one that is
 * equal; while there are too few, new ones may be put in before one.
 */
#include <string.h>

#include "data/splice_lua.h"

/* How far ahead an equal element is looked for. */
enum { LOOK_AHEAD = 32 };

static const char *splice_element(pm_splice *s, const char *p, int at,
                                  pm_path *here, int depth) {
  lua_State *L = s->w->L;
  lua_rawgeti(L, at, here->index);
  p = pm_splice_value(s, p, lua_gettop(L), here, depth);
  lua_pop(L, 1);
  return p;
}

static void write_element(pm_splice *s, int at, pm_path *here, int depth) {
  lua_State *L = s->w->L;
  lua_rawgeti(L, at, here->index);
  pm_json_write(s->w, lua_gettop(L), here, depth);
  lua_pop(L, 1);
}

/* Is element i of the table at `at` equal to the value at `p`? */
static bool equal_element(pm_splice *s, const char *p, int at, lua_Integer i) {
  lua_State *L = s->w->L;
  lua_rawgeti(L, at, i);
  bool equal = pm_splice_equal(s, p, lua_gettop(L)) != NULL;
  lua_pop(L, 1);
  return equal;
}

/* How many old elements from `p` on go, of at most `most`, because the one
 * behind them is equal to new element i. 0 when none is. */
static lua_Integer count_cuts(pm_splice *s, const char *p, int at,
                              lua_Integer i, lua_Integer most) {
  for (lua_Integer k = 0; k <= most && k <= LOOK_AHEAD; k++) {
    if (equal_element(s, p, at, i))
      return k;
    p = pm_json_value(&s->scan, p, 0);
    p = pm_json_next(p, s->scan.end);
    if (*p == ']')
      break;
  }
  return 0;
}

/* How many new elements from i on come in before the old one at `p`. */
static lua_Integer count_inserts(pm_splice *s, const char *p, int at,
                                 lua_Integer i, lua_Integer most) {
  for (lua_Integer k = 0; k <= most && k <= LOOK_AHEAD; k++)
    if (equal_element(s, p, at, i + k))
      return k;
  return 0;
}

/* Writes `count` new elements before the old one at `p`. */
static void insert(pm_splice *s, const pm_members *m, const char *p, int at,
                   lua_Integer count, pm_path *here, int depth) {
  if (count > 0)
    pm_splice_copy(s, p, p);
  for (; count > 0; count--, here->index++) {
    write_element(s, at, here, depth);
    if (m->gap_len > 0)
      pm_json_put(s->w, m->gap, m->gap_len);
    else
      pm_json_put(s->w, s->w->comma, strlen(s->w->comma));
  }
}

static const char *cut(pm_splice *s, pm_members *m, const char *p) {
  const char *end = pm_json_value(&s->scan, p, 0);
  pm_members_next(m, p);
  pm_members_cut(s, m, p, end);
  return pm_json_next(end, s->scan.end);
}

static lua_Integer count_elements(pm_splice *s, const char *p) {
  lua_Integer n = 0;
  for (p = pm_json_blanks(p + 1, s->scan.end); *p != ']'; n++)
    p = pm_json_next(pm_json_value(&s->scan, p, 0), s->scan.end);
  return n;
}

const char *pm_splice_array(pm_splice *s, const char *open, int at,
                            pm_path *here, int depth) {
  lua_Integer n = pm_json_array_length(s->w, at, here);
  lua_Integer more = n - count_elements(s, open); /* new ones than old ones */
  pm_members m = {0};
  const char *p = pm_json_blanks(open + 1, s->scan.end);
  here->index = 1;
  while (*p != ']') {
    lua_Integer cuts = 0, inserts = 0;
    if (more < 0)
      cuts = here->index > n ? -more : count_cuts(s, p, at, here->index, -more);
    else if (more > 0)
      inserts = count_inserts(s, p, at, here->index, more);
    more += cuts - inserts;
    for (; cuts > 0; cuts--)
      p = cut(s, &m, p);
    if (*p == ']')
      break;
    insert(s, &m, p, at, inserts, here, depth);
    pm_members_next(&m, p);
    pm_members_keep(s, &m, p);
    m.end = splice_element(s, p, at, here, depth);
    here->index++;
    p = pm_json_next(m.end, s->scan.end);
  }
  pm_members_end(s, &m, open);
  for (; here->index <= n; here->index++) {
    pm_members_add(s, &m);
    write_element(s, at, here, depth);
  }
  return p + 1;
}
