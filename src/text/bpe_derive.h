/*
 * The rules that a vocabulary of tiktoken implies: two tokens merge when what
 * they make is a token, and its id is the rank.
 *
 * Each token needs one rule at most. What lies between the first and the last
 * byte of a token is merged as if it stood alone, as long as no merge reaches
 * across: so of all ways to cut the token in two, only that one comes up which
 * merging the token by itself comes to in the end. Where that does not end with
 * two halves, the token is never made.
 */
#ifndef PM_BPE_DERIVE_H
#define PM_BPE_DERIVE_H

#include "text/bpe_pairs.h"

/* Fills the empty *p, so that it can be asked; *v has all bytes. Returns 0 or a
 * code of bpe_vocab.h. */
int pm_bpe_derive(pm_pairs *p, const pm_vocab *v);

#endif
