#include "sketch/hashes_lua.h"

#include <string.h>

#include <lauxlib.h>

#include "sketch/shingle_reader.h"
#include "sketch/units_lua.h"
#include "text/memory_lua.h"
#include "text/spans_lua.h"

void pm_hashes_of_text(lua_State *L, const char *text, size_t len, unsigned n,
                       pm_hashes *hashes) {
  size_t got, room = PM_HASHES_FEW;
  uint64_t *hash = &hashes->few[0];
  pm_shingle_reader r;
  pm_shingle_reader_begin(&r, text, len, n);
  hashes->count = 0;
  while ((got = pm_shingle_read(&r, hash + hashes->count)) > 0) {
    hashes->count += got;
    if (room - hashes->count < PM_SHINGLE_READER_ROOM) {
      room *= 2;
      uint64_t *more = lua_newuserdatauv(L, room * sizeof *hash, 0);
      memcpy(more, hash, hashes->count * sizeof *hash);
      hash = more;
    }
  }
  hashes->at = hash;
  hashes->words = r.units;
}

static void of_spans(lua_State *L, int arg, unsigned n, pm_hashes *hashes) {
  uint64_t *hash = &hashes->few[0];
  const pm_unit *unit = pm_units_push(L, arg, pm_units_words, &hashes->words);
  int owner = lua_gettop(L);
  hashes->count = pm_shingle_count(hashes->words, n);
  if (hashes->count > PM_HASHES_FEW)
    hash = lua_newuserdatauv(L, hashes->count * sizeof *hash, 0);
  pm_shingle_hashes(unit, hashes->words, n, hash);
  hashes->at = hash;
  pm_memory_free(L, owner);
}

void pm_hashes_of(lua_State *L, int arg, unsigned n, pm_hashes *hashes) {
  if (luaL_testudata(L, arg, PM_SPANS)) {
    of_spans(L, arg, n, hashes);
    return;
  }
  size_t len;
  const char *text = luaL_checklstring(L, arg, &len);
  luaL_argcheck(L, len <= PM_TEXT_MAX, arg, "text longer than 4 GiB");
  pm_hashes_of_text(L, text, len, n, hashes);
}

unsigned pm_hashes_width(lua_State *L, int arg) {
  lua_Integer n = luaL_checkinteger(L, arg);
  luaL_argcheck(L, n >= 1 && n <= PM_SHINGLE_WIDEST, arg, "n is 1 to 64");
  return (unsigned)n;
}
