/*
 * Few keys set a few bits by their hashes: only where a bit is set already are
 * they compared one by one. Many go into a table, at most half full, with open
 * addressing.
 */
#define XXH_INLINE_ALL
#include "data/json_keys.h"

#include <string.h>

#include <xxhash.h>

#include "data/quote.h"
#include "text/word_hash.h"

enum { FEW = 64 };

/* Of the table: a hash, and 1 + the number of the key, 0 when it is free. */
typedef struct slot {
  uint32_t hash, number;
} slot;

/* Memory beyond this is not kept. */
enum { ROOM_KEPT = 1 << 20 };

void pm_json_keys_begin(pm_json_keys *k, const char *text, size_t len) {
  if (k->stack.room + k->table.room + k->plain.room > ROOM_KEPT)
    pm_json_keys_free(k);
  k->text = text;
  k->len = len;
  k->count = 0;
  k->twice = k->escaped = k->failed = false;
}

void pm_json_keys_free(pm_json_keys *k) {
  pm_buffer_free(&k->stack);
  pm_buffer_free(&k->table);
  pm_buffer_free(&k->plain);
  k->room = 0;
}

bool pm_json_keys_grow(pm_json_keys *k) {
  size_t size = sizeof(pm_json_place), more = k->room < FEW ? FEW : k->room;
  k->stack.len = k->count * size;
  if (pm_buffer_room(&k->stack, more * size) != 0) {
    k->failed = true;
    return false;
  }
  k->room += (uint32_t)more;
  return true;
}

static void find(pm_json_keys *k, pm_json_place key) {
  k->twice = true;
  k->place = key;
}

/* Of the first and the last eight bytes and the length. Of a shorter key, what
 * stands behind it is shifted out, but for its quote. */
static inline uint64_t few_hash(const pm_json_keys *k, pm_json_place at) {
  const char *key = k->text + at.start;
  char copy[8] = {0};
  if (k->len - at.start < sizeof copy)
    key = memcpy(copy, key, at.end + 1 - at.start);
  uint32_t len = at.end - at.start;
  unsigned out = len < 7 ? 8 * (7 - len) : 0;
  const uint8_t *first = (const uint8_t *)key;
  uint64_t a = word_load(first) << out;
  uint64_t b = word_load(first + (len > 8 ? len - 8 : 0)) << out;
  return (a + len) * 0x9E3779B97F4A7C15u + b * 0xD6E8FEB86659FD93u;
}

/* Is the last of the keys [n] the same as one before? None has escapes. */
static bool is_there(const char *text, const pm_json_place *key,
                     const uint32_t *hash, uint32_t n) {
  pm_json_place last = key[--n];
  uint32_t len = last.end - last.start;
  for (uint32_t i = 0; i < n; i++)
    if (hash[i] == hash[n] && key[i].end - key[i].start == len &&
        memcmp(text + key[i].start, text + last.start, len) == 0)
      return true;
  return false;
}

static void compare_few(pm_json_keys *k, const pm_json_place *key, uint32_t n) {
  uint64_t bits[4] = {0};
  uint32_t hashes[FEW];
  for (uint32_t i = 0; i < n; i++) {
    uint64_t hash = few_hash(k, key[i]);
    uint64_t bit = (uint64_t)1 << (hash >> 56 & 63);
    hashes[i] = (uint32_t)(hash >> 24);
    if (bits[hash >> 62] & bit && is_there(k->text, key, hashes, i + 1)) {
      find(k, key[i]);
      return;
    }
    bits[hash >> 62] |= bit;
  }
}

/* The text of a key, without its escapes; NULL when memory is short. */
static const char *read(pm_json_keys *k, pm_json_place at, size_t *len) {
  const char *raw = k->text + at.start;
  *len = at.end - at.start;
  if (!k->escaped || !memchr(raw, '\\', *len))
    return raw;
  k->plain.len = 0;
  if (pm_buffer_room(&k->plain, *len) != 0)
    return NULL;
  *len = pm_quote_read(raw, *len, k->plain.at);
  return k->plain.at;
}

/* An empty table for `n` keys; the number of its slots, or 0 when memory is
 * short. */
static size_t make_table(pm_json_keys *k, uint32_t n) {
  size_t slots = 2 * FEW;
  while (slots < 2 * (size_t)n)
    slots *= 2;
  k->table.len = 0;
  if (pm_buffer_room(&k->table, slots * sizeof(slot)) != 0)
    return 0;
  memset(k->table.at, 0, slots * sizeof(slot));
  return slots;
}

static void compare_many(pm_json_keys *k, const pm_json_place *key,
                         uint32_t n) {
  size_t mask = make_table(k, n) - 1;
  slot *table = (slot *)(void *)k->table.at;
  k->failed = mask == SIZE_MAX;
  for (uint32_t i = 0; i < n && !k->failed && !k->twice; i++) {
    size_t len;
    const char *plain = read(k, key[i], &len);
    if (!plain) {
      k->failed = true;
      return;
    }
    uint32_t hash = (uint32_t)XXH3_64bits_withSeed(plain, len, k->seed);
    size_t at = hash & mask;
    for (; table[at].number; at = (at + 1) & mask) {
      pm_json_place other = key[table[at].number - 1];
      if (table[at].hash == hash &&
          pm_quote_equal(k->text + other.start, other.end - other.start, plain,
                         len)) {
        find(k, key[i]);
        return;
      }
    }
    table[at] = (slot){hash, i + 1};
  }
}

void pm_json_keys_compare(pm_json_keys *k, uint32_t first) {
  const pm_json_place *key = (const pm_json_place *)(void *)k->stack.at + first;
  uint32_t n = k->count - first;
  if (k->twice || k->failed)
    return;
  if (n <= FEW && !k->escaped)
    compare_few(k, key, n);
  else
    compare_many(k, key, n);
}
