#include "text/offsets.h"

#include "text/utf8.h"

static pm_piece *pieces(const pm_buffer *map) {
  return (pm_piece *)(void *)map->at;
}

static size_t count(const pm_buffer *map) {
  return map->len / sizeof(pm_piece);
}

static int push(pm_buffer *map, size_t out, size_t from, unsigned block) {
  pm_piece piece = {.out = (uint32_t)out, .block = block & 1};
  piece.from = (uint32_t)from & INT32_MAX;
  return pm_buffer_add(map, &piece, sizeof piece);
}

static pm_piece *last(const pm_buffer *map) {
  return map->len ? &pieces(map)[count(map) - 1] : NULL;
}

int pm_offsets_start_even(pm_buffer *map, size_t out, size_t from) {
  return push(map, out, from, 0);
}

int pm_offsets_block(pm_buffer *map, size_t out, size_t out_len, size_t from,
                     size_t from_len) {
  pm_piece *p = last(map);
  if (p && p->out == out && p->from == from)
    p->block = 1; /* nothing was made since: this is that piece */
  else if (push(map, out, from, 1) != 0)
    return -1;
  return push(map, out + out_len, from + from_len, 0);
}

int pm_offsets_widen(pm_buffer *map, size_t out, size_t to) {
  pm_piece *p = last(map);
  for (; p->out == out; p = last(map)) {
    /* A block ends here, or source was left out here. */
    size_t n = count(map);
    if (n > 1 && pieces(map)[n - 2].block) {
      p->from = (uint32_t)to & INT32_MAX;
      return 0;
    }
    map->len -= sizeof *p;
  }
  size_t from = p->from + (out - 1 - p->out);
  return pm_offsets_block(map, out - 1, 1, from, to - from);
}

int pm_offsets_end(pm_buffer *map, size_t out_len, size_t from_len) {
  const pm_piece *p = last(map);
  if (p && p->out == out_len && !p->block)
    return 0;
  return push(map, out_len, from_len, 0);
}

/* The last piece that starts at or before `out`. */
static const pm_piece *find(const pm_buffer *map, size_t out) {
  const pm_piece *p = pieces(map);
  size_t n = count(map);
  while (n > 1) {
    size_t half = n / 2;
    if (p[half].out <= out) {
      p += half;
      n -= half;
    } else {
      n = half;
    }
  }
  return p;
}

pm_span pm_offsets_range(const pm_buffer *map, const char *text, pm_span at) {
  pm_span source;
  const pm_piece *p = find(map, at.start);
  size_t end = pieces(map)[count(map) - 1].out;
  size_t first = at.start;
  if (p->block) {
    source.start = p->from;
  } else {
    while (first > p->out && first < end && pm_utf8_is_tail(text[first]))
      first--;
    source.start = p->from + (uint32_t)(first - p->out);
  }
  source.end = source.start;
  if (at.end <= at.start)
    return source;
  p = find(map, at.end - 1);
  if (p->block) {
    source.end = p[1].from;
  } else {
    size_t after = at.end;
    while (after < end && pm_utf8_is_tail(text[after]))
      after++;
    source.end = p->from + (uint32_t)(after - p->out);
  }
  return source;
}
