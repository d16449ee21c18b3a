/*
 * pumice.core: the C functions of every module, one table each. People use
 * them through the documented Lua files in lua/pumice.
 */
#include <lauxlib.h>
#include <lua.h>

#include "core_lua.h"

static const luaL_Reg modules[] = {
    {"align", pm_open_align},
    {"candidates", pm_open_candidates},
    {"near", pm_open_near},
    {"pack", pm_open_pack},
    {"input", pm_open_input},
    {"csv", pm_open_csv},
    {"warc", pm_open_warc},
    {"output", pm_open_output},
    {"spill", pm_open_spill},
    {"budget", pm_open_budget},
    {"process", pm_open_process},
    {"repeats", pm_open_repeats},
    {"seen", pm_open_seen},
    {"shingle", pm_open_shingle},
    {"sketch", pm_open_sketch},
    {"json", pm_open_json},
    {"pack", pm_open_pack},
    {"record", pm_open_record},
    {"block", pm_open_block},
    {"spans", pm_open_spans},
    {"charset", pm_open_charset},
    {"matchable", pm_open_matchable},
    {"text", pm_open_text},
    {"token", pm_open_token},
    {"phrases", pm_open_phrases},
    {"regex", pm_open_regex},
    {"bpe", pm_open_bpe},
    {NULL, NULL},
};

int luaopen_pumice_core(lua_State *L) {
  lua_newtable(L);
  for (const luaL_Reg *m = modules; m->name; m++) {
    lua_pushcfunction(L, m->func);
    lua_call(L, 0, 1);
    lua_setfield(L, -2, m->name);
  }
  return 1;
}
