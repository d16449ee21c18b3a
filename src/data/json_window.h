/*
 * pm_json_fill for one kind of processor, which defines FILL (the name), TARGET
 * (its function attribute), TAIL, LOOK, LETTERS and BETWEEN (json_look.h).
 */
TARGET static void FILL(pm_json_scan *s, size_t at) {
  size_t len = (size_t)(s->end - s->text);
  pm_json_window *w = &s->window;
  pm_json_carry *c = &w->carry;
  w->start = at;
  for (int i = 0; i < PM_JSON_BLOCKS && at < len; i++, at += 64) {
    char last[64];
    const char *p = s->text + at;
    if (len - at < 64) {
      TAIL(last, p, len - at);
      p = last;
    }
    pm_json_block b = LOOK(p);
    if (b.slash | c->open | pm_json_in_unit(c)) {
      uint64_t starts, escaped = pm_json_escaped(b.slash, &c->open, &starts);
      uint64_t odd = escaped & ~LETTERS(p);
      b.quote &= ~escaped;
      if (odd | pm_json_in_unit(c)) {
        uint64_t u = odd & BETWEEN(p, 0, 'u', 'u'), d;
        uint64_t hex = BETWEEN(p, 0, '0', '9') | BETWEEN(p, 0x20, 'a', 'f');
        b.bad |= (odd ^ u) | (pm_json_unit_digits(u, c, &d) & ~hex);
        d &= BETWEEN(p, 0x20, 'd', 'd');
        if (d | c->second | c->low | c->pair)
          b.bad |= pm_json_pair_faults(
              d, BETWEEN(p, 0, '8', '9') | BETWEEN(p, 0x20, 'a', 'b'),
              BETWEEN(p, 0x20, 'c', 'f'), b.quote, c);
      }
    }
    w->blocks[i] = b;
  }
  w->end = at;
}

#undef FILL
#undef TARGET
#undef LOOK
#undef TAIL
#undef LETTERS
#undef BETWEEN
