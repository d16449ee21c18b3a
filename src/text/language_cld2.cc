#include "text/language_cld2.h"

#include <cstdio>

#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>

extern "C" void pm_cld2_ask(const char *text, int len, const char *hint,
                            int effort, pm_cld2 *answer) {
  CLD2::CLDHints hints = {hint, nullptr, CLD2::UNKNOWN_ENCODING,
                          CLD2::UNKNOWN_LANGUAGE};
  CLD2::Language top[PM_CLD2_TOP];
  bool reliable;
  CLD2::ExtDetectLanguageSummary(
      text, len, true, &hints, effort ? CLD2::kCLDFlagBestEffort : 0, top,
      answer->percent, answer->score, nullptr, &answer->bytes, &reliable);
  answer->reliable = reliable;
  for (int i = 0; i < PM_CLD2_TOP; i++)
    answer->code[i] = CLD2::LanguageCode(top[i]);
}
