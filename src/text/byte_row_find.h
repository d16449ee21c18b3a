/*
 * pm_byte_row_find for one kind of processor, which defines PATH(name), the
 * name with that of the path behind it, TARGET, the attribute of its functions,
 * and
 *
 *   block             64 bytes
 *   load(p)           those at `p`
 *   part(p, n)        those at `p` of which n < 64 are there, then zeros
 *   look(row, k, b)   bits for the bytes that are in set `k`
 */

/* Places of the 64 bytes at `p`, of which `len` >= 64 may be read: where a row
 * goes on beyond 64, its first bytes decide. */
TARGET static inline __attribute__((always_inline)) uint64_t
PATH(found)(unsigned count, const pm_byte_row *row, const char *p, size_t len) {
  PATH(block) b = PATH(load)(p);
  uint64_t found = PATH(look)(row, 0, b);
  for (unsigned k = 1; k < count; k++)
    found &= PATH(look)(row, k, b) >> k | ~(~(uint64_t)0 >> k);
  for (unsigned k = 1; found && k < count; k++)
    for (unsigned i = 64 - k; i < 64; i++)
      if (i + k >= len || !has(row, k, p[i + k]))
        found &= ~((uint64_t)1 << i);
  return found;
}

/* Blocks are aligned from the second one on. */
TARGET static inline __attribute__((always_inline)) size_t
PATH(find_row)(unsigned count, const pm_byte_row *row, const char *text,
               size_t at, size_t len, uint64_t *places) {
  while (len - at >= 64) {
    __builtin_prefetch(text + at + AHEAD);
    *places = PATH(found)(count, row, text + at, len - at);
    if (*places)
      return at;
    at += 64 - ((uintptr_t)(text + at) & 63);
  }
  if (at < len) {
    PATH(block) b = PATH(part)(text + at, len - at);
    uint64_t there = ((uint64_t)1 << (len - at)) - 1;
    uint64_t found = PATH(look)(row, 0, b) & there;
    for (unsigned k = 1; k < count; k++)
      found &= (PATH(look)(row, k, b) & there) >> k;
    *places = found;
    return found ? at : len;
  }
  *places = 0;
  return len;
}

TARGET static size_t PATH(find)(const pm_byte_row *row, const char *text,
                                size_t at, size_t len, uint64_t *places) {
  switch (row->count) {
  case 1: return PATH(find_row)(1, row, text, at, len, places);
  case 2: return PATH(find_row)(2, row, text, at, len, places);
  default: return PATH(find_row)(3, row, text, at, len, places);
  }
}

#undef PATH
#undef TARGET
