/*
 * A record writes the line it was given, also after all was read. After one
 * field was set or removed, a second record sees that and all others as they
 * were. What decode reads, encode writes for decode to read again.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>

#include "core_lua.h"

static const char property[] =
    "local line, core = ...\n"
    "local record = core.record.maker(function() return false end)\n"
    "local json = core.json\n"
    "local encode = json.encoder(function() return 0 end)\n"
    "local function same(a, b)\n"
    "  if type(a) ~= 'table' then\n"
    "    return a == b and math.type(a) == math.type(b)\n"
    "  end\n"
    "  for k, v in pairs(a) do if not same(v, b[k]) then return false end end\n"
    "  for k in pairs(b) do if a[k] == nil then return false end end\n"
    "  return json.type(a) == json.type(b)\n"
    "end\n"
    "local value = json.decode(line)\n"
    "if value ~= nil then\n"
    "  local ok, text = pcall(encode, value)\n"
    "  assert(not ok and text:find 'infinite' or same(value, "
    "json.decode(text)))\n"
    "end\n"
    "local doc = record(line)\n"
    "if not doc then return end\n"
    "assert(tostring(doc) == line)\n"
    "local fields = {}\n"
    "for k, v in pairs(doc) do fields[k] = v end\n"
    "assert(same(fields, value) and tostring(doc) == line)\n"
    "for changed in pairs(fields) do\n"
    "  for _, new in ipairs { '~', false, {} } do\n"
    "    local one = record(line)\n"
    "    if new == false then one[changed] = nil else one[changed] = new end\n"
    "    one.added = changed\n"
    "    local again = assert(record(tostring(one)))\n"
    "    assert(again.added == changed)\n"
    "    if changed ~= 'added' then\n"
    "      if new == false then assert(again[changed] == nil)\n"
    "      elseif new == '~' then assert(again[changed] == '~')\n"
    "      else assert(next(again[changed]) == nil) end\n"
    "    end\n"
    "    for k, v in pairs(fields) do\n"
    "      assert(k == changed or k == 'added' or same(v, again[k]))\n"
    "    end\n"
    "  end\n"
    "  local deep = record(line)\n"
    "  local inside = deep[changed]\n"
    "  if type(inside) == 'table' then\n"
    "    local a = json.type(inside) == 'array'\n"
    "    if a then table.remove(inside, (#inside + 1) // 2) else inside.new = "
    "1 end\n"
    "    local ok, text = pcall(tostring, deep)\n"
    "    if ok then assert(same(inside, record(text)[changed]))\n"
    "    else assert(text:find 'infinite') end\n"
    "  end\n"
    "end\n";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* One state for all: making one takes longer than the rest. */
static lua_State *shared;

static void open_shared(void) {
  lua_State *L = shared = luaL_newstate();
  if (!L)
    abort();
  luaL_openlibs(L);
  if (luaL_loadstring(L, property) != LUA_OK)
    abort();
  luaopen_pumice_core(L);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (!shared)
    open_shared();
  lua_State *L = shared;
  lua_pushvalue(L, 1);
  lua_pushlstring(L, (const char *)data, size);
  lua_pushvalue(L, 2);
  if (lua_pcall(L, 2, 0, 0) != LUA_OK) {
    fprintf(stderr, "%s\n", lua_tostring(L, -1));
    abort();
  }
  return 0;
}
