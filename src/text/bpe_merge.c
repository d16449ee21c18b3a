#include "text/bpe_merge.h"

size_t pm_merge_short(const pm_pairs *p, const pm_vocab *v,
                      const unsigned char *s, size_t len, uint32_t *out) {
  uint32_t rank[PM_MERGE_SHORT]; /* of each token with the one behind it */
  for (size_t i = 0; i < len; i++) {
    out[i] = v->byte[s[i]];
    rank[i] = i + 1 < len ? p->byte[s[i]][s[i + 1]] : PM_PAIRS_NONE;
  }
  for (;;) {
    /* The rank above the place: one comparison finds the leftmost lowest. */
    uint64_t best = UINT64_MAX;
    for (size_t i = 0; i + 1 < len; i++) {
      uint64_t here = (uint64_t)rank[i] << 32 | i;
      best = here < best ? here : best;
    }
    uint32_t lowest = (uint32_t)(best >> 32);
    if (lowest == PM_PAIRS_NONE)
      return len;
    size_t at = (uint32_t)best;
    uint32_t made = pm_pairs_made(p, lowest);
    len--;
    int before = at > 0, behind = at + 1 < len;
    /* Both at once: most of the time goes into waiting for memory. */
    if (before)
      pm_pairs_prefetch(p, out[at - 1], made);
    if (behind)
      pm_pairs_prefetch(p, made, out[at + 2]);
    out[at] = made;
    for (size_t i = at + 1; i < len; i++) {
      out[i] = out[i + 1];
      rank[i] = rank[i + 1];
    }
    rank[at] = PM_PAIRS_NONE;
    if (before)
      rank[at - 1] = pm_pairs_rank(p, out[at - 1], made);
    if (behind)
      rank[at] = pm_pairs_rank(p, made, out[at + 1]);
  }
}

/* A token of a long piece: at the place of its first byte. */
typedef struct node {
  uint32_t id;
  uint32_t before, behind; /* places; END past the last */
  uint32_t rank;           /* with the one behind */
} node;

#define END UINT32_MAX

/* Rank above place, the smallest on top; four children to a parent. An entry
 * whose place has another rank by now is void. */
typedef struct heap {
  uint64_t *at;
  size_t count;
} heap;

static void sink(heap *h, size_t hole, uint64_t entry) {
  for (;;) {
    size_t child = 4 * hole + 1, last = child + 4;
    if (child >= h->count)
      break;
    if (last > h->count)
      last = h->count;
    size_t least = child;
    for (size_t i = child + 1; i < last; i++)
      if (h->at[i] < h->at[least])
        least = i;
    if (h->at[least] >= entry)
      break;
    h->at[hole] = h->at[least];
    hole = least;
  }
  h->at[hole] = entry;
}

static void push(heap *h, uint64_t entry) {
  size_t hole = h->count++;
  for (; hole > 0; hole = (hole - 1) / 4) {
    uint64_t parent = h->at[(hole - 1) / 4];
    if (parent <= entry)
      break;
    h->at[hole] = parent;
  }
  h->at[hole] = entry;
}

static uint64_t pop(heap *h) {
  uint64_t top = h->at[0], last = h->at[--h->count];
  if (h->count > 0)
    sink(h, 0, last);
  return top;
}

static uint64_t entry_of(const node *nodes, uint32_t at) {
  return (uint64_t)nodes[at].rank << 32 | at;
}

/* Finds the rank of the token at `at` with the one behind it anew. */
static void rank_anew(const pm_pairs *p, node *nodes, heap *h, uint32_t at) {
  node *n = &nodes[at];
  n->rank = n->behind == END ? PM_PAIRS_NONE
                             : pm_pairs_rank(p, n->id, nodes[n->behind].id);
  if (n->rank != PM_PAIRS_NONE)
    push(h, entry_of(nodes, at));
}

/* Takes the token behind `at` out of the row. */
static void swallow(node *nodes, uint32_t at) {
  node *n = &nodes[at], *gone = &nodes[n->behind];
  gone->rank = PM_PAIRS_NONE;
  n->behind = gone->behind;
  if (n->behind != END)
    nodes[n->behind].before = at;
}

static void fill(const pm_pairs *p, const pm_vocab *v, const unsigned char *s,
                 uint32_t len, node *nodes, heap *h) {
  for (uint32_t i = 0; i < len; i++) {
    int last = i + 1 == len;
    nodes[i] = (node){v->byte[s[i]], i > 0 ? i - 1 : END, last ? END : i + 1,
                      last ? PM_PAIRS_NONE : p->byte[s[i]][s[i + 1]]};
    if (nodes[i].rank != PM_PAIRS_NONE)
      h->at[h->count++] = entry_of(nodes, i);
  }
  for (size_t i = h->count / 4 + 1; i-- > 0;)
    if (i < h->count)
      sink(h, i, h->at[i]);
}

size_t pm_merge_long(const pm_pairs *p, const pm_vocab *v,
                     const unsigned char *s, size_t len, uint32_t *out,
                     pm_buffer *scratch) {
  /* Each merge takes one entry and adds two at most: never more than 2 len. */
  size_t size = len * sizeof(node) + 2 * len * sizeof(uint64_t);
  scratch->len = 0;
  if (len >= END || pm_buffer_room(scratch, size) != 0)
    return 0;
  node *nodes = (node *)(void *)scratch->at;
  heap h = {(uint64_t *)(void *)(nodes + len), 0};
  fill(p, v, s, (uint32_t)len, nodes, &h);
  while (h.count > 0) {
    uint64_t top = pop(&h);
    uint32_t at = (uint32_t)top;
    if (nodes[at].rank != top >> 32)
      continue;
    nodes[at].id = pm_pairs_made(p, nodes[at].rank);
    swallow(nodes, at);
    if (nodes[at].before != END)
      rank_anew(p, nodes, &h, nodes[at].before);
    rank_anew(p, nodes, &h, at);
  }
  size_t count = 0;
  for (uint32_t at = 0; at != END; at = nodes[at].behind, count++)
    if (out)
      out[count] = nodes[at].id;
  return count;
}
