#include "text/story.h"

#include <string.h>

/* The kind of a block, in a word. NONE is past either end of the page. */
enum { PROSE, APPEAL, CUE, SENTENCE, LONG, TITLE, LABEL, NONE, KINDS };

enum { HEAD, INSIDE, TAIL, PARTS };

enum { LENGTHS = 4, ENDINGS = 5, OPENINGS = 6, CLASSES = 25, FAR = 0xffff };

/* The first step that `value` is under, the number of limits if none. */
static size_t step(double value, const double *limits, size_t count) {
  size_t i = 0;
  while (i < count && value >= limits[i])
    i++;
  return i;
}
#define STEP(value, ...)                                                       \
  step((double)(value), (const double[]){__VA_ARGS__},                         \
       sizeof((const double[]){__VA_ARGS__}) / sizeof(double))

/* Every group: its name and how many features it has. */
#define GROUPS(G)                                                              \
  G(bias, 1)                                                                   \
  G(words_kind, 11 * KINDS)                                                    \
  G(kind_ending, KINDS *ENDINGS)                                               \
  G(opening_length, OPENINGS *LENGTHS)                                         \
  G(sentences_length, 5 * LENGTHS)                                             \
  G(common_length, 6 * LENGTHS)                                                \
  G(capitals_length, 6 * LENGTHS)                                              \
  G(upper_length, 2 * LENGTHS)                                                 \
  G(numbers_length, 5 * LENGTHS)                                               \
  G(covered_length, 6 * LENGTHS)                                               \
  G(commas_length, 5 * LENGTHS)                                                \
  G(separators_length, 4 * LENGTHS)                                            \
  G(signs_length, 16 * LENGTHS)                                                \
  G(gaps_kind, 4 * KINDS)                                                      \
  G(again_kind, 4 * KINDS)                                                     \
  G(class_length, CLASSES *LENGTHS)                                            \
  G(class_ending, CLASSES *ENDINGS)                                            \
  G(class_part, CLASSES *PARTS)                                                \
  G(class_before_kind, CLASSES *KINDS)                                         \
  G(zone_kind, 7 * PARTS * KINDS)                                              \
  G(part_length_ending, PARTS *LENGTHS *ENDINGS)                               \
  G(share_part_kind, 7 * PARTS * KINDS)                                        \
  G(share_many, 7 * 6)                                                         \
  G(many_part_kind, 6 * PARTS * KINDS)                                         \
  G(up_kind, 7 * KINDS)                                                        \
  G(down_kind, 7 * KINDS)                                                      \
  G(around_kind, KINDS *KINDS *KINDS)                                          \
  G(before_two_kind, KINDS *KINDS)                                             \
  G(after_two_kind, KINDS *KINDS)                                              \
  G(near_kind, 7 * KINDS)                                                      \
  G(wide_kind, 7 * KINDS)                                                      \
  G(cued_kind, 5 * KINDS)                                                      \
  G(metas_kind, 5 * KINDS)                                                     \
  G(under_kind, CLASSES * 6 * KINDS)                                           \
  G(depth_kind, 5 * 2 * KINDS)                                                 \
  G(held_share, 8 * 7)                                                         \
  G(held_kind_part, 8 * KINDS * PARTS)                                         \
  G(held_before, 8 * 8)                                                        \
  G(held_after, 8 * 8)

#define NUMBER(name, size) name,
enum { GROUPS(NUMBER) GROUP_COUNT };

#define SIZE(name, size) size_of_##name = (size),
enum { GROUPS(SIZE) };

/* first_of_x is where group x begins, end_of_x is one past it. */
#define FIRST(name, size)                                                      \
  first_of_##name, end_of_##name = first_of_##name + (size)-1,
enum { GROUPS(FIRST) FEATURES };

#define ROW(name, size) {#name, first_of_##name, size_of_##name},
static const pm_story_group groups[] = {GROUPS(ROW)};

const pm_story_group *pm_story_groups(size_t *count) {
  *count = GROUP_COUNT;
  return groups;
}

size_t pm_story_features(void) {
  return FEATURES;
}

static uint8_t kind_of(const pm_block *b, double spoken) {
  if (b->sentences >= 1 && b->words >= 12 && b->common >= b->words * spoken &&
      b->covered * 4 < b->words)
    return PROSE;
  if (b->covered > 0 && b->covered * 4 >= b->words)
    return b->words > 12 ? APPEAL : CUE;
  if (b->sentences >= 1)
    return SENTENCE;
  return b->words > 12 ? LONG : b->words > 3 ? TITLE : LABEL;
}

/* What a block adds to the main text when it is part of it. */
static double value_of(uint8_t kind, uint32_t words) {
  switch (kind) {
  case PROSE: return words < 60 ? words : 60;
  case SENTENCE: return words * 0.5;
  case LONG: return words * 0.3 - 2;
  case TITLE: return -4;
  case APPEAL: return -12;
  default: return -7;
  }
}

static void find_main(pm_story *s) {
  double best = 0, sum = 0;
  size_t first = 0;
  s->main_first = 1;
  s->main_last = 0;
  for (size_t i = 0; i < s->count; i++) {
    if (sum <= 0) {
      sum = 0;
      first = i;
    }
    sum += value_of(s->places[i + 1].kind, s->blocks[i].words);
    if (sum > best) {
      best = sum;
      s->main_first = first;
      s->main_last = i;
    }
  }
}

static void find_distances(pm_story *s) {
  uint32_t distance = FAR;
  for (size_t i = 0; i < s->count; i++) {
    s->places[i + 1].up = distance;
    distance = s->places[i + 1].kind == PROSE ? 0
               : distance < FAR               ? distance + 1
                                              : FAR;
  }
  distance = FAR;
  for (size_t i = s->count; i-- > 0;) {
    s->places[i + 1].down = distance;
    distance = s->places[i + 1].kind == PROSE ? 0
               : distance < FAR               ? distance + 1
                                              : FAR;
  }
}

/* Counts blocks with the same words; table holds 1 + the first of them. */
static void count_again(pm_story *s, uint32_t *table, size_t room) {
  memset(table, 0, room * sizeof *table);
  for (int pass = 0; pass < 2; pass++) {
    for (size_t i = 0; i < s->count; i++) {
      uint64_t exact = s->blocks[i].exact;
      size_t slot = exact & (room - 1);
      while (table[slot] && s->blocks[table[slot] - 1].exact != exact)
        slot = (slot + 1) & (room - 1);
      if (!table[slot])
        table[slot] = (uint32_t)i + 1;
      pm_story_place *first = &s->places[table[slot]];
      if (pass == 0)
        first->again++;
      else
        s->places[i + 1].again = first->again;
    }
  }
}

static uint8_t lowest_class(uint64_t mask) {
  uint8_t class = 0;
  while (class < CLASSES && !(mask & 1)) {
    mask >>= 1;
    class ++;
  }
  return class < CLASSES ? class : 0;
}

void pm_story_read(pm_story *s, const pm_block *blocks, size_t count,
                   const pm_story_classes *classes, pm_story_place *places,
                   uint32_t *table, size_t room) {
  *s = (pm_story){.blocks = blocks, .places = places, .count = count};
  uint64_t common = 0, words = 0;
  for (size_t i = 0; i < count; i++) {
    common += blocks[i].common;
    words += blocks[i].words;
  }
  /* A language whose common words are unknown is judged without them. */
  double spoken = (double)common > (double)words * 0.08 ? 0.2 : 0;

  places[0] = (pm_story_place){.kind = NONE};
  uint32_t under_at = 0;
  uint8_t under = 0;
  for (size_t i = 0; i < count; i++) {
    const pm_block *b = &blocks[i];
    const pm_story_place *last = &places[i];
    pm_story_place *p = &places[i + 1];
    *p = (pm_story_place){.kind = kind_of(b, spoken)};
    p->prose = last->prose + (p->kind == PROSE ? b->words : 0);
    p->words = last->words + b->words;
    p->cues = last->cues + (p->kind == CUE || p->kind == APPEAL);
    p->metas = last->metas + (b->words <= 10 && b->mask & classes->meta);
    p->under = under;
    p->under_at = under_at;
    if (p->kind == CUE && b->words <= 8 && b->mask & classes->heading) {
      under = lowest_class(b->mask & classes->heading);
      under_at = (uint32_t)i;
    }
  }
  s->share = words ? (double)places[count].prose / (double)words : 0;
  find_main(s);
  find_distances(s);
  if (count > 0)
    count_again(s, table, room);
}

static uint8_t kind_at(const pm_story *s, size_t i) {
  return i < s->count ? s->places[i + 1].kind : NONE;
}

/* The blocks within `reach` of block i: from (included) and to (not). */
typedef struct window {
  size_t from, to;
} window;

static window around(const pm_story *s, size_t i, size_t reach) {
  window w = {i > reach ? i - reach : 0, i + reach + 1};
  if (w.to > s->count)
    w.to = s->count;
  return w;
}

/* The share of prose in the words around block i, without its own. */
static double prose_around(const pm_story *s, size_t i, size_t reach) {
  window w = around(s, i, reach);
  uint32_t own = s->blocks[i].words;
  uint32_t words = s->places[w.to].words - s->places[w.from].words - own;
  uint32_t prose = s->places[w.to].prose - s->places[w.from].prose;
  if (s->places[i + 1].kind == PROSE)
    prose -= own;
  return words ? (double)prose / words : 0;
}

static size_t held_step(const int8_t *held, const pm_story *s, size_t i) {
  int h = held && i < s->count ? held[i] : 0;
  return STEP(h, -2.5, 0, 1, 4, 6, 10, 20);
}

/* Writes feature `value` of group `name`. */
#define ADD(name, value) (*out++ = (uint16_t)(first_of_##name + (value)))

size_t pm_story_describe(const pm_story *s, size_t i, const int8_t *held,
                         uint16_t *out) {
  const uint16_t *begin = out;
  const pm_block *b = &s->blocks[i];
  const pm_story_place *p = &s->places[i + 1];
  uint32_t words = b->words, w = words ? words : 1;
  size_t kind = p->kind, ending = b->ending;
  size_t length = STEP(words, 4, 10, 25);

  /* Its shape. */
  ADD(bias, 0);
  ADD(words_kind,
      STEP(words, 2, 3, 4, 6, 9, 13, 21, 36, 61, 120) * KINDS + kind);
  ADD(kind_ending, kind * ENDINGS + ending);
  ADD(opening_length, b->opening * LENGTHS + length);
  ADD(sentences_length, STEP(b->sentences, 1, 2, 3, 5) * LENGTHS + length);
  ADD(common_length,
      STEP((double)b->common / w, .05, .15, .25, .35, .45) * LENGTHS + length);
  ADD(capitals_length,
      STEP((double)(b->capital + b->upper) / w, .05, .15, .3, .6, .95) *
              LENGTHS +
          length);
  ADD(upper_length, (size_t)(b->upper == words) * LENGTHS + length);
  ADD(numbers_length,
      STEP((double)b->numbers / w, .01, .1, .3, .6) * LENGTHS + length);
  ADD(covered_length,
      STEP((double)b->covered / w, .01, .1, .25, .5, .9) * LENGTHS + length);
  ADD(commas_length, STEP(b->commas, 1, 2, 4, 8) * LENGTHS + length);
  ADD(separators_length, STEP(b->separators, 1, 2, 4) * LENGTHS + length);
  size_t signs = (size_t)(b->links > 0) | (size_t)(b->ats > 0) << 1 |
                 (size_t)(b->brackets > 0) << 2 | (size_t)(b->quotes > 0) << 3;
  ADD(signs_length, signs * LENGTHS + length);
  size_t gaps =
      (size_t)(b->gap > 0) << 1 | (size_t)(i + 1 < s->count && b[1].gap > 0);
  ADD(gaps_kind, gaps * KINDS + kind);
  ADD(again_kind, STEP(p->again, 2, 3, 5) * KINDS + kind);

  /* Where it stands. */
  bool before = s->main_first > s->main_last || i < s->main_first;
  size_t part = before ? HEAD : i > s->main_last ? TAIL : INSIDE;
  size_t far = part == INSIDE ? 0
               : before ? s->main_first > s->main_last ? FAR : s->main_first - i
                        : i - s->main_last;
  size_t share = STEP(s->share, .1, .3, .5, .7, .85, .95);
  size_t many = STEP(s->count, 8, 20, 50, 120, 300);
  ADD(zone_kind, (STEP(far, 1, 2, 3, 6, 12, 30) * PARTS + part) * KINDS + kind);
  ADD(part_length_ending, (part * LENGTHS + length) * ENDINGS + ending);
  ADD(share_part_kind, (share * PARTS + part) * KINDS + kind);
  ADD(share_many, share * 6 + many);
  ADD(many_part_kind, (many * PARTS + part) * KINDS + kind);
  ADD(up_kind, STEP(p->up, 1, 2, 3, 5, 10, 25) * KINDS + kind);
  ADD(down_kind, STEP(p->down, 1, 2, 3, 5, 10, 25) * KINDS + kind);
  uint32_t total = s->places[s->count].words;
  double depth = total ? (double)s->places[i].words / total : 0;
  ADD(depth_kind,
      (STEP(depth, .1, .3, .6, .9) * 2 + (size_t)(s->share >= .5)) * KINDS +
          kind);

  /* Its wording. */
  uint64_t mask = b->mask;
  for (size_t class = 1; mask && class < CLASSES; class ++, mask >>= 1) {
    if (mask & 2) { /* class 0 is counted, not noted */
      ADD(class_length, class * LENGTHS + length);
      ADD(class_ending, class * ENDINGS + ending);
      ADD(class_part, class * PARTS + part);
    }
  }
  mask = i > 0 ? b[-1].mask : 0;
  for (size_t class = 1; mask && class < CLASSES; class ++, mask >>= 1)
    if (mask & 2)
      ADD(class_before_kind, class * KINDS + kind);

  /* What stands around it. */
  size_t last = i > 0 ? kind_at(s, i - 1) : NONE, after = kind_at(s, i + 1);
  ADD(around_kind, (last * KINDS + after) * KINDS + kind);
  ADD(before_two_kind,
      (i > 1 ? kind_at(s, i - 2) : (size_t)NONE) * KINDS + kind);
  ADD(after_two_kind, kind_at(s, i + 2) * KINDS + kind);
  ADD(near_kind,
      STEP(prose_around(s, i, 2), .05, .2, .4, .6, .8, .95) * KINDS + kind);
  ADD(wide_kind,
      STEP(prose_around(s, i, 8), .05, .2, .4, .6, .8, .95) * KINDS + kind);
  window near = around(s, i, 4);
  double others =
      (double)(near.to - near.from > 1 ? near.to - near.from - 1 : 1);
  double cues = s->places[near.to].cues - s->places[near.from].cues -
                (kind == CUE || kind == APPEAL);
  double metas = s->places[near.to].metas - s->places[near.from].metas;
  ADD(cued_kind, STEP(cues / others, .1, .25, .5, .75) * KINDS + kind);
  ADD(metas_kind, STEP(metas / others, .1, .25, .4, .6) * KINDS + kind);
  ADD(under_kind,
      (p->under * 6 + STEP(i - p->under_at, 2, 4, 10, 30, 100)) * KINDS + kind);

  /* Plain evidence. */
  if (held) {
    size_t h = held_step(held, s, i);
    ADD(held_share, h * 7 + share);
    ADD(held_kind_part, (h * KINDS + kind) * PARTS + part);
    ADD(held_before, h * 8 + (i > 0 ? held_step(held, s, i - 1) : 1));
    ADD(held_after, h * 8 + held_step(held, s, i + 1));
  }
  return (size_t)(out - begin);
}
