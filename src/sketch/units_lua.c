#include <string.h>

#include <lauxlib.h>

#include "sketch/units_lua.h"
#include "text/memory_lua.h"
#include "text/spans_lua.h"

static pm_unit *from_spans(lua_State *L, int arg, size_t *count) {
  pm_spans *s = pm_spans_check(L, arg);
  const char *text = pm_spans_text(L, arg, NULL);
  pm_unit *unit = pm_memory_push(L, s->count * sizeof *unit);
  for (size_t i = 0; i < s->count; i++) {
    pm_span at = s->at[i];
    unit[i].hash = pm_unit_hash(text + at.start, at.end - at.start);
    unit[i].start = at.start;
    unit[i].end = at.end;
  }
  *count = s->count;
  return unit;
}

pm_unit *pm_units_push(lua_State *L, int arg,
                       size_t (*next)(pm_units *, pm_unit *, size_t),
                       size_t *count) {
  if (luaL_testudata(L, arg, PM_SPANS))
    return from_spans(L, arg, count);
  size_t len;
  const char *text = luaL_checklstring(L, arg, &len);
  luaL_argcheck(L, len <= PM_TEXT_MAX, arg, "text longer than 4 GiB");

  /* Running prose has a word every six bytes; grow when there are more. */
  pm_units at = {.text = text, .len = len};
  size_t room = len / (next == pm_units_words ? 5 : 1) + 2 * PM_UNITS_ROOM;
  pm_unit *unit = pm_memory_push(L, room * sizeof *unit);
  size_t n, got = 0;
  while ((n = next(&at, unit + got, room - got)) > 0) {
    got += n;
    if (room - got < PM_UNITS_ROOM) {
      pm_unit *more = pm_memory_push(L, 2 * room * sizeof *unit);
      memcpy(more, unit, got * sizeof *unit);
      pm_memory_free(L, -2);
      lua_replace(L, -2);
      unit = more;
      room *= 2;
    }
  }
  *count = got;
  return unit;
}
