/*
 * The walk over the inside of a string, 64 bytes at a time, without a branch
 * for each escape of one letter. Included once for each kind of processor,
 * which defines WALK (the name), TARGET (its function attribute), LOOK and
 * LETTERS (from json_look.h).
 *
 * From behind the opening quote to the closing quote; NULL after filling in
 * the error. The last bytes of the text are looked at in the 64 bytes that end
 * with them; shorter texts are walked byte by byte (json.c).
 */
TARGET static const char *WALK(pm_json_scan *s, const char *p, bool *high) {
  uint64_t any_high = 0;
  for (;;) {
    ptrdiff_t left = s->end - p;
    if (left == 0)
      return pm_json_fail(s, p, "a string is cut short");
    int before = left < 64 ? 64 - (int)left : 0; /* bytes not ours */
    pm_json_block b = LOOK(p - before);
    uint64_t starts = 0, escaped = 0, stop = b.quote >> before;
    uint64_t bad = b.control >> before, slash = b.slash >> before;
    if (slash) {
      escaped = pm_json_escaped(slash, &starts);
      stop &= ~escaped;
      bad |= escaped & ~(LETTERS(p - before) >> before);
    }
    uint64_t below = stop ? (stop - 1) & ~stop : ~(uint64_t)0 >> before;
    bad &= below;
    if (bad) { /* a control byte, \u or no escape at all, whichever is first */
      int k = __builtin_ctzll(bad);
      if (!(escaped >> k & 1))
        return pm_json_fail(s, p + k, "control byte in a string");
      s->escaped = true;
      any_high |= b.high >> before & (((uint64_t)1 << k) - 1);
      p = escapes(s, p + k - 1);
      if (!p)
        return NULL;
      continue;
    }
    s->escaped |= (slash & below) != 0;
    any_high |= b.high >> before & below;
    if (stop) {
      *high = any_high != 0;
      return p + __builtin_ctzll(stop);
    }
    p += before ? left : 64 - (ptrdiff_t)(starts >> 63);
  }
}

#undef WALK
#undef TARGET
#undef LOOK
#undef LETTERS
