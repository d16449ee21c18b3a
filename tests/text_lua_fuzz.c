/* Property, in text_lua_fuzz.lua: what is done twice is done once. */
#include "fuzz_lua.h"

static const luaL_Reg modules[] = {
    {"charset", pm_open_charset},
    {"json", pm_open_json},
    {"language", pm_open_language},
    {"matchable", pm_open_matchable},
    {"record", pm_open_record},
    {"regex", pm_open_regex},
    {"script", pm_open_script},
    {"spans", pm_open_spans},
    {"text", pm_open_text},
    {"token", pm_open_token},
    {NULL, NULL},
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  return fuzz_lua("tests/text_lua_fuzz.lua", modules, data, size);
}
