#include "text/bpe.h"

#include "text/bpe_merge.h"
#include "text/bpe_split_inline.h"

#define INLINE static inline __attribute__((always_inline))

void pm_bpe_init(pm_bpe *b, pm_alloc *alloc, void *ud) {
  memset(b, 0, sizeof *b);
  pm_vocab_init(&b->vocab, alloc, ud);
  pm_pairs_init(&b->pairs, alloc, ud);
  b->scratch.alloc = alloc;
  b->scratch.ud = ud;
}

void pm_bpe_close(pm_bpe *b) {
  pm_alloc *alloc = b->scratch.alloc;
  void *ud = b->scratch.ud;
  for (int i = 0; i < 2; i++) {
    pm_bpe_special *s = &b->special[i];
    if (s->ids)
      alloc(ud, s->ids, s->phrases.given * sizeof *s->ids, 0);
    pm_phrases_close(&s->phrases);
  }
  pm_vocab_close(&b->vocab);
  pm_pairs_close(&b->pairs);
  pm_cache_close(&b->cache);
  pm_buffer_free(&b->scratch);
  pm_bpe_init(b, alloc, ud);
}

unsigned pm_bpe_missing_byte(const pm_bpe *b) {
  unsigned byte = 0;
  while (byte < 256 && b->vocab.byte[byte] != PM_VOCAB_NONE)
    byte++;
  return byte;
}

/* Notes the short tokens: most pieces of a text are one, also at first. */
static void fill_cache(pm_bpe *b) {
  for (uint32_t id = 0; id < b->vocab.ids; id++) {
    size_t len;
    const char *token = pm_vocab_token_of(&b->vocab, id, &len);
    if (!token || len > PM_CACHE_KEY)
      continue;
    pm_cache_key key =
        pm_cache_key_of((const unsigned char *)token, len, 0, len);
    pm_cache_entry *set = pm_cache_set_of(&b->cache, key);
    if (set[1].key.high == 0) /* leaves half to what the texts have */
      pm_cache_keep(set, key, &id, 1);
  }
}

int pm_bpe_finish(pm_bpe *b) {
  if (pm_pairs_finish(&b->pairs, &b->vocab) != 0 ||
      pm_cache_open(&b->cache, b->scratch.alloc, b->scratch.ud) != 0)
    return PM_BPE_MEMORY;
  if (b->whole)
    fill_cache(b);
  return 0;
}

int pm_bpe_set_special(pm_bpe *b, int which, const pm_phrase *strings,
                       const uint32_t *ids, size_t count) {
  pm_bpe_special *s = &b->special[which];
  if (count == 0)
    return 0;
  if (pm_phrases_open(&s->phrases, strings, count, 0) != 0)
    return PM_BPE_MEMORY;
  s->ids = b->scratch.alloc(b->scratch.ud, NULL, 0, count * sizeof *ids);
  if (!s->ids)
    return PM_BPE_MEMORY;
  memcpy(s->ids, ids, count * sizeof *ids);
  return 0;
}

/* Where the ids go: `at` [room] is the rest of `buffer`; NULL: nowhere, they
 * are counted only. */
typedef struct sink {
  uint32_t *at;
  size_t count, room;
  pm_buffer *buffer;
} sink;

static int sink_grow(sink *to, size_t more) {
  to->buffer->len = to->count * sizeof *to->at;
  if (pm_buffer_room(to->buffer, more * sizeof *to->at) != 0)
    return PM_BPE_MEMORY;
  to->at = (uint32_t *)(void *)to->buffer->at;
  to->room = to->buffer->room / sizeof *to->at;
  return 0;
}

/* Merges a piece that is not remembered, to `out` [size] or nowhere. Returns
 * how many ids, 0 when memory is short. */
static size_t merge(pm_bpe *b, const unsigned char *piece, size_t size,
                    uint32_t *out) {
  if (b->whole) {
    uint32_t id = pm_vocab_find(&b->vocab, (const char *)piece, size);
    if (id != PM_VOCAB_NONE) {
      if (out)
        out[0] = id;
      return 1;
    }
  }
  if (size <= PM_MERGE_SHORT)
    return pm_merge_short(&b->pairs, &b->vocab, piece, size, out);
  return pm_merge_long(&b->pairs, &b->vocab, piece, size, out, &b->scratch);
}

/* A piece that the short part of the cache does not have: `set` is where it
 * would be, or NULL. */
static __attribute__((noinline)) int add_new(pm_bpe *b,
                                             const unsigned char *piece,
                                             size_t size, pm_cache_entry *set,
                                             pm_cache_key key, sink *to) {
  pm_cache_block *two = pm_cache_blocks_of(&b->cache, piece, size);
  const pm_cache_block *known =
      two ? pm_cache_find_block(two, piece, size) : NULL;
  if (known) {
    if (to->at)
      memcpy(to->at + to->count, known->ids, known->count * sizeof *to->at);
    to->count += known->count;
    return 0;
  }
  uint32_t few[PM_MERGE_SHORT];
  uint32_t *out = to->at                   ? to->at + to->count
                  : size <= PM_MERGE_SHORT ? few
                                           : NULL;
  size_t count = merge(b, piece, size, out);
  if (count == 0)
    return PM_BPE_MEMORY;
  to->count += count;
  if (set && count <= PM_CACHE_IDS)
    pm_cache_keep(set, key, out, count);
  else if (two)
    pm_cache_keep_block(two, piece, size, out, count);
  return 0;
}

/* A piece on its way: s[at..at + size), and where the cache has it. */
typedef struct piece {
  size_t at, size;
  pm_cache_key key;
  pm_cache_entry *set; /* NULL: too long for the short part */
} piece;

/* The piece s[at..end), not empty, in s [len]; its place in the cache is on
 * its way from memory, too. */
INLINE piece piece_of(const pm_bpe *b, const unsigned char *s, size_t len,
                      size_t at, size_t end) {
  piece p = {.at = at, .size = end - at};
  if (p.size <= PM_CACHE_KEY) {
    p.key = pm_cache_key_of(s, len, at, p.size);
    p.set = pm_cache_set_of(&b->cache, p.key);
    __builtin_prefetch(p.set);
  }
  return p;
}

INLINE int add_piece(pm_bpe *b, const unsigned char *s, const piece *p,
                     sink *to, bool counting) {
  if (!counting && to->room - to->count < p->size + PM_CACHE_IDS) {
    int failed = sink_grow(to, p->size + PM_CACHE_IDS);
    if (failed)
      return failed;
  }
  if (p->set) {
    unsigned known =
        pm_cache_find(p->set, p->key, counting ? NULL : to->at + to->count);
    to->count += known;
    if (known)
      return 0;
  }
  return add_new(b, s + p->at, p->size, p->set, p->key, to);
}

/* Pieces that are cut before they are looked up: so memory and the splitter,
 * whose branches are hard to foretell, do not wait for each other. */
#define BATCH 32

/* Cuts by one pattern, known when this is compiled. */
INLINE int add_cut(pm_bpe *b, pm_bpe_pattern pattern, const unsigned char *s,
                   size_t len, sink *to, bool counting) {
  piece batch[BATCH];
  int failed = 0;
  for (size_t at = 0; at < len && !failed;) {
    size_t count = 0;
    for (size_t end; at < len && count < BATCH; at = end) {
      end = pm_bpe_piece_end_inline(pattern, s, len, at);
      batch[count++] = piece_of(b, s, len, at, end);
    }
    for (size_t i = 0; i < count && !failed; i++)
      failed = add_piece(b, s, &batch[i], to, counting);
  }
  return failed;
}

INLINE int add_known(pm_bpe *b, const unsigned char *s, size_t len, sink *to,
                     bool counting) {
  switch (b->stages[0].pattern) {
  case PM_BPE_R50K: return add_cut(b, PM_BPE_R50K, s, len, to, counting);
  case PM_BPE_QWEN2: return add_cut(b, PM_BPE_QWEN2, s, len, to, counting);
  case PM_BPE_O200K: return add_cut(b, PM_BPE_O200K, s, len, to, counting);
  default: return add_cut(b, PM_BPE_CL100K, s, len, to, counting);
  }
}

static int add_by_stage(pm_bpe *b, unsigned stage, const unsigned char *s,
                        size_t len, sink *to);

/* The matches of a pattern and what lies between. */
static int add_by_regex(pm_bpe *b, unsigned stage, const unsigned char *s,
                        size_t len, sink *to) {
  pm_regex_subject subject = {.text = (const char *)s, .len = len};
  subject.kind = pm_regex_kind_of(subject.text, len);
  pm_regex_walk walk = pm_regex_begin(b->stages[stage].regex, subject, 0);
  size_t at = 0, first, end;
  int found, failed = 0;
  while (!failed && (found = pm_regex_next(&walk, &first, &end)) > 0) {
    if (first > at)
      failed = add_by_stage(b, stage + 1, s + at, first - at, to);
    if (!failed && end > first)
      failed = add_by_stage(b, stage + 1, s + first, end - first, to);
    at = end > at ? end : at;
  }
  if (failed || found < 0)
    return failed ? failed : found;
  return at < len ? add_by_stage(b, stage + 1, s + at, len - at, to) : 0;
}

static int add_whole(pm_bpe *b, const unsigned char *s, size_t len, sink *to) {
  piece p = piece_of(b, s, len, 0, len);
  return add_piece(b, s, &p, to, !to->at);
}

/* Cuts by the patterns from `stage` on. */
static int add_by_stage(pm_bpe *b, unsigned stage, const unsigned char *s,
                        size_t len, sink *to) {
  if (stage == b->stage_count)
    return add_whole(b, s, len, to);
  pm_bpe_pattern pattern = b->stages[stage].pattern;
  if (pattern == PM_BPE_REGEX)
    return add_by_regex(b, stage, s, len, to);
  int failed = 0;
  for (size_t at = 0, end; at < len && !failed; at = end) {
    end = pm_bpe_piece_end(pattern, s, len, at);
    failed = add_by_stage(b, stage + 1, s + at, end - at, to);
  }
  return failed;
}

/* A text without special tokens. */
static int add_plain(pm_bpe *b, const char *text, size_t len, sink *to) {
  const unsigned char *s = (const unsigned char *)text;
  if (len == 0)
    return 0;
  if (b->stage_count != 1 || b->stages[0].pattern == PM_BPE_REGEX)
    return add_by_stage(b, 0, s, len, to);
  return to->at ? add_known(b, s, len, to, false)
                : add_known(b, s, len, to, true);
}

static int add_text(pm_bpe *b, const char *text, size_t len, bool special,
                    sink *to) {
  const pm_bpe_special *found = &b->special[special];
  if (found->phrases.given == 0)
    found = &b->special[0];
  if (found->phrases.given == 0)
    return add_plain(b, text, len, to);
  pm_phrases_walk walk;
  pm_phrases_begin(&walk, &found->phrases, text, len);
  pm_span span;
  uint32_t number;
  size_t at = 0;
  while (pm_phrases_next(&walk, &span, &number, 1) > 0) {
    int failed = add_plain(b, text + at, span.start - at, to);
    if (!failed && to->at && to->room == to->count)
      failed = sink_grow(to, 1);
    if (failed)
      return failed;
    if (to->at)
      to->at[to->count] = found->ids[number];
    to->count++;
    at = span.end;
  }
  return add_plain(b, text + at, len - at, to);
}

int pm_bpe_encode(pm_bpe *b, const char *text, size_t len, bool special,
                  pm_buffer *out) {
  sink to = {.buffer = out, .count = out->len / sizeof(uint32_t)};
  int failed = sink_grow(&to, len / 4 + 16);
  if (!failed)
    failed = add_text(b, text, len, special, &to);
  out->len = to.count * sizeof(uint32_t);
  return failed;
}

int pm_bpe_count(pm_bpe *b, const char *text, size_t len, bool special,
                 size_t *count) {
  sink to = {0};
  int failed = add_text(b, text, len, special, &to);
  *count = to.count;
  return failed;
}

int pm_bpe_decode(const pm_bpe *b, const uint32_t *ids, size_t count,
                  pm_buffer *out, size_t *bad) {
  for (size_t i = 0; i < count; i++) {
    size_t len;
    const char *token = pm_vocab_token_of(&b->vocab, ids[i], &len);
    if (!token) {
      *bad = i;
      return -1;
    }
    if (pm_buffer_add(out, token, len) != 0)
      return PM_BPE_MEMORY;
  }
  return 0;
}
