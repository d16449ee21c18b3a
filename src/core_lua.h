/*
 * What each module's binding gives to pumice.core: a function that pushes the
 * table of the module's C functions.
 */
#ifndef PM_CORE_LUA_H
#define PM_CORE_LUA_H

#include <lua.h>

__attribute__((visibility("default"))) int luaopen_pumice_core(lua_State *L);

int pm_open_align(lua_State *L);
int pm_open_arena(lua_State *L);
int pm_open_block(lua_State *L);
int pm_open_bpe(lua_State *L);
int pm_open_budget(lua_State *L);
int pm_open_candidates(lua_State *L);
int pm_open_charset(lua_State *L);
int pm_open_csv(lua_State *L);
int pm_open_cuts(lua_State *L);
int pm_open_echo(lua_State *L);
int pm_open_input(lua_State *L);
int pm_open_json(lua_State *L);
int pm_open_language(lua_State *L);
int pm_open_line_block(lua_State *L);
int pm_open_lock(lua_State *L);
int pm_open_matchable(lua_State *L);
int pm_open_near(lua_State *L);
int pm_open_options(lua_State *L);
int pm_open_output(lua_State *L);
int pm_open_pack(lua_State *L);
int pm_open_pattern(lua_State *L);
int pm_open_phrases(lua_State *L);
int pm_open_postings(lua_State *L);
int pm_open_process(lua_State *L);
int pm_open_ranges(lua_State *L);
int pm_open_record(lua_State *L);
int pm_open_regex(lua_State *L);
int pm_open_repeats(lua_State *L);
int pm_open_script(lua_State *L);
int pm_open_seen(lua_State *L);
int pm_open_sets(lua_State *L);
int pm_open_sha256(lua_State *L);
int pm_open_shingle(lua_State *L);
int pm_open_sketch(lua_State *L);
int pm_open_sorter(lua_State *L);
int pm_open_spans(lua_State *L);
int pm_open_spill(lua_State *L);
int pm_open_text(lua_State *L);
int pm_open_token(lua_State *L);
int pm_open_unit_keys(lua_State *L);
int pm_open_vault(lua_State *L);
int pm_open_warc(lua_State *L);

#endif
