#include "match/vault_check.h"

#include <stdbool.h>
#include <string.h>

/*
 * The format, as LMDB 0.9 writes it in the machine's own byte order:
 *
 *   page   number 8, pad 2, flags 2, then lower 2 and upper 2, or for the first
 *          page of a large value how many pages it has 4; then 2-byte offsets
 *          of nodes up to `lower`, nodes from `upper` to the end
 *   node   low 2, high 2, flags 2, size of the key 2, key, data; low and high
 *          are the size of the data, or in a branch, with the flags, a page
 *   head   page, then magic 4, version 4, address 8, map size 8, two trees 48
 *          (free pages, values), last page 8, transaction 8
 *   tree   pad 4, flags 2, depth 2, counts of pages and entries 4 * 8, root 8
 */
enum {
  PAGE_HEAD = 16,
  NODE_HEAD = 8,
  TREE = 48,
  TREES = PAGE_HEAD + 24,
  LAST_PAGE = TREES + 2 * TREE,
  TRANSACTION = LAST_PAGE + 8,
  HEAD_SIZE = TRANSACTION + 8,
  BRANCH = 1,
  LEAF = 2,
  LARGE = 4,
  HEAD = 8,
  KINDS = BRANCH | LEAF | LARGE | HEAD,
  NODE_LARGE = 1,
  LEAST_PAGE = 4096,
  MOST_PAGE = 65536,
  MOST_KEY = 511,
  DEEPEST = 20
};
#define MAGIC 0xBEEFC0DEu
#define NO_ROOT UINT64_MAX

static uint64_t get(const char *at, size_t bytes) {
  uint64_t n = 0;
  memcpy(&n, at, bytes); /* the machine is little endian */
  return n;
}

static uint64_t page_size(const char *file) {
  return get(file + TREES, 4);
}

static const char *check_head(const char *page) {
  if (!(get(page + 10, 2) & HEAD) || get(page + PAGE_HEAD, 4) != MAGIC)
    return "not an index of pumice";
  if (get(page + PAGE_HEAD + 4, 4) != 1)
    return "written by another version of LMDB";
  return NULL;
}

const char *pm_vault_check_heads(const char *file, size_t len, uint64_t size) {
  if (len < HEAD_SIZE)
    return "not an index of pumice";
  const char *wrong = check_head(file);
  if (wrong)
    return wrong;
  uint64_t bytes = page_size(file);
  if (bytes < LEAST_PAGE || bytes > MOST_PAGE || (bytes & (bytes - 1)))
    return "damaged: no such size of a page";
  if (len < bytes + HEAD_SIZE)
    return "damaged: cut off";
  const char *second = file + bytes;
  if (check_head(second))
    return "damaged: a head is lost";
  if (get(second + TREES, 4) != bytes)
    return "damaged: heads that differ";
  for (int i = 0; i < 2; i++) {
    uint64_t last = get(file + (size_t)i * bytes + LAST_PAGE, 8);
    if (last < 1 || last > UINT64_MAX / MOST_PAGE - 1)
      return "damaged: no such page";
  }
  /* The transactions take turns with the heads. */
  uint64_t even = get(file + TRANSACTION, 8);
  uint64_t odd = get(second + TRANSACTION, 8);
  uint64_t newest = even > odd ? even : odd;
  if (newest > 0 &&
      (even % 2 != 0 || odd % 2 != 1 ||
       newest - (even < odd ? even : odd) != 1) &&
      !(even == 0 && odd == 0))
    return "damaged: heads that do not follow each other";
  const char *newer = even > odd ? file : second;
  if (get(newer + LAST_PAGE, 8) / 2 > size / bytes)
    return "damaged: cut off";
  return NULL;
}

typedef struct walk {
  const char *file;
  uint64_t pages; /* in the file */
  uint64_t bytes; /* of a page */
  uint64_t last;
  uint8_t *seen;
  bool numbers; /* keys are numbers of 8 bytes: the list of free pages */
} walk;

/* Takes `count` pages from `page` on, or says that one is out of the file or
 * has been taken. */
static bool take(walk *w, uint64_t page, uint64_t count) {
  if (page < 2 || page > w->last || page >= w->pages || count > w->pages - page)
    return false;
  for (uint64_t p = page; p < page + count; p++) {
    uint8_t bit = (uint8_t)(1 << p % 8);
    if (w->seen[p / 8] & bit)
      return false;
    w->seen[p / 8] |= bit;
  }
  return true;
}

static bool in_order(const walk *w, const char *a, size_t na, const char *b,
                     size_t nb) {
  if (w->numbers)
    return na == 8 && nb == 8 && get(a, 8) < get(b, 8);
  int order = memcmp(a, b, na < nb ? na : nb);
  return order < 0 || (order == 0 && na < nb);
}

/* A list of free pages: how many, and their numbers. They may lie behind the
 * end of the file: what was freed before it was written. */
static const char *check_free(walk *w, const char *data, uint64_t size) {
  uint64_t count = size >= 8 ? get(data, 8) : 0;
  if (size < 8 || count > size / 8 - 1)
    return "damaged: a list of free pages";
  for (uint64_t i = 1; i <= count; i++) {
    uint64_t page = get(data + 8 * i, 8);
    if (page < 2 || page > w->last || (page < w->pages && !take(w, page, 1)))
      return "damaged: a page that is free and is not";
  }
  return NULL;
}

static const char *check_leaf(walk *w, const char *node, uint64_t room) {
  uint64_t size = get(node, 4), key = get(node + 6, 2);
  uint64_t flags = get(node + 4, 2);
  const char *data = node + NODE_HEAD + key;
  if (flags & ~(uint64_t)NODE_LARGE)
    return "damaged: a value of no known kind";
  if (!(flags & NODE_LARGE)) {
    if (NODE_HEAD + key + size > room)
      return "damaged: a value beyond its page";
  } else {
    if (NODE_HEAD + key + 8 > room)
      return "damaged: a value beyond its page";
    uint64_t page = get(data, 8);
    uint64_t count = (PAGE_HEAD + size + w->bytes - 1) / w->bytes;
    if (!take(w, page, count))
      return "damaged: a page used twice, or cut off";
    data = w->file + page * w->bytes;
    if (get(data, 8) != page || !(get(data + 10, 2) & LARGE) ||
        get(data + 12, 4) != count)
      return "damaged: a page that is another";
    data += PAGE_HEAD;
  }
  return w->numbers ? check_free(w, data, size) : NULL;
}

static const char *check_page(walk *w, uint64_t number, unsigned depth) {
  if (!take(w, number, 1))
    return "damaged: a page used twice, or cut off";
  const char *page = w->file + number * w->bytes;
  uint64_t flags = get(page + 10, 2) & KINDS;
  uint64_t lower = get(page + 12, 2), upper = get(page + 14, 2);
  if (get(page, 8) != number || flags != (depth > 1 ? BRANCH : LEAF))
    return "damaged: a page that is another";
  if (lower < PAGE_HEAD || lower % 2 || lower > upper || upper > w->bytes)
    return "damaged: a page out of bounds";
  uint64_t count = (lower - PAGE_HEAD) / 2;
  if (count < (depth > 1 ? 2 : 1))
    return "damaged: an empty page";
  const char *before = NULL;
  size_t before_len = 0;
  for (uint64_t i = 0; i < count; i++) {
    uint64_t at = get(page + PAGE_HEAD + 2 * i, 2);
    if (at < upper || at + NODE_HEAD > w->bytes || at % 2)
      return "damaged: a page out of bounds";
    const char *node = page + at;
    uint64_t room = w->bytes - at, key = get(node + 6, 2);
    if (key > MOST_KEY || NODE_HEAD + key > room)
      return "damaged: a page out of bounds";
    /* The first key of a branch says nothing. */
    bool blank = depth > 1 && i == 0;
    if (before && !in_order(w, before, before_len, node + NODE_HEAD, key))
      return "damaged: keys out of order";
    before = blank ? NULL : node + NODE_HEAD;
    before_len = key;
    const char *wrong = depth > 1 ? check_page(w, get(node, 6), depth - 1)
                                  : check_leaf(w, node, room);
    if (wrong)
      return wrong;
  }
  return NULL;
}

const char *pm_vault_check_pages(const char *file, uint64_t size, uint64_t id,
                                 uint8_t *seen) {
  walk w = {.file = file, .bytes = page_size(file), .seen = seen};
  const char *head = file + id % 2 * w.bytes;
  if (get(head + TRANSACTION, 8) != id)
    return "damaged: heads that do not follow each other";
  w.pages = size / w.bytes;
  w.last = get(head + LAST_PAGE, 8);
  memset(seen, 0, (size_t)(size / LEAST_PAGE / 8 + 1));
  for (int i = 1; i >= 0; i--) { /* the values, then the free pages */
    const char *tree = head + TREES + i * TREE;
    uint64_t depth = get(tree + 6, 2), root = get(tree + 40, 8);
    w.numbers = i == 0;
    if (root == NO_ROOT && depth == 0)
      continue;
    if (depth < 1 || depth > DEEPEST)
      return "damaged: no such depth";
    const char *wrong = check_page(&w, root, (unsigned)depth);
    if (wrong)
      return wrong;
  }
  return NULL;
}
