/* Property, in record_lua_fuzz.lua: changes to a record change nothing else. */
#include "fuzz_lua.h"

static const luaL_Reg modules[] = {
    {"json", pm_open_json},
    {"record", pm_open_record},
    {NULL, NULL},
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  return fuzz_lua("tests/record_lua_fuzz.lua", modules, data, size);
}
