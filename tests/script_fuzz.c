/*
 * Property: suspects, in a text of the script that the first byte picks, are in
 * order, inside the text and whole characters; the letters of all scripts
 * together are at most the characters; a text is at most two columns for each
 * character, and eight for a tab.
 */
#include "fuzz_text.h"
#include "text/script.h"
#include "text/suspects.h"
#include "text/width.h"

static int is_start(const char *text, size_t len, size_t at) {
  return at == len || ((unsigned char)text[at] & 0xC0) != 0x80;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  unsigned main = fuzz_choice(&data, &size) % pm_scripts();
  size_t len, characters = 0, letters = 0, counts[256] = {0};
  char *text = fuzz_text(data, size, &len);
  for (size_t i = 0; i < len; i++)
    characters += (size_t)is_start(text, len, i);
  require(pm_scripts() <= 256);
  pm_script_count(text, len, counts);
  for (unsigned i = 0; i < pm_scripts(); i++)
    letters += counts[i];
  require(letters <= characters);
  require(pm_width(text, len, 8) <= 8 * characters);

  static pm_buffer out;
  out.len = 0;
  require(pm_suspects(text, len, main, &out) == 0);
  const pm_suspect *s = (const pm_suspect *)(const void *)out.at;
  size_t last = 0;
  for (size_t i = 0; i < out.len / sizeof *s; i++) {
    require(s[i].start >= last && s[i].end > s[i].start && s[i].end <= len);
    require(is_start(text, len, s[i].start) && is_start(text, len, s[i].end));
    last = s[i].end;
  }
  free(text);
  return 0;
}
