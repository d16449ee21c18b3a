/*
 * Escapes that go from one block of 64 bytes into the next, and those that are
 * wrong, all as bits: `\uD83D\uDE00` needs eight digits, and its second half.
 */
#ifndef PM_JSON_CARRY_H
#define PM_JSON_CARRY_H

#include <stdint.h>

/* How a block begins. Each is a set of its first bytes. */
typedef struct pm_json_carry {
  uint64_t open;   /* the one behind a backslash */
  uint64_t digits; /* those of \u */
  uint64_t first;  /* the first of four such digits */
  uint64_t second; /* the second one, behind a 'D' */
  uint64_t low;    /* the second one, where a low surrogate has to be */
  uint64_t pair;   /* before that, where no string may end */
} pm_json_carry;

/* Which bytes of a block are what, wherever they stand. */
typedef struct pm_json_digits {
  uint64_t all;  /* hexadecimal digits */
  uint64_t d;    /* d and D */
  uint64_t high; /* 8 to B: behind D, it is a high surrogate */
  uint64_t low;  /* C to F */
} pm_json_digits;

/* The bits `n` places later; `*next` gets those that leave the block. */
static inline uint64_t pm_json_later(uint64_t bits, int n, uint64_t *next) {
  *next |= bits >> (64 - n);
  return bits << n;
}

/* Not 0 if an escape of \u goes on in the block. */
static inline uint64_t pm_json_in_unit(const pm_json_carry *c) {
  return c->digits | c->low | c->pair;
}

/*
 * The bytes where an escape of \u is wrong: `u` are the letters u of those
 * that begin in this block, `quote` the quotes that may end the string.
 */
static inline uint64_t pm_json_unit_faults(uint64_t u, uint64_t quote,
                                           const pm_json_digits *k,
                                           pm_json_carry *c) {
  pm_json_carry now = *c;
  *c = (pm_json_carry){.open = now.open};
  now.first |= pm_json_later(u, 1, &c->first);
  for (int i = 1; i <= 4; i++)
    now.digits |= pm_json_later(u, i, &c->digits);
  now.second |= pm_json_later(now.first & k->d, 1, &c->second);
  uint64_t high = now.second & k->high;
  for (int i = 3; i <= 5; i++)
    now.pair |= pm_json_later(high, i, &c->pair);
  now.low |= pm_json_later(high, 6, &c->low);
  return (now.digits & ~k->all) | (now.low ^ (now.second & k->low)) |
         (now.pair & quote);
}

#endif
