/* Property, in journal_lua_fuzz.lua: a journal that is cut off is what it was.
 */
#include "fuzz_lua.h"

static const luaL_Reg modules[] = {
    {"input", pm_open_input},
    {"json", pm_open_json},
    {"output", pm_open_output},
    {"pack", pm_open_pack},
    {"process", pm_open_process},
    {"record", pm_open_record},
    {NULL, NULL},
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  return fuzz_lua("tests/journal_lua_fuzz.lua", modules, data, size);
}
