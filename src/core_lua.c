/*
 * pumice.core: the C functions of every module, one table each. People use
 * them through the documented Lua files in lua/pumice.
 */
#include <lauxlib.h>
#include <lua.h>

#include "core_lua.h"

// clang-format off
static const luaL_Reg modules[] = {
    {"align", pm_open_align},
    {"arena", pm_open_arena},
    {"block", pm_open_block},
    {"bpe", pm_open_bpe},
    {"budget", pm_open_budget},
    {"candidates", pm_open_candidates},
    {"charset", pm_open_charset},
    {"csv", pm_open_csv},
    {"cuts", pm_open_cuts},
    {"echo", pm_open_echo},
    {"input", pm_open_input},
    {"json", pm_open_json},
    {"language", pm_open_language},
    {"line_block", pm_open_line_block},
    {"lock", pm_open_lock},
    {"matchable", pm_open_matchable},
    {"near", pm_open_near},
    {"options", pm_open_options},
    {"output", pm_open_output},
    {"pack", pm_open_pack},
    {"pattern", pm_open_pattern},
    {"phrases", pm_open_phrases},
    {"postings", pm_open_postings},
    {"process", pm_open_process},
    {"ranges", pm_open_ranges},
    {"record", pm_open_record},
    {"regex", pm_open_regex},
    {"repeats", pm_open_repeats},
    {"script", pm_open_script},
    {"seen", pm_open_seen},
    {"sets", pm_open_sets},
    {"sha256", pm_open_sha256},
    {"shingle", pm_open_shingle},
    {"sketch", pm_open_sketch},
    {"sorter", pm_open_sorter},
    {"spans", pm_open_spans},
    {"spill", pm_open_spill},
    {"text", pm_open_text},
    {"token", pm_open_token},
    {"unit_keys", pm_open_unit_keys},
    {"vault", pm_open_vault},
    {"warc", pm_open_warc},
    {NULL, NULL},
};
// clang-format on

int luaopen_pumice_core(lua_State *L) {
  lua_newtable(L);
  for (const luaL_Reg *m = modules; m->name; m++) {
    lua_pushcfunction(L, m->func);
    lua_call(L, 0, 1);
    lua_setfield(L, -2, m->name);
  }
  return 1;
}
