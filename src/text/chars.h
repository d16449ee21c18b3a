/*
 * What a character is: how the normal forms treat it, what folding makes of
 * it, and what kind of character it is. Two-stage tables, generated from the
 * Unicode Character Database by scripts/chars_table.lua into chars_table.c.
 */
#ifndef PM_CHARS_H
#define PM_CHARS_H

#include <stdint.h>

/*
 * Form bits: set when the character needs work in that form, alone or
 * because of what stands before it. A character without the bit has combining
 * class 0 and Quick_Check=Yes, so a text can be cut in front of it. (For
 * PM_WORK_FOLD it may still map to one other such character.) Characters not
 * assigned when the table was made always need work: the library decides.
 */
enum {
  PM_WORK_NFC = 1,
  PM_WORK_NFD = 2,
  PM_WORK_NFKC = 4,
  PM_WORK_NFKD = 8,
  PM_WORK_FOLD = 16,  /* NFKC_Casefold is more than one-to-one */
  PM_IGNORABLE = 32,  /* Default_Ignorable_Code_Point */
  PM_WORK_STRIP = 64, /* an accent, or needs work in NFC */
  PM_MAPPING_SHIFT = 7,
};

/* What to add to the character to map it. */
typedef struct pm_mapping {
  int32_t fold;   /* NFKC_Casefold, where that is one-to-one */
  int32_t simple; /* CaseFolding.txt, status C and S */
  int32_t base;   /* the letter without accents, strokes and hooks */
} pm_mapping;

/* Kind bits; the lowest three are a class of typography. */
enum {
  PM_TYPE_MASK = 7,
  PM_QUOTE_SINGLE = 1,
  PM_QUOTE_DOUBLE = 2,
  PM_DASH = 3,
  PM_DASH_LONG = 4,
  PM_SPACE = 5, /* space separator other than U+0020 */
  PM_ELLIPSIS = 6,
  PM_LIGATURE = 7,         /* U+FB00..FB17, U+0132, U+0133 */
  PM_PUNCTUATION = 1 << 3, /* general category P or S */
  PM_DIGIT = 1 << 4,       /* Nd */
  PM_BLANK = 1 << 5,       /* White_Space */
  PM_ACCENT = 1 << 6,      /* a mark that strip_marks takes off */
  PM_JOINING = 1 << 7,     /* letter or mark of a script that uses ZWJ, ZWNJ */
  PM_VIRAMA = 1 << 8,      /* combining class 9 */
  PM_UNSPACED = 1 << 9,    /* of a script that marks words by ZWSP */
  PM_EMOJI = 1 << 10,      /* may stand beside ZWJ in an emoji sequence */
  PM_LETTER = 1 << 11,     /* L */
};

#define PM_CHARS_PAGES (0x110000 >> 7)

/* No other module needs these; without the attribute each access from the
 * shared object would go through its symbol table. */
#pragma GCC visibility push(hidden)
extern const uint8_t pm_chars_form_page[PM_CHARS_PAGES];
extern const uint32_t pm_chars_form[][128];
extern const uint8_t pm_chars_kind_page[PM_CHARS_PAGES];
extern const uint16_t pm_chars_kind[][128];
extern const pm_mapping pm_chars_mapping[];
#pragma GCC visibility pop

/* Form bits, and above them the index of the character's mapping. */
static inline unsigned pm_char_form(uint32_t c) {
  return pm_chars_form[pm_chars_form_page[c >> 7]][c & 127];
}

static inline unsigned pm_char_kind(uint32_t c) {
  return pm_chars_kind[pm_chars_kind_page[c >> 7]][c & 127];
}

static inline const pm_mapping *pm_char_mapping(unsigned form) {
  return &pm_chars_mapping[form >> PM_MAPPING_SHIFT];
}

#endif
