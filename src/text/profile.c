#include "text/profile.h"

#include "text/repair.h"
#include "text/utf8.h"

static void count_odd(uint32_t c, pm_profile *to) {
  if (c == 0)
    to->nul++;
  else if (c == PM_REPLACEMENT)
    to->replacement++;
  else if (c >= 0x80 && c <= 0x9F)
    to->c1++;
  else if (c != '\r' && (c < 0x20 || c == 0x7F))
    to->controls++;
  else
    switch (pm_repair_step_of(c)) {
    case PM_REPAIR_BOM: to->bom++; break;
    case PM_REPAIR_ZERO_WIDTH: to->zero_width++; break;
    case PM_REPAIR_BIDI: to->bidi++; break;
    default: break;
    }
}

static void count_valid(const char *p, const char *end, pm_profile *to) {
  for (const char *q = p; q < end; q++)
    to->characters += !pm_utf8_is_tail(*q);
  while ((p = pm_repair_skip(p, end)) < end) {
    uint32_t c = pm_utf8_next(&p);
    if (c != '\t' && c != '\n')
      count_odd(c, to);
  }
}

void pm_profile_count(const char *text, size_t len, pm_profile *to) {
  const char *p = text, *end = text + len;
  *to = (pm_profile){0};
  while (p < end) {
    size_t good = pm_utf8_check(p, (size_t)(end - p));
    count_valid(p, p + good, to);
    p += good;
    uint32_t c;
    for (int n; p < end && (n = pm_utf8_read(p, end, &c)) < 0; p -= n) {
      to->invalid += (size_t)-n;
      to->characters++;
    }
  }
}
