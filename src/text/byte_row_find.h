/*
 * pm_byte_row_find for one kind of processor, which defines FIND, FIND_IN and
 * FIND_OF (the names), TARGET (their function attribute) and LOOK: bits for the
 * bytes of 64 that are in one set.
 */

/* Places of the 64 bytes at `p`, of which `len` >= 1 are there and may be read:
 * where a row goes on beyond 64, its first bytes decide. */
TARGET static inline __attribute__((always_inline)) uint64_t
FIND_OF(unsigned count, const pm_byte_row *row, const char *p, size_t len) {
  uint64_t found = LOOK(row, 0, p);
  for (unsigned k = 1; k < count; k++)
    found &= LOOK(row, k, p) >> k | ~(~(uint64_t)0 >> k);
  for (unsigned k = 1; found && k < count; k++)
    for (unsigned i = 64 - k; i < 64; i++)
      if (i + k >= len || !has(row, k, p[i + k]))
        found &= ~((uint64_t)1 << i);
  return found;
}

/* Blocks are aligned from the second one on; the end is looked at in a copy. */
TARGET static inline __attribute__((always_inline)) size_t
FIND_IN(unsigned count, const pm_byte_row *row, const char *text, size_t at,
        size_t len, uint64_t *places) {
  while (len - at >= 64) {
    __builtin_prefetch(text + at + AHEAD);
    uint64_t found = FIND_OF(count, row, text + at, len - at);
    if (found) {
      *places = found;
      return at;
    }
    at += 64 - ((uintptr_t)(text + at) & 63);
  }
  if (at < len) {
    char copy[64] = {0};
    memcpy(copy, text + at, len - at);
    uint64_t there = ((uint64_t)1 << (len - at)) - 1;
    uint64_t found = LOOK(row, 0, copy) & there;
    for (unsigned k = 1; k < count; k++)
      found &= (LOOK(row, k, copy) & there) >> k;
    *places = found;
    return found ? at : len;
  }
  *places = 0;
  return len;
}

TARGET static size_t FIND(const pm_byte_row *row, const char *text, size_t at,
                          size_t len, uint64_t *places) {
  switch (row->count) {
  case 1: return FIND_IN(1, row, text, at, len, places);
  case 2: return FIND_IN(2, row, text, at, len, places);
  default: return FIND_IN(3, row, text, at, len, places);
  }
}

#undef FIND
#undef FIND_IN
#undef FIND_OF
#undef TARGET
#undef LOOK
