// The peers of token and text: one pass over the documents of a file, which are
// cut as documents() of corpus.lua cuts them.
//
//   text_peers TASK FILE      prints CPU seconds, and how many there were
//
// What can be kept from document to document is kept. Words are counted as ours
// are: ICU says so of a segment (rule status above NONE); libunistring only says
// where segments begin.
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <string>
#include <vector>

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/ubrk.h>
#include <unicode/ustring.h>

#include <uniwbrk.h>
#include <utf8proc.h>

enum { DOCUMENT = 64 * 1024 }; // bytes, and on to the end of the line

static double cpu_seconds() {
  timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_nsec) * 1e-9;
}

static void must(bool ok, const char *what) {
  if (ok)
    return;
  fprintf(stderr, "text_peers: %s\n", what);
  exit(1);
}

struct View {
  const char *at;
  size_t len;
};

// Converts to UTF-16 and iterates.
static size_t icu_segments(View text, UBreakIteratorType type) {
  static UBreakIterator *it;
  static std::vector<UChar> wide;
  UErrorCode status = U_ZERO_ERROR;
  if (!it)
    it = ubrk_open(type, "en", nullptr, 0, &status);
  if (wide.size() < text.len)
    wide.resize(text.len);
  int32_t len = 0;
  u_strFromUTF8(wide.data(), static_cast<int32_t>(wide.size()), &len, text.at,
                static_cast<int32_t>(text.len), &status);
  ubrk_setText(it, wide.data(), len, &status);
  must(U_SUCCESS(status), u_errorName(status));
  size_t count = 0;
  while (ubrk_next(it) != UBRK_DONE)
    count +=
        type != UBRK_WORD || ubrk_getRuleStatus(it) >= UBRK_WORD_NONE_LIMIT;
  return count;
}

static size_t unistring_words(View text) {
  static std::vector<char> breaks;
  if (breaks.size() < text.len)
    breaks.resize(text.len);
  u8_wordbreaks(reinterpret_cast<const uint8_t *>(text.at), text.len,
                breaks.data());
  size_t count = 0;
  for (size_t i = 0; i < text.len; i++)
    count += breaks[i] == 1;
  return count;
}

static size_t icu_normal(View text, const char *name) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2 *form =
      icu::Normalizer2::getInstance(nullptr, name, UNORM2_COMPOSE, status);
  must(U_SUCCESS(status), u_errorName(status));
  static std::string out;
  out.clear();
  icu::StringByteSink<std::string> sink(&out, static_cast<int32_t>(text.len));
  form->normalizeUTF8(
      0, icu::StringPiece(text.at, static_cast<int32_t>(text.len)), sink,
      nullptr, status);
  must(U_SUCCESS(status), u_errorName(status));
  return out.size();
}

static size_t utf8proc_normal(View text, int options) {
  utf8proc_uint8_t *out = nullptr;
  utf8proc_ssize_t len = utf8proc_map(
      reinterpret_cast<const utf8proc_uint8_t *>(text.at),
      static_cast<utf8proc_ssize_t>(text.len), &out,
      static_cast<utf8proc_option_t>(options | UTF8PROC_STABLE));
  must(len >= 0, "utf8proc failed");
  free(out);
  return static_cast<size_t>(len);
}

static size_t run(const std::string &task, View text) {
  if (task == "icu-words")
    return icu_segments(text, UBRK_WORD);
  if (task == "icu-graphemes")
    return icu_segments(text, UBRK_CHARACTER);
  if (task == "icu-sentences")
    return icu_segments(text, UBRK_SENTENCE);
  if (task == "unistring-words")
    return unistring_words(text);
  if (task == "icu-nfc")
    return icu_normal(text, "nfc");
  if (task == "icu-fold")
    return icu_normal(text, "nfkc_cf");
  if (task == "utf8proc-nfc")
    return utf8proc_normal(text, UTF8PROC_COMPOSE);
  if (task == "utf8proc-fold")
    return utf8proc_normal(text, UTF8PROC_COMPAT | UTF8PROC_COMPOSE |
                                     UTF8PROC_CASEFOLD | UTF8PROC_IGNORE);
  must(false, "no such task");
  return 0;
}

int main(int argc, char **argv) {
  FILE *file = argc == 3 ? fopen(argv[2], "rb") : nullptr;
  must(file, "usage: text_peers TASK FILE");
  fseek(file, 0, SEEK_END);
  std::string text(static_cast<size_t>(ftell(file)), 0);
  rewind(file);
  must(fread(&text[0], 1, text.size(), file) == text.size(), "cannot read");
  fclose(file);
  double start = cpu_seconds();
  size_t count = 0;
  for (size_t at = 0, stop; at < text.size(); at = stop) {
    stop = text.find('\n', at + DOCUMENT);
    stop = stop == text.npos ? text.size() : stop + 1;
    count += run(argv[1], {text.data() + at, stop - at});
  }
  printf("%f %zu\n", cpu_seconds() - start, count);
  return 0;
}
