/* Property, in pattern_lua_fuzz.lua: Lua's patterns do what they do in Lua. */
#include "fuzz_lua.h"

static const luaL_Reg modules[] = {
    {"budget", pm_open_budget},
    {"pattern", pm_open_pattern},
    {NULL, NULL},
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  return fuzz_lua("tests/pattern_lua_fuzz.lua", modules, data, size);
}
