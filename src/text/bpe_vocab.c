#include "text/bpe_vocab.h"

#include <string.h>

#include <xxhash.h>

void pm_vocab_init(pm_vocab *v, pm_alloc *alloc, void *ud) {
  memset(v, 0, sizeof *v);
  v->bytes.alloc = v->tokens.alloc = alloc;
  v->bytes.ud = v->tokens.ud = ud;
  v->bytes.max = UINT32_MAX;
  memset(v->byte, 0xFF, sizeof v->byte);
}

void pm_vocab_close(pm_vocab *v) {
  pm_alloc *alloc = v->bytes.alloc;
  void *ud = v->bytes.ud;
  if (v->slots)
    alloc(ud, v->slots, v->room * sizeof *v->slots, 0);
  pm_buffer_free(&v->bytes);
  pm_buffer_free(&v->tokens);
  pm_vocab_init(v, alloc, ud);
}

static pm_vocab_token *tokens_of(const pm_vocab *v) {
  return (pm_vocab_token *)(void *)v->tokens.at;
}

static uint32_t hash_of(const char *token, size_t len) {
  return (uint32_t)XXH3_64bits(token, len);
}

/* The slot of the token, or the free one where it would go. */
static pm_vocab_slot *seek(const pm_vocab *v, uint32_t hash, const char *token,
                           size_t len) {
  size_t mask = v->room - 1;
  for (size_t at = hash & mask;; at = (at + 1) & mask) {
    pm_vocab_slot *slot = &v->slots[at];
    if (slot->id == PM_VOCAB_NONE)
      return slot;
    pm_vocab_token t = tokens_of(v)[slot->id];
    if (slot->hash == hash && t.len == len &&
        memcmp(v->bytes.at + t.start, token, len) == 0)
      return slot;
  }
}

uint32_t pm_vocab_find(const pm_vocab *v, const char *token, size_t len) {
  if (len == 1)
    return v->byte[(unsigned char)token[0]];
  return v->room ? seek(v, hash_of(token, len), token, len)->id : PM_VOCAB_NONE;
}

/* Room for one more slot. */
static int grow_slots(pm_vocab *v) {
  if (v->room / 2 > v->count)
    return 0;
  size_t room = v->room ? v->room * 2 : 1024, size = room * sizeof *v->slots;
  pm_vocab_slot *slots = v->bytes.alloc(v->bytes.ud, NULL, 0, size);
  if (!slots)
    return PM_VOCAB_MEMORY;
  memset(slots, 0xFF, size);
  for (size_t i = 0; i < v->room; i++) {
    if (v->slots[i].id == PM_VOCAB_NONE)
      continue;
    size_t at = v->slots[i].hash & (room - 1);
    while (slots[at].id != PM_VOCAB_NONE)
      at = (at + 1) & (room - 1);
    slots[at] = v->slots[i];
  }
  if (v->slots)
    v->bytes.alloc(v->bytes.ud, v->slots, v->room * sizeof *v->slots, 0);
  v->slots = slots;
  v->room = room;
  return 0;
}

/* Room for `id`; ids not seen before have no token. */
static int grow_ids(pm_vocab *v, uint32_t id) {
  if (id < v->ids)
    return 0;
  size_t more = ((size_t)id + 1 - v->ids) * sizeof(pm_vocab_token);
  if (pm_buffer_room(&v->tokens, more) != 0)
    return PM_VOCAB_MEMORY;
  memset(v->tokens.at + v->tokens.len, 0, more);
  v->tokens.len += more;
  v->ids = id + 1;
  return 0;
}

/* Writes down the bytes of the id, which has none. */
static int spell(pm_vocab *v, uint32_t id, const char *token, size_t len) {
  size_t start = v->bytes.len;
  if (grow_ids(v, id) != 0 || pm_buffer_add(&v->bytes, token, len) != 0)
    return PM_VOCAB_MEMORY;
  tokens_of(v)[id] = (pm_vocab_token){(uint32_t)start, (uint32_t)len};
  return 0;
}

int pm_vocab_add(pm_vocab *v, uint32_t id, const char *token, size_t len) {
  size_t known;
  if (id >= PM_VOCAB_IDS || len == 0)
    return PM_VOCAB_RANGE;
  if (pm_vocab_token_of(v, id, &known) ||
      pm_vocab_find(v, token, len) != PM_VOCAB_NONE)
    return PM_VOCAB_TWICE;
  if (grow_slots(v) != 0 || spell(v, id, token, len) != 0)
    return PM_VOCAB_MEMORY;
  uint32_t hash = hash_of(token, len);
  *seek(v, hash, token, len) = (pm_vocab_slot){hash, id};
  v->count++;
  if (len == 1)
    v->byte[(unsigned char)token[0]] = id;
  return 0;
}

int pm_vocab_name(pm_vocab *v, uint32_t id, const char *token, size_t len) {
  size_t known;
  if (id >= PM_VOCAB_IDS || len == 0)
    return PM_VOCAB_RANGE;
  const char *there = pm_vocab_token_of(v, id, &known);
  if (!there)
    return spell(v, id, token, len);
  return known == len && memcmp(there, token, len) == 0 ? 0 : PM_VOCAB_TWICE;
}
