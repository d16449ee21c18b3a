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

/* The bits `n` places later; `*next` gets those that leave the block. */
static inline uint64_t pm_json_later(uint64_t bits, int n, uint64_t *next) {
  *next |= bits >> (64 - n);
  return bits << n;
}

/* Not 0 if an escape of \u goes on in the block. */
static inline uint64_t pm_json_in_unit(const pm_json_carry *c) {
  return c->digits | c->low | c->pair;
}

/* The bytes that have to be digits of the escapes whose letters u are at `u`,
 * or that go on from the block before; `*first` gets the first digits. */
static inline uint64_t pm_json_unit_digits(uint64_t u, pm_json_carry *c,
                                           uint64_t *first) {
  uint64_t digits = c->digits, next = 0;
  *first = u << 1 | c->first;
  digits |= pm_json_later(u, 1, &next) | pm_json_later(u, 2, &next) |
            pm_json_later(u, 3, &next) | pm_json_later(u, 4, &next);
  c->first = u >> 63;
  c->digits = next;
  return digits;
}

/*
 * The bytes where surrogates are no pairs: `d` are the first digits that are
 * D; `upper` are bytes that are 8 to B, the second digit of the first half of
 * a pair, and `lower` those that are C to F; `quote` may end the string.
 */
static inline uint64_t pm_json_pair_faults(uint64_t d, uint64_t upper,
                                           uint64_t lower, uint64_t quote,
                                           pm_json_carry *c) {
  pm_json_carry next = {
      .open = c->open, .digits = c->digits, .first = c->first};
  uint64_t second = c->second | pm_json_later(d, 1, &next.second);
  uint64_t high = second & upper;
  uint64_t pair = c->pair | pm_json_later(high, 3, &next.pair) |
                  pm_json_later(high, 4, &next.pair) |
                  pm_json_later(high, 5, &next.pair);
  uint64_t low = c->low | pm_json_later(high, 6, &next.low);
  *c = next;
  return (low ^ (second & lower)) | (pair & quote);
}

#endif
