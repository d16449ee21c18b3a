/*
 * What a pattern may cost at a place where it does not match. A part that is
 * tried in several ways multiplies what comes behind it.
 *
 * A run without an end, such as the [a-z]+ in `\d [a-z]+ \d`, costs as much
 * as it is long. But when the byte behind it is of another class there is one
 * way to match it, and when no match starts with a byte of it, only as many
 * starts can reach it as characters stand before it in the pattern: summed over
 * all starts of a text it costs no more than they do.
 */
#include <limits.h>
#include <math.h>

#include "text/regex_part.h"

static double at_least_one(double n) {
  return n > 0 ? n : 1;
}

/* The cost of `p` so often. */
static pm_regex_cost repeated(const pm_regex_part *p, pm_regex_times times) {
  pm_regex_cost c = p->cost;
  bool single = c.steps == 0;
  c.steps = at_least_one(c.steps);
  c.ways = at_least_one(c.ways);
  if (single && !p->zero)
    c.length = 1;
  if (times.most > 1 && (c.open || c.runs > 0))
    c.steps = INFINITY;
  if (times.most == UINT_MAX) {
    c.steps = times.least > 1 && !single ? INFINITY
                                         : c.steps * at_least_one(times.least);
    c.ways = 1;
    c.open = true;
    c.run = single && !p->zero;
    c.bytes = p->may;
    c.length = 0;
    return c;
  }
  double each = 1, begun = 0, done = 0; /* ways of one go on in all the next */
  for (unsigned n = 0; n <= times.most; n++, each *= c.ways) {
    begun += n < times.most ? each : 0;
    done += n >= times.least ? each : 0;
  }
  c.steps *= begun;
  c.ways = done;
  c.length *= times.most;
  return c;
}

void pm_regex_add_cost(pm_regex_cost *all, const pm_regex_part *p,
                       pm_regex_times times) {
  if (times.most == 0)
    return;
  pm_regex_cost c = repeated(p, times);
  if (all->open) {
    bool stops = all->run && times.least > 0 && !p->zero &&
                 !pm_byte_set_meet(&all->bytes, &p->may);
    if (!stops)
      all->steps = INFINITY;
    pm_byte_set_add_all(&all->run_bytes, &all->bytes);
    all->runs++;
  }
  all->steps += at_least_one(all->ways) * c.steps;
  all->ways = at_least_one(all->ways) * c.ways;
  all->length += c.length;
  all->open = c.open;
  all->run = c.run;
  all->bytes = c.bytes;
  all->runs += c.runs;
  pm_byte_set_add_all(&all->run_bytes, &c.run_bytes);
}

void pm_regex_either_cost(pm_regex_cost *all, const pm_regex_cost *other) {
  all->steps = at_least_one(all->steps) + at_least_one(other->steps);
  all->ways = at_least_one(all->ways) + at_least_one(other->ways);
  all->length = fmax(all->length, other->length);
  all->run = (all->run || !all->open) && (other->run || !other->open);
  all->open |= other->open;
  pm_byte_set_add_all(&all->bytes, &other->bytes);
  all->runs += other->runs;
  pm_byte_set_add_all(&all->run_bytes, &other->run_bytes);
}

double pm_regex_start_steps(const pm_regex_need *need,
                            const pm_byte_set *start) {
  if (need->runs > 0 && pm_byte_set_meet(start, &need->run_bytes))
    return INFINITY;
  return need->steps * pow(1 + need->length, need->runs);
}
