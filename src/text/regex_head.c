/*
 * The first bytes of what a pattern matches. A part gives the bytes it may have
 * at each of the first places, and how many it may take; behind a part that may
 * take several numbers of bytes the next one begins at each of these places.
 */
#include "text/regex_part.h"

#define ALL ((2u << PM_BYTE_ROW_MOST) - 1)

void pm_regex_head_or(pm_regex_head *all, const pm_regex_head *other) {
  for (unsigned i = 0; i < PM_BYTE_ROW_MOST; i++)
    pm_byte_set_add_all(&all->at[i], &other->at[i]);
  all->lengths |= other->lengths;
}

void pm_regex_head_then(pm_regex_head *all, const pm_regex_head *next) {
  unsigned lengths = 0;
  for (unsigned n = 0; n <= PM_BYTE_ROW_MOST; n++) {
    if (!(all->lengths >> n & 1))
      continue;
    for (unsigned i = n; i < PM_BYTE_ROW_MOST; i++)
      pm_byte_set_add_all(&all->at[i], &next->at[i - n]);
    lengths |= next->lengths << n;
  }
  if (lengths > ALL >> 1)
    lengths |= 1u << PM_BYTE_ROW_MOST;
  all->lengths = lengths & ALL;
}

/* Of one character, or of what is known as roughly: in ASCII it is a byte. */
static pm_regex_head head_of_bytes(const pm_byte_set *may) {
  bool beyond = may->bits[2] || may->bits[3];
  pm_regex_head head = {.at = {*may}, .lengths = beyond ? ALL - 1 : 2};
  for (unsigned i = 1; beyond && i < PM_BYTE_ROW_MOST; i++)
    head.at[i] = *may;
  return head;
}

/* A part that takes bytes fills the places in so many turns, be it more. */
pm_regex_head pm_regex_head_of(const pm_regex_part *p, pm_regex_times times) {
  pm_regex_head all = pm_regex_head_none(), once = p->head;
  if (p->zero)
    return all;
  if (once.lengths == 0)
    once = head_of_bytes(&p->may);
  for (unsigned n = 0; n < PM_BYTE_ROW_MOST && n < times.least; n++)
    pm_regex_head_then(&all, &once);
  pm_regex_head more = all;
  for (unsigned n = 0; n < PM_BYTE_ROW_MOST && n + times.least < times.most;
       n++) {
    pm_regex_head_then(&more, &once);
    pm_regex_head_or(&all, &more);
  }
  return all;
}

unsigned pm_regex_head_count(const pm_regex_head *head) {
  unsigned count = 0;
  while (count < PM_BYTE_ROW_MOST && !(head->lengths >> count & 1))
    count++;
  return count;
}
