/* Byte-pair encoding for Lua: what an encoder does. */
#include "text/bpe_lua.h"

#include "core_lua.h"
#include "text/ids_lua.h"
#include "text/regex_lua.h"
#include "text/spans_lua.h"

/* Output memory that stays with the encoder from call to call. */
#define KEPT_MOST ((size_t)1 << 20)

/* bpe.new() --> encoder, unfinished */
static int bpe_new(lua_State *L) {
  pm_encoder *e = lua_newuserdatauv(L, sizeof *e, 1);
  void *ud;
  lua_Alloc alloc = lua_getallocf(L, &ud);
  pm_bpe_init(&e->bpe, alloc, ud);
  e->out = (pm_buffer){.alloc = alloc, .ud = ud};
  e->finished = false;
  luaL_setmetatable(L, PM_BPE);
  return 1;
}

static int bpe_gc(lua_State *L) {
  pm_encoder *e = pm_encoder_check(L);
  pm_bpe_close(&e->bpe);
  pm_buffer_free(&e->out);
  e->finished = false;
  return 0;
}

static int fail_text(lua_State *L, int code) {
  if (code == PM_BPE_MEMORY)
    return luaL_error(L, "not enough memory for the tokens of a text");
  return pm_regex_fail(L, code);
}

/* Encodes argument 2 to e->out; returns 0 or a code for fail_text. */
static int encode(lua_State *L, pm_encoder *e) {
  size_t len;
  const char *text = luaL_checklstring(L, 2, &len);
  luaL_argcheck(L, len <= PM_TEXT_MAX, 2, "text longer than 4 GiB");
  e->out.len = 0;
  return pm_bpe_encode(&e->bpe, text, len, lua_toboolean(L, 3), &e->out);
}

/* Gives back what the encoder should not keep. */
static void settle(pm_encoder *e) {
  if (e->out.room > KEPT_MOST)
    pm_buffer_free(&e->out);
  if (e->bpe.scratch.room > KEPT_MOST)
    pm_buffer_free(&e->bpe.scratch);
}

static const uint32_t *ids_of(const pm_encoder *e, size_t *count) {
  *count = e->out.len / sizeof(uint32_t);
  return (const uint32_t *)(const void *)e->out.at;
}

/* encoder:encode(text, special) --> Ids | nil, reason */
static int bpe_encode(lua_State *L) {
  pm_encoder *e = pm_encoder_finished(L);
  int failed = encode(L, e);
  if (failed)
    return fail_text(L, failed);
  size_t count;
  const uint32_t *ids = ids_of(e, &count);
  pm_ids_push(L, ids, count);
  settle(e);
  return 1;
}

/* encoder:spans(text, special) --> Spans | nil, reason */
static int bpe_spans(lua_State *L) {
  pm_encoder *e = pm_encoder_finished(L);
  int failed = encode(L, e);
  if (failed)
    return fail_text(L, failed);
  size_t count, len;
  const uint32_t *ids = ids_of(e, &count);
  pm_spans *spans = pm_spans_new(L, 2);
  pm_span *out = pm_spans_room(L, spans, count);
  uint32_t at = 0;
  for (size_t i = 0; i < count; i++) {
    pm_vocab_token_of(&e->bpe.vocab, ids[i], &len);
    out[i] = (pm_span){at, at + (uint32_t)len};
    at += (uint32_t)len;
  }
  spans->count = count;
  settle(e);
  return 1;
}

/* encoder:count(text, special) --> integer | nil, reason */
static int bpe_count(lua_State *L) {
  pm_encoder *e = pm_encoder_finished(L);
  size_t len, count;
  const char *text = luaL_checklstring(L, 2, &len);
  luaL_argcheck(L, len <= PM_TEXT_MAX, 2, "text longer than 4 GiB");
  int failed = pm_bpe_count(&e->bpe, text, len, lua_toboolean(L, 3), &count);
  settle(e);
  if (failed)
    return fail_text(L, failed);
  lua_pushinteger(L, (lua_Integer)count);
  return 1;
}

static int no_token(lua_State *L, lua_Integer id, size_t place) {
  lua_pushnil(L);
  lua_pushfstring(L, "no token has the id %I, at %I", id,
                  (lua_Integer)place + 1);
  return 2;
}

/* Appends the bytes of the ids in the table at 2; returns how many results are
 * on the stack for a failure, or 0. */
static int decode_table(lua_State *L, pm_encoder *e) {
  luaL_checktype(L, 2, LUA_TTABLE);
  size_t count = lua_rawlen(L, 2), bad;
  for (size_t i = 0; i < count; i++) {
    int exact;
    lua_rawgeti(L, 2, (lua_Integer)i + 1);
    lua_Integer id = lua_tointegerx(L, -1, &exact);
    if (!exact)
      return luaL_error(L, "id %I is a %s, not an integer", (lua_Integer)i + 1,
                        luaL_typename(L, -1));
    lua_pop(L, 1);
    uint32_t one = id < 0 || id > UINT32_MAX ? UINT32_MAX : (uint32_t)id;
    int failed = pm_bpe_decode(&e->bpe, &one, 1, &e->out, &bad);
    if (failed == PM_BPE_MEMORY)
      return luaL_error(L, "not enough memory for a text");
    if (failed)
      return no_token(L, id, i);
  }
  return 0;
}

/* encoder:decode(Ids or array) --> string | nil, message */
static int bpe_decode(lua_State *L) {
  pm_encoder *e = pm_encoder_finished(L);
  const pm_ids *ids = luaL_testudata(L, 2, PM_IDS);
  e->out.len = 0;
  if (ids) {
    size_t bad;
    int failed = pm_bpe_decode(&e->bpe, ids->at, ids->count, &e->out, &bad);
    if (failed == PM_BPE_MEMORY)
      return luaL_error(L, "not enough memory for a text");
    if (failed)
      return no_token(L, ids->at[bad], bad);
  } else {
    int results = decode_table(L, e);
    if (results > 0)
      return results;
  }
  lua_pushlstring(L, e->out.at ? e->out.at : "", e->out.len);
  settle(e);
  return 1;
}

/* encoder:token(id) --> string | nil */
static int bpe_token(lua_State *L) {
  pm_encoder *e = pm_encoder_finished(L);
  lua_Integer id = luaL_checkinteger(L, 2);
  size_t len;
  const char *token =
      id < 0 || id >= PM_VOCAB_IDS
          ? NULL
          : pm_vocab_token_of(&e->bpe.vocab, (uint32_t)id, &len);
  if (token)
    lua_pushlstring(L, token, len);
  else
    lua_pushnil(L);
  return 1;
}

/* encoder:id(token) --> integer | nil */
static int bpe_id(lua_State *L) {
  pm_encoder *e = pm_encoder_finished(L);
  size_t len;
  const char *token = luaL_checklstring(L, 2, &len);
  uint32_t id = pm_vocab_find(&e->bpe.vocab, token, len);
  if (id == PM_VOCAB_NONE)
    lua_pushnil(L);
  else
    lua_pushinteger(L, id);
  return 1;
}

/* encoder:size() --> tokens, those with a name only left out */
static int bpe_size(lua_State *L) {
  lua_pushinteger(L, pm_encoder_finished(L)->bpe.vocab.count);
  return 1;
}

static const luaL_Reg methods[] = {
    {"encode", bpe_encode}, {"count", bpe_count}, {"spans", bpe_spans},
    {"decode", bpe_decode}, {"token", bpe_token}, {"id", bpe_id},
    {"size", bpe_size},     {NULL, NULL},
};

static const luaL_Reg functions[] = {
    {"new", bpe_new},
    {NULL, NULL},
};

int pm_open_bpe(lua_State *L) {
  pm_ids_register(L);
  luaL_newmetatable(L, PM_BPE);
  lua_pushcfunction(L, bpe_gc);
  lua_setfield(L, -2, "__gc");
  luaL_newlib(L, methods);
  luaL_setfuncs(L, pm_bpe_building, 0);
  lua_setfield(L, -2, "__index");
  luaL_newlib(L, functions);
  return 1;
}
