#include "data/line_block.h"

#include <string.h>

static bool is_blank(const char *data, size_t len) {
  for (size_t i = 0; i < len; i++)
    if (data[i] != ' ' && data[i] != '\t' && data[i] != '\r')
      return false;
  return true;
}

bool pm_line_block_next(pm_line_block *lines, pm_line *line) {
  while (lines->at < lines->len) {
    const char *from = lines->data + lines->at;
    size_t left = lines->len - lines->at;
    const char *end = memchr(from, '\n', left);
    size_t len = end ? (size_t)(end - from) : left;
    *line = (pm_line){lines->at, len, end ? len + 1 : len, lines->number};
    lines->at += line->size;
    lines->number++;
    if (!is_blank(from, len))
      return true;
  }
  return false;
}

uint64_t pm_line_feeds(const char *data, size_t len) {
  uint64_t count = 0;
  const char *end = data + len;
  while ((data = memchr(data, '\n', (size_t)(end - data)))) {
    count++;
    data++;
  }
  return count;
}
