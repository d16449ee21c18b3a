#include "text/bpe_derive.h"

#include <stdlib.h>
#include <string.h>

#include "text/bpe_merge.h"

typedef struct by_length {
  uint32_t len, id;
} by_length;

static int compare(const void *a, const void *b) {
  const by_length *x = a, *y = b;
  if (x->len != y->len)
    return x->len < y->len ? -1 : 1;
  return (x->id > y->id) - (x->id < y->id);
}

/* The tokens of two bytes and more, the shortest first, to `list`. */
static int list_tokens(const pm_vocab *v, pm_buffer *list) {
  for (uint32_t id = 0; id < v->ids; id++) {
    size_t len;
    pm_vocab_token_of(v, id, &len);
    by_length one = {(uint32_t)len, id};
    if (len >= 2 && pm_buffer_add(list, &one, sizeof one) != 0)
      return PM_VOCAB_MEMORY;
  }
  if (list->len > 0)
    qsort(list->at, list->len / sizeof(by_length), sizeof(by_length), compare);
  return 0;
}

/* Merges a token by the rules of the shorter ones, and adds its own. */
static int add_rule(pm_pairs *p, const pm_vocab *v, uint32_t id,
                    pm_buffer *scratch) {
  uint32_t few[PM_MERGE_SHORT], two[2];
  size_t len, count;
  const unsigned char *s = (const void *)pm_vocab_token_of(v, id, &len);
  if (len <= PM_MERGE_SHORT) {
    count = pm_merge_short(p, v, s, len, few);
    memcpy(two, few, sizeof two);
  } else {
    count = pm_merge_long(p, v, s, len, NULL, scratch);
    if (count == 0)
      return PM_VOCAB_MEMORY;
    if (count == 2)
      pm_merge_long(p, v, s, len, two, scratch);
  }
  return count == 2 ? pm_pairs_add(p, two[0], two[1], id, id) : 0;
}

static int add_rules(pm_pairs *p, const pm_vocab *v, const by_length *list,
                     size_t count, pm_buffer *scratch) {
  size_t i = 0;
  int failed = pm_pairs_finish(p, v);
  for (; i < count && list[i].len == 2 && !failed; i++)
    failed = add_rule(p, v, list[i].id, scratch);
  if (!failed)
    failed = pm_pairs_finish(p, v); /* the pairs of bytes are complete */
  for (; i < count && !failed; i++)
    failed = add_rule(p, v, list[i].id, scratch);
  return failed;
}

int pm_bpe_derive(pm_pairs *p, const pm_vocab *v) {
  pm_buffer list = {.alloc = v->bytes.alloc, .ud = v->bytes.ud};
  pm_buffer scratch = list;
  int failed = list_tokens(v, &list);
  if (!failed)
    failed = add_rules(p, v, (const by_length *)(const void *)list.at,
                       list.len / sizeof(by_length), &scratch);
  pm_buffer_free(&list);
  pm_buffer_free(&scratch);
  return failed;
}
