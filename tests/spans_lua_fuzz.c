/* Property, in spans_lua_fuzz.lua: methods of Spans do what plain Lua does. */
#include "fuzz_lua.h"

static const luaL_Reg modules[] = {
    {"regex", pm_open_regex},
    {"spans", pm_open_spans},
    {"token", pm_open_token},
    {NULL, NULL},
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  return fuzz_lua("tests/spans_lua_fuzz.lua", modules, data, size);
}
