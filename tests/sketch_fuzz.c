/*
 * Property: any bytes as a sketch or as a segment of an index are read or
 * refused, and nothing outside of them is looked at. A sketch is like itself
 * and packs to the same bytes. A segment that is sound has every posting where
 * it says that it is, and the segments joined are as many.
 *
 * Input: a byte that chooses, then the bytes without the head that tells the
 * kind.
 */
#include "fuzz.h"
#include "match/segment.h"
#include "sketch/packed_sketch.h"

static void check_sketch(const char *data, size_t len) {
  pm_sketch s;
  if (pm_sketch_read(data, len, &s) != NULL)
    return;
  require(pm_sketch_differ(&s, &s) == NULL);
  require(pm_sketch_similarity(&s, &s) == (s.empty ? 0 : 1));
  uint64_t key[64];
  size_t rows = s.k / 64 + 1;
  pm_sketch_bands(&s, rows, key);
  if (s.bits != 32)
    return;
  uint32_t *slot = malloc(s.k * sizeof *slot);
  char *packed = malloc(len);
  require(slot && packed);
  for (size_t i = 0; i < s.k; i++)
    slot[i] = pm_sketch_slot(&s, i);
  pm_sketch_pack(&s, slot, packed);
  require(memcmp(packed, data, len) == 0);
  free(packed);
  free(slot);
}

static void check_segment(const char *data, size_t len) {
  pm_segment s, joined;
  if (pm_segment_read(&s, data, len) != NULL || !pm_segment_is_sound(&s))
    return;
  for (uint32_t i = 0; i < s.count; i++) {
    uint32_t from, stretch = pm_segment_stretch(&s, (uint64_t)i << 56, &from);
    require(from <= s.count && stretch <= s.count - from);
    require(pm_segment_at(&s, i) - s.first < s.docs);
  }
  size_t size = pm_segments_joined(&s, 1);
  require(size == len);
  char *out = malloc(size);
  require(out != NULL);
  pm_segments_join(&s, 1, out);
  require(pm_segment_read(&joined, out, size) == NULL);
  require(joined.docs == s.docs && joined.count == s.count);
  require(pm_segment_is_sound(&joined));
  free(out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  bool segment = fuzz_choice(&data, &size) & 1;
  const char *head = segment ? "PSG1" : "K\1";
  size_t before = strlen(head);
  char *bytes = malloc(before + size + 1);
  require(bytes != NULL);
  memcpy(bytes, head, before);
  memcpy(bytes + before, data, size);
  char *exact = fuzz_copy(bytes, before + size);
  (segment ? check_segment : check_sketch)(exact, before + size);
  free(exact);
  free(bytes);
  return 0;
}
