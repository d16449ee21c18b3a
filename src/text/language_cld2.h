/*
 * CLD2 is C++; this is what language.c needs of it.
 */
#ifndef PM_LANGUAGE_CLD2_H
#define PM_LANGUAGE_CLD2_H

#ifdef __cplusplus
extern "C" {
#endif

enum { PM_CLD2_TOP = 3 };

typedef struct pm_cld2 {
  const char *code[PM_CLD2_TOP];
  int percent[PM_CLD2_TOP];
  double score[PM_CLD2_TOP];
  int bytes, reliable;
} pm_cld2;

/* Asks CLD2 for the languages of valid UTF-8, its best effort if `effort`. */
void pm_cld2_ask(const char *text, int len, const char *hint, int effort,
                 pm_cld2 *answer);

#ifdef __cplusplus
}
#endif

#endif
