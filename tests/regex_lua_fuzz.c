/* Property, in regex_lua_fuzz.lua: bulk calls agree with single ones. */
#include "fuzz_lua.h"

static const luaL_Reg modules[] = {
    {"phrases", pm_open_phrases},
    {"regex", pm_open_regex},
    {"spans", pm_open_spans},
    {"token", pm_open_token},
    {NULL, NULL},
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  return fuzz_lua("tests/regex_lua_fuzz.lua", modules, data, size);
}
