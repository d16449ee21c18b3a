/*
 * Text for tests that compare two ways to the same answer: characters of many
 * scripts, and all that the rules of UAX #29 know, in runs, with random bytes
 * in between. The same seed gives the same text.
 */
#ifndef PM_MADE_TEXT_H
#define PM_MADE_TEXT_H

#include <stdint.h>
#include <string.h>

static uint64_t made_state = 1;

static inline uint32_t made_random(uint32_t below) {
  made_state = made_state * 6364136223846793005u + 1442695040888963407u;
  return (uint32_t)((made_state >> 33) % below);
}

/* Each is a script or a kind of text; characters are parted by blanks, ~ is a
 * blank. */
static const char *const made_pools[] = {
    "a b c d e f o r s t n A B Z ~ ~ ~ ~ , . ' - : ;",
    "a e 1 2 0 9 . , ' : ; _ _ __ ~ ~ \n \r \r\n \t $ %",
    "c a f é ü ñ ß Å ’ ’ ‘ “ ” – — … · ª ~ ~ ~ \u00A0",
    "п р и в е т Й й о ё , . ~ ~ \u0301",
    "α β γ ώ ς · ~ ~ ΐ ·",
    "日 本 語 漢 字 カ タ ナ ー ひ ら が 、 。 ！ ？ ア ｱ ﾞ 々 ㌔",
    "한 국 어 ~ 가 각 ᄀ ᅡ ᆨ ᄀ ~",
    "न म स ् त े ह ि न ् द ी । ~ ~ \u200D \u200C १ २",
    "ส ว ั ส ด ี ค ร ั บ ກ ຂ ້ က ခ ិ ខ",
    "א ב ג ש ל ו ם ' \" ~ ~ ״ ׳ ְ",
    "ا ل س ل ا م ً ّ ، ؟ . ~ ~ ٣ ٤ ٫ ٬ \u200C \u0600 \u06DD",
    "😀 👍 🏽 ❤ \uFE0F \u200D 👩 🏳 🌈 ☺ Ⓜ ℹ ~ a 1 \u20E3",
    "🇩 🇪 🇫 🇷 🇺 🇸 ~ a",
    "\u0300 \u0301 \u0308 \u200D \u00AD \u2060 \uFEFF ~ a 1 . ' \n",
    "\xC2\x85 \u2028 \u2029 \v \f \r \n a ~ . \u0301",
    "\u202F \u2040 \u203F _ a 1 カ \u0301 ~",
    "\u3000 \u2003 \u2009 \u1680 ~ ~ a \u0301",
    "𝐀 𝒃 𝟏 𐐀 𐐨 𠀀 \U000E0001 \U000E0020 \U0001F468 ~",
    "\x80 \xBF \xC0 \xC3 \xE2\x80 \xED\xA0\x80 \xF0\x9F\x98 \xF5 \xFF a é",
    "M r . D r ! ? ) ( ] [ \" ' » « ” “ A b ~ ~ 1 . 2",
};

/* Writes up to `room` bytes and returns how many. */
static inline size_t make_text(char *out, size_t room) {
  size_t at = 0, wanted = made_random((uint32_t)room + 1);
  const size_t pools = sizeof made_pools / sizeof *made_pools;
  while (at < wanted) {
    const char *pool = made_pools[made_random((uint32_t)pools)];
    for (uint32_t run = 1 + made_random(24); run > 0 && at < wanted; run--) {
      const char *p = pool + made_random((uint32_t)strlen(pool));
      while (p > pool && p[-1] != ' ')
        p--;
      size_t size = strcspn(p, " ");
      for (uint32_t times = made_random(12) ? 1 : made_random(70);
           times > 0 && at + size <= wanted; times--) {
        if (*p == '~')
          out[at] = ' ';
        else
          memcpy(out + at, p, size);
        at += size;
      }
      if (at + size > wanted)
        wanted = at;
    }
  }
  return at;
}

#endif
