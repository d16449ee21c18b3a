#include "match/echo_match.h"

#include "match/echo.h"
#include "text/word_hash.h"

#define NONE UINT32_MAX

static uint32_t number_at(const char *bytes) {
  uint32_t number = 0;
  for (unsigned i = 0; i < 4; i++)
    number |= (uint32_t)(unsigned char)bytes[i] << 8 * i;
  return number;
}

size_t pm_echo_told_count(const pm_echo_told *told) {
  size_t count = 0, at = 0;
  while (told->len - at >= PM_ECHO_RUN) {
    size_t run = number_at(told->windows + at + 4);
    at += PM_ECHO_RUN;
    if ((told->len - at) / PM_ECHO_WINDOW < run)
      return SIZE_MAX;
    at += run * PM_ECHO_WINDOW;
    count += run;
  }
  return at == told->len ? count : SIZE_MAX;
}

static size_t gather(const pm_echo_told *told, uint32_t docs, pm_place *place,
                     uint64_t *high) {
  size_t n = 0;
  for (uint32_t t = 0; t < docs; t++) {
    const char *at = told[t].windows, *end = at + told[t].len;
    while (at < end) {
      uint32_t run = number_at(at + 4);
      at += PM_ECHO_RUN;
      for (; run > 0; run--, at += PM_ECHO_WINDOW) {
        const uint8_t *hash = (const uint8_t *)at;
        place[n] = (pm_place){word_load(hash), t, (uint32_t)n};
        high[n++] = word_load(hash + 8);
      }
    }
  }
  return n;
}

/* Says of each window of one key, in the order of the documents, which is the
 * first that has it before. */
static void find_first(const pm_echo_told *told, const pm_place *p,
                       size_t count, const uint64_t *high, uint32_t *from) {
  for (size_t i = 0; i < count; i++) {
    size_t j = 0; /* the very first, but for hashes that are half equal */
    while (high[p[j].at] != high[p[i].at])
      j++;
    from[p[i].at] = p[j].text < p[i].text ? told[p[j].text].doc : NONE;
  }
}

/* Joins what follows each other. */
static size_t collect(const pm_echo_told *told, uint32_t docs, uint32_t min,
                      const uint32_t *from, pm_echo_found *out) {
  size_t n = 0, count = 0;
  for (uint32_t t = 0; t < docs; t++) {
    const char *at = told[t].windows, *end = at + told[t].len;
    while (at < end) {
      uint32_t start = number_at(at), run = number_at(at + 4);
      int goes_on = 0;
      for (uint32_t i = 0; i < run; i++, n++) {
        if (from[n] == NONE) {
          goes_on = 0;
        } else if (goes_on) {
          out[count - 1].end++;
        } else {
          out[count++] =
              (pm_echo_found){told[t].doc, from[n], start + i, start + i + min};
          goes_on = 1;
        }
      }
      at += PM_ECHO_RUN + (size_t)run * PM_ECHO_WINDOW;
    }
  }
  return count;
}

size_t pm_echo_match(const pm_echo_told *told, uint32_t docs, uint32_t min,
                     pm_place *place, uint64_t *high, uint32_t *from,
                     pm_echo_found *out) {
  size_t count = gather(told, docs, place, high);
  pm_places_sort(place, count, place + count);
  for (size_t i = 0, end; i < count; i = end) {
    for (end = i + 1; end < count && place[end].key == place[i].key; end++)
      ;
    find_first(told, place + i, end - i, high, from);
  }
  return collect(told, docs, min, from, out);
}
