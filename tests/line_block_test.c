#include "data/line_block.h"

#include <stdlib.h>
#include <string.h>

#include "test.h"

static bool gives(pm_line_block *lines, const char *text, size_t size,
                  uint64_t number) {
  pm_line line;
  return pm_line_block_next(lines, &line) && line.len == strlen(text) &&
         memcmp(lines->data + line.first, text, line.len) == 0 &&
         line.size == size && line.number == number;
}

int main(void) {
  static const char text[] = "{}\n\n \t\r\n x\r\n\nlast";
  size_t len = sizeof text - 1;
  char *exact = malloc(len); /* a checker sees any overread */
  if (!exact)
    abort();
  memcpy(exact, text, len);
  pm_line_block lines = {exact, len, 0, 7};
  check(gives(&lines, "{}", 3, 7));
  check(gives(&lines, " x\r", 4, 10));
  check(gives(&lines, "last", 4, 12));
  pm_line line;
  check(!pm_line_block_next(&lines, &line) &&
        !pm_line_block_next(&lines, &line));
  lines = (pm_line_block){exact, 3, 0, 1};
  check(gives(&lines, "{}", 3, 1) && !pm_line_block_next(&lines, &line));
  lines = (pm_line_block){exact, 0, 0, 1};
  check(!pm_line_block_next(&lines, &line));
  free(exact);
  return done("line_block");
}
