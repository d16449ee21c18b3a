/* Property, in bpe_lua_fuzz.lua: a vocabulary is refused or gives texts back.
 */
#include "fuzz_lua.h"

static const luaL_Reg modules[] = {
    {"bpe", pm_open_bpe},       {"charset", pm_open_charset},
    {"json", pm_open_json},     {"matchable", pm_open_matchable},
    {"script", pm_open_script}, {"record", pm_open_record},
    {"regex", pm_open_regex},   {"sha256", pm_open_sha256},
    {"spans", pm_open_spans},   {"text", pm_open_text},
    {"token", pm_open_token},   {NULL, NULL},
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  return fuzz_lua("tests/bpe_lua_fuzz.lua", modules, data, size);
}
