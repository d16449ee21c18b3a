#include "text/lexicon.h"

#include <stdlib.h>

static const uint64_t first_word = UINT64_C(0x5e5e5e5e00000001);
static const uint64_t last_word = UINT64_C(0x2424242400000001);

static uint64_t key_of(uint32_t node, uint64_t word) {
  uint64_t key = pm_term_mix(word + node * UINT64_C(0x9e3779b97f4a7c15));
  return key ? key : 1;
}

static pm_lexicon_step *slot(pm_lexicon_step *steps, size_t room,
                             uint64_t key) {
  size_t i = key & (room - 1);
  while (steps[i].key && steps[i].key != key)
    i = (i + 1) & (room - 1);
  return &steps[i];
}

/* The node after `node` by `word`, 0 when no phrase goes on so. */
static uint32_t next(const pm_lexicon *lexicon, uint32_t node, uint64_t word) {
  if (!lexicon->room)
    return 0;
  return slot(lexicon->steps, lexicon->room, key_of(node, word))->node;
}

/* Most words start no phrase: a bit says so without a look-up. */
static bool may_start(const pm_lexicon *lexicon, uint64_t hash) {
  return lexicon->starts[hash >> 54] >> (hash >> 48 & 63) & 1;
}

static int grow(pm_lexicon *lexicon) {
  size_t room = lexicon->room ? lexicon->room * 2 : 1024;
  pm_lexicon_step *steps = calloc(room, sizeof *steps);
  uint64_t *classes = calloc(room, sizeof *classes);
  if (!steps || !classes) {
    free(steps);
    free(classes);
    return -1;
  }
  for (size_t i = 0; i < lexicon->room; i++) {
    if (lexicon->steps[i].key)
      *slot(steps, room, lexicon->steps[i].key) = lexicon->steps[i];
    classes[i] = lexicon->classes[i];
  }
  free(lexicon->steps);
  free(lexicon->classes);
  lexicon->steps = steps;
  lexicon->classes = classes;
  lexicon->room = room;
  return 0;
}

int pm_lexicon_add(pm_lexicon *lexicon, const char *phrase, size_t len,
                   uint64_t classes) {
  uint64_t words[PM_LEXICON_WORDS];
  size_t count = 0, at = 0;
  bool last = len > 0 && phrase[len - 1] == '$';
  if (last)
    len--;
  if (len > 0 && phrase[0] == '^') {
    words[count++] = first_word;
    at = 1;
  }
  size_t real = count;
  pm_term term;
  while (pm_term_next(phrase, len, &at, &term)) {
    uint64_t hash = term.hash;
    if (term.kind == PM_TERM_OTHER && phrase[term.start] == '#')
      hash = PM_TERM_NUMBER_HASH;
    else if (term.kind > PM_TERM_COPYRIGHT)
      continue;
    if (count + last == PM_LEXICON_WORDS)
      return 1;
    words[count++] = hash;
  }
  if (count == real)
    return 1;
  if (last)
    words[count++] = last_word;

  while ((lexicon->nodes + count + 1) * 2 > lexicon->room)
    if (grow(lexicon))
      return -1;
  lexicon->starts[words[0] >> 54] |= UINT64_C(1) << (words[0] >> 48 & 63);
  uint32_t node = 0;
  for (size_t i = 0; i < count; i++) {
    uint64_t key = key_of(node, words[i]);
    pm_lexicon_step *step = slot(lexicon->steps, lexicon->room, key);
    if (!step->key)
      *step = (pm_lexicon_step){key, (uint32_t)++lexicon->nodes};
    node = step->node;
  }
  lexicon->classes[node] |= classes;
  return 0;
}

void pm_lexicon_free(pm_lexicon *lexicon) {
  free(lexicon->steps);
  free(lexicon->classes);
  *lexicon = (pm_lexicon){0};
}

static void accept(const pm_lexicon *lexicon, pm_lexicon_walk *walk,
                   pm_lexicon_state state) {
  uint64_t classes = lexicon->classes[state.node];
  walk->count += (classes & lexicon->counted) != 0;
  walk->mask |= classes & ~lexicon->counted;
  if (!(classes & lexicon->covering))
    return;
  uint32_t from = state.from > walk->covered_to ? state.from : walk->covered_to;
  if (walk->words > from) {
    walk->covered += walk->words - from;
    walk->covered_to = walk->words;
  }
}

void pm_lexicon_begin(const pm_lexicon *lexicon, pm_lexicon_walk *walk) {
  *walk = (pm_lexicon_walk){0};
  uint32_t node = next(lexicon, 0, first_word);
  if (node)
    walk->open[walk->opened++] = (pm_lexicon_state){node, 0};
}

void pm_lexicon_word(const pm_lexicon *lexicon, pm_lexicon_walk *walk,
                     uint64_t hash, bool broken) {
  if (broken && walk->words > 0)
    walk->opened = 0;
  uint32_t from = walk->words++, kept = 0;
  for (uint32_t i = 0; i < walk->opened; i++) {
    uint32_t node = next(lexicon, walk->open[i].node, hash);
    if (node)
      walk->open[kept++] = (pm_lexicon_state){node, walk->open[i].from};
  }
  uint32_t node = may_start(lexicon, hash) ? next(lexicon, 0, hash) : 0;
  if (node)
    walk->open[kept++] = (pm_lexicon_state){node, from};
  walk->opened = kept;
  for (uint32_t i = 0; i < kept; i++)
    accept(lexicon, walk, walk->open[i]);
}

void pm_lexicon_end(const pm_lexicon *lexicon, pm_lexicon_walk *walk) {
  for (uint32_t i = 0; i < walk->opened; i++) {
    uint32_t node = next(lexicon, walk->open[i].node, last_word);
    if (node)
      accept(lexicon, walk, (pm_lexicon_state){node, walk->open[i].from});
  }
  walk->opened = 0;
}
