/*
 * The walk over the inside of a string, 64 bytes at a time. Included once for
 * each kind of processor, which defines WALK (the name), TARGET (its function
 * attribute) and LOOK (its pm_json_look).
 *
 * From behind the opening quote to the closing quote; NULL after filling in
 * the error. The last bytes of the text are looked at in the 64 bytes that end
 * with them; shorter texts are walked byte by byte (json.c).
 */
TARGET static const char *WALK(pm_json_scan *s, const char *p, bool *high) {
  for (;;) {
    ptrdiff_t left = s->end - p;
    pm_json_block b;
    if (left >= 64) {
      b = LOOK(p);
    } else {
      if (left == 0)
        return pm_json_fail(s, p, "a string is cut short");
      b = LOOK(s->end - 64);
      b.special >>= 64 - left;
      b.high >>= 64 - left;
    }
    for (;;) {
      if (b.special == 0) {
        *high |= b.high != 0;
        p += left < 64 ? left : 64;
        break;
      }
      int k = __builtin_ctzll(b.special);
      const char *q = p + k;
      if (*q == '"') {
        *high |= (b.high & (((uint64_t)1 << k) - 1)) != 0;
        return q;
      }
      if (*q != '\\')
        return pm_json_fail(s, q, "control byte in a string");
      s->escaped = true;
      if (k < 63 && q + 1 < s->end && is_letter(q[1])) {
        b.special &= ~((uint64_t)3 << k);
        continue;
      }
      *high |= (b.high & (((uint64_t)1 << k) - 1)) != 0;
      p = escapes(s, q);
      if (!p)
        return NULL;
      break;
    }
  }
}

#undef WALK
#undef TARGET
#undef LOOK
