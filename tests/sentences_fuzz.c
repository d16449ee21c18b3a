/*
 * Sentences, lines, paragraphs and graphemes: with `all` the spans follow one
 * another without a gap and together are the text; without, they are in order
 * and inside it; and small room gives the same as large.
 */
#include "fuzz.h"
#include "text/graphemes.h"
#include "text/lines.h"
#include "text/sentences.h"

enum { GRAPHEMES, LINES, PARAGRAPHS, SENTENCES, BY_RULES, KINDS };

static size_t collect(int kind, const char *text, size_t len, int all,
                      const pm_sentence_rules *rules, size_t room,
                      pm_span *out) {
  pm_graphemes graphemes = pm_graphemes_begin(text, len);
  pm_lines lines = pm_lines_begin(text, len, all);
  pm_sentences sentences =
      pm_sentences_begin(text, len, all, kind == BY_RULES ? rules : NULL);
  size_t count = 0, n;
  do {
    pm_span *to = out + count;
    n = kind == GRAPHEMES    ? pm_graphemes_next(&graphemes, to, room)
        : kind == LINES      ? pm_lines_next(&lines, to, room)
        : kind == PARAGRAPHS ? pm_paragraphs_next(&lines, to, room)
                             : pm_sentences_next(&sentences, to, room);
    count += n;
  } while (n > 0);
  return count;
}

static void check_order(const pm_span *spans, size_t count, size_t len,
                        int whole) {
  size_t at = 0;
  for (size_t i = 0; i < count; i++) {
    if (spans[i].start < at || spans[i].end < spans[i].start ||
        spans[i].end > len || (whole && spans[i].start != at))
      abort();
    at = spans[i].end;
  }
  if (whole && at != len)
    abort();
}

/* A few words of each kind. */
static const pm_string_set *set_of(void *memory, const char *a, const char *b) {
  pm_string_set *set = pm_string_set_init(memory, 2);
  pm_string_set_add(set, a, strlen(a));
  pm_string_set_add(set, b, strlen(b));
  return set;
}

static pm_sentence_rules make_rules(void) {
  static size_t memory[11][32];
  require(pm_string_set_size(2, 8) <= sizeof memory[0]);
  return (pm_sentence_rules){
      .titles = set_of(memory[0], "Mr", "e.g"),
      .counted = set_of(memory[1], "no", "p"),
      .others = set_of(memory[2], "Inc", "a"),
      .times = set_of(memory[3], "p.m", "am"),
      .zones = set_of(memory[4], "Monday", "A"),
      .starters = set_of(memory[5], "The", "I"),
      .exclaimed = set_of(memory[6], "Yahoo", "a"),
      .faces = set_of(memory[7], ":)", "^^"),
      .ends = set_of(memory[8], ":", ";"),
      .inner = set_of(memory[9], "?", "\u104A"),
      .quoting = set_of(memory[10], "\u3068", "a"),
  };
}

enum { LONGEST = 1 << 12 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static pm_sentence_rules known;
  static pm_span large[LONGEST + 8], small[LONGEST + 8];
  if (size > LONGEST)
    return 0;
  if (!known.titles)
    known = make_rules();
  unsigned choice = fuzz_choice(&data, &size);
  int kind = (int)(choice % KINDS);
  choice /= KINDS;
  pm_sentence_rules rules = known;
  rules.lower_starts = choice & 1;
  rules.ordinals = choice >> 1 & 1;
  if (choice & 4)
    rules.ends = rules.inner = NULL;
  size_t room = 1 + size % 7;
  char *text = fuzz_copy(data, size);
  for (int all = 0; all < 2; all++) {
    size_t n = collect(kind, text, size, all, &rules, size + 1, large);
    check_order(large, n, size, all || kind == GRAPHEMES);
    require(collect(kind, text, size, all, &rules, room, small) == n);
    require(memcmp(small, large, n * sizeof *small) == 0);
  }
  free(text);
  return 0;
}
