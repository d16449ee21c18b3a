/* The tables, in one place of the program. */
#include "text/class.h"

#include "text/grapheme_table.h"
#include "text/piece_table.h"
#include "text/sentence_table.h"
#include "text/word_table.h"
