/* Property, in pack_lua_fuzz.lua: what unpacks packs to what unpacks the same.
 */
#include "fuzz_lua.h"

static const luaL_Reg modules[] = {
    {"json", pm_open_json},
    {"pack", pm_open_pack},
    {"record", pm_open_record},
    {NULL, NULL},
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  return fuzz_lua("tests/pack_lua_fuzz.lua", modules, data, size);
}
