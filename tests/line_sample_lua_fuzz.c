/* Property, in line_sample_lua_fuzz.lua: lines of which little is asked say the
 * same as lines that are read whole. */
#include "fuzz_lua.h"

static const luaL_Reg modules[] = {
    {"json", pm_open_json},
    {"line_block", pm_open_line_block},
    {"record", pm_open_record},
    {"seen", pm_open_seen},
    {"sets", pm_open_sets},
    {"sketch", pm_open_sketch},
    {NULL, NULL},
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  return fuzz_lua("tests/line_sample_lua_fuzz.lua", modules, data, size);
}
