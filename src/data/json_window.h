/*
 * The walk over the inside of a string, a window of 64 bytes at a time.
 * Included once for each kind of processor, which defines WALK (the name),
 * TARGET (its function attribute), LOOK, LETTERS and BETWEEN (json_look.h).
 *
 * From offset `at` on, which is behind the last window where its carry is not
 * zero. Returns the closing quote, or NULL when something is wrong.
 */
TARGET static const char *WALK(pm_json_scan *s, size_t at, seen *had) {
  size_t len = (size_t)(s->end - s->text);
  pm_json_window w = {.carry = s->window.carry};
  pm_json_carry *c = &w.carry;
  uint64_t stop;
  int done = 0;
  for (; at < len && !done; at += 64) {
    char last[64];
    const char *p = s->text + at;
    if (len - at < 64) {
      memset(last, ' ', sizeof last);
      p = memcpy(last, p, len - at);
    }
    pm_json_block b = LOOK(p);
    w.quote = b.quote;
    w.slash = b.slash;
    w.high = b.high;
    w.bad = b.control;
    if (w.slash | c->open | (uint64_t)pm_json_in_unit(c)) {
      uint64_t starts, escaped = pm_json_escaped(w.slash, &c->open, &starts);
      uint64_t odd = escaped & ~LETTERS(p);
      w.quote &= ~escaped;
      if (odd | (uint64_t)pm_json_in_unit(c)) {
        pm_json_digits k = {
            .all = BETWEEN(p, 0, '0', '9') | BETWEEN(p, 0x20, 'a', 'f'),
            .d = BETWEEN(p, 0x20, 'd', 'd'),
            .high = BETWEEN(p, 0, '8', '9') | BETWEEN(p, 0x20, 'a', 'b'),
            .low = BETWEEN(p, 0x20, 'c', 'f')};
        uint64_t u = odd & BETWEEN(p, 0, 'u', 'u');
        w.bad |= (odd ^ u) | pm_json_unit_faults(u, w.quote, &k, c);
      }
    }
    done = take(&w, ~(uint64_t)0, had, &stop);
  }
  w.end = at;
  s->window = w;
  return done > 0 ? s->text + (at - 64) + __builtin_ctzll(stop) : NULL;
}

#undef WALK
#undef TARGET
#undef LOOK
#undef LETTERS
#undef BETWEEN
