/*
 * Word boundaries, 64 bytes at a time, for a file that brings the instructions.
 * Before it includes this it defines
 *
 *   TARGET    attributes of every function
 *   PATH      the name of the pm_words_path to define
 *   classify  word_ascii (const unsigned char [64]): the ASCII bytes by class
 *   emit      writes base + i for each bit i, in order, and returns what
 *             follows; it may write up to 64 numbers, the last ones for nothing
 *
 * One bit stands for one byte; a character that is not ASCII sets the bits of
 * all its bytes. So the rules are a few shifts, for any script:
 *
 *   text      I t ' s   3 . 5   n a i i v e        (ii: one letter, two bytes)
 *   letter    1 1 0 1 0 0 0 0 0 1 1 1 1 1 1
 *   digit     0 0 0 0 0 1 0 1 0 0 0 0 0 0 0
 *   inside    0 0 1 0 0 0 1 0 0 0 0 0 0 0 0        joins what is around it
 *   boundary  1 0 0 0 1 1 0 0 1 1 0 0 0 0 0        before this byte
 *
 * What the masks do not express (flags, emoji sequences, quotes in Hebrew,
 * marks on line ends) is left to pm_word_end: the block is cut short before
 * it, the rules run from the last boundary on until they are past it, and
 * blocks go on from the boundary that they reach, since every boundary is a
 * place to start afresh.
 */
#include "text/words_lookup.h"
#include "text/words_path.h"

/* Numbers that a block may write, with those for nothing. */
enum { BLOCK_WRITES = 128 + 64 };

/* Takes the runs of underscores that no letter or digit follows out of `taken`:
 * `starts` has the ones that no letter precedes. Stops the block where such a
 * run may go on behind it. */
TARGET static uint64_t drop_underscores(word_block *b, uint64_t underscore,
                                        uint64_t starts, uint64_t others,
                                        uint64_t taken) {
  for (; starts; starts &= starts - 1) {
    unsigned at = (unsigned)__builtin_ctzll(starts);
    uint64_t rest = ~(underscore >> at);
    unsigned end = rest ? at + (unsigned)__builtin_ctzll(rest) : 64;
    if (end >= b->n) {
      if (b->n < b->left)
        word_stop(b, at);
      return taken & word_low_bits(at);
    }
    if (!(others >> end & 1))
      taken &= ~(word_low_bits(end - at) << at);
  }
  return taken;
}

/* WB3: bits of the LF in CR LF, given those of CR or LF. */
TARGET static uint64_t line_feeds(const word_block *b, uint64_t line_end,
                                  uint64_t before) {
  uint64_t second = line_end & (line_end << 1 | before), joined = 0;
  for (; second; second &= second - 1) {
    int at = __builtin_ctzll(second);
    if (b->s[at] == '\n' && b->s[at - 1] == '\r')
      joined |= (uint64_t)1 << at;
  }
  return joined;
}

/* Writes where spans end and start; a bit may be both. */
TARGET static inline uint32_t *emit_both(uint32_t *out, uint64_t starts,
                                         uint64_t ends, uint32_t base) {
  for (uint64_t bits = starts | ends; bits; bits &= bits - 1) {
    unsigned at = (unsigned)__builtin_ctzll(bits);
    *out = base + at;
    out += ends >> at & 1;
    *out = base + at;
    out += starts >> at & 1;
  }
  return out;
}

/* Reads the ASCII bytes, and the others if there are any. */
TARGET static inline word_ascii read_classes(word_block *b,
                                             const word_carry *c) {
  unsigned char copy[64];
  const unsigned char *bytes = b->s;
  if (b->left < 64) {
    memset(copy, 0, sizeof copy);
    memcpy(copy, b->s, b->left);
    bytes = copy;
  }
  word_ascii m = classify(bytes);
  b->inner = 0;
  if (m.high || b->dirty) {
    memset(b->mask, 0, sizeof b->mask);
    word_look_up(b, m.high);
    b->dirty = m.high != 0;
  }
  if (b->mask[ROLE_ATTACHED]) {
    const uint64_t ascii[ROLE_HEBREW + 1] = {
        [ROLE_LETTER] = m.letter,
        [ROLE_DIGIT] = m.digit,
        [ROLE_UNDERSCORE] = m.underscore,
    };
    word_attach(b, ascii, c);
  }
  if (b->mask[ROLE_HEBREW] | c->role[ROLE_HEBREW])
    word_check_hebrew(b, c);
  return m;
}

/* Cuts off a last character that may join what the next block begins with. */
TARGET static inline void drop_last_mid(word_block *b, uint64_t ascii,
                                        uint64_t wide) {
  if (b->n == 0 || b->n == b->left)
    return;
  unsigned last = b->n - 1;
  if (wide >> last & 1)
    while (b->inner >> last & 1)
      last--;
  if ((ascii | wide) >> last & 1)
    b->n = last;
}

/* Reads one block: spans' ends and starts go to `out`. `*last` becomes the last
 * boundary in it. */
TARGET static inline uint32_t *read_block(word_block *b, word_carry *c, int all,
                                          uint32_t base, uint32_t *last,
                                          uint32_t *out) {
  word_ascii m = read_classes(b, c);
  const uint64_t *of = b->mask, *before = c->role;
  uint64_t mid_letter = of[ROLE_MID_LETTER] | of[ROLE_MID_BOTH];
  uint64_t mid_digit = of[ROLE_MID_DIGIT] | of[ROLE_MID_BOTH];
  drop_last_mid(b, m.mid_letter | m.mid_digit, mid_letter | mid_digit);

  uint64_t valid = word_low_bits(b->n);
  uint64_t letter = (m.letter | of[ROLE_LETTER] | of[ROLE_HEBREW]) & valid;
  uint64_t digit = (m.digit | of[ROLE_DIGIT]) & valid;
  uint64_t underscore = (m.underscore | of[ROLE_UNDERSCORE]) & valid;
  uint64_t kana = of[ROLE_KANA] & valid;
  uint64_t space = (m.space | of[ROLE_SPACE]) & valid;

  uint64_t inside = /* WB6, WB7, WB11, WB12 */
      (m.mid_letter & (letter << 1 | before[ROLE_LETTER]) & letter >> 1) |
      (m.mid_digit & (digit << 1 | before[ROLE_DIGIT]) & digit >> 1);
  if (mid_letter | mid_digit)
    inside |= word_wide_inside(b, mid_letter, letter, before[ROLE_LETTER]) |
              word_wide_inside(b, mid_digit, digit, before[ROLE_DIGIT]);

  uint64_t joining = letter | digit | underscore; /* WB5, WB8 to WB10, WB13 */
  uint64_t before_joining =
      before[ROLE_LETTER] | before[ROLE_DIGIT] | before[ROLE_UNDERSCORE];
  uint64_t joining_kana = kana | underscore;
  uint64_t before_kana = before[ROLE_KANA] | before[ROLE_UNDERSCORE];
  uint64_t joined = b->inner | inside | inside << 1 |
                    (joining & (joining << 1 | before_joining)) |
                    (joining_kana & (joining_kana << 1 | before_kana)) |
                    (space & (space << 1 | c->space)); /* WB3d */
  uint64_t taken = joining | kana | of[ROLE_IDEOGRAPH] | inside;
  if (all) {
    joined |= line_feeds(b, m.line_end & valid, c->line_end);
    taken = ~(uint64_t)0;
  }
  uint64_t boundary = ~joined & valid;
  if (!all && (underscore & boundary)) {
    taken = drop_underscores(b, underscore, underscore & boundary,
                             letter | digit | kana, taken);
    boundary &= word_low_bits(b->n);
  }
  if (b->n == 0)
    return out;

  uint64_t starts = boundary & taken;
  uint64_t ends = boundary & (taken << 1 | c->taken);
  out = starts & ends ? emit_both(out, starts, ends, base)
                      : emit(out, starts | ends, base);
  if (boundary)
    *last = base + 63 - (uint32_t)__builtin_clzll(boundary);

  unsigned end = b->n - 1;
  *c = (word_carry){
      .role = {[ROLE_LETTER] = letter >> end & 1,
               [ROLE_DIGIT] = digit >> end & 1,
               [ROLE_UNDERSCORE] = underscore >> end & 1,
               [ROLE_KANA] = kana >> end & 1,
               [ROLE_IDEOGRAPH] = of[ROLE_IDEOGRAPH] >> end & 1,
               [ROLE_HEBREW] = of[ROLE_HEBREW] >> end & 1},
      .space = space >> end & 1,
      .line_end = m.line_end >> end & 1,
      .taken = taken >> end & 1,
  };
  return out;
}

/*
 * Reads blocks from the boundary it->at on, as long as there is room. Returns
 * how many spans were written and leaves it->at at a boundary; `*past` is
 * what pm_word_end has to reach from there, or 0.
 */
TARGET static size_t read_blocks(pm_words *it, pm_span *out, size_t room,
                                 size_t *past) {
  uint32_t *first = &out->start, *to = first;
  const uint32_t *limit = first + 2 * room - BLOCK_WRITES;
  uint32_t last = (uint32_t)it->at;
  size_t at = it->at;
  word_carry c = {0};
  word_block b = {0};
  while (at < it->len && to <= limit && !b.stopped) {
    b.s = it->text + at;
    b.left = it->len - at;
    b.n = b.left < 64 ? (unsigned)b.left : 64;
    to = read_block(&b, &c, it->all, (uint32_t)at, &last, to);
    at += b.n;
  }
  *past = b.stopped ? at + 1 : 0;
  size_t written = (size_t)(to - first);
  if (at == it->len) {
    if (written & 1)
      *to = (uint32_t)at;
    it->at = at;
    return (written + 1) / 2;
  }
  it->at = last; /* what began there is read again */
  return written / 2;
}

TARGET size_t PATH(pm_words *it, pm_span *out, size_t room) {
  size_t count = 0, patience = 0;
  while (count < room && it->at < it->len) {
    size_t past = it->len, before = it->at;
    if (room - count > BLOCK_WRITES / 2) {
      count += read_blocks(it, out + count, room - count, &past);
      if (past == 0) /* all is read, or the room for blocks is used up */
        break;
      /* Where blocks stop every few bytes the rules alone are faster. */
      patience = past - before < 64 ? patience * 2 + 32 : 0;
      patience = patience < 4096 ? patience : 4096;
      past += patience;
    }
    while (it->at < past && it->at < it->len && count < room)
      count += pm_words_next_plain(it, out + count, 1);
  }
  return count;
}
