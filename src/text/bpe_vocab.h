/*
 * The vocabulary of a byte-pair encoder: tokens, which are bytes, and their
 * ids, both ways.
 *
 * Ids need not be consecutive, but are less than PM_VOCAB_IDS. Memory comes
 * from `alloc`, in the manner of pm_buffer.
 */
#ifndef PM_BPE_VOCAB_H
#define PM_BPE_VOCAB_H

#include <stddef.h>
#include <stdint.h>

#include "text/buffer.h"

#define PM_VOCAB_IDS ((uint32_t)1 << 21)
#define PM_VOCAB_NONE UINT32_MAX

typedef struct pm_vocab_token {
  uint32_t start; /* in `bytes` */
  uint32_t len;   /* 0: no token has this id */
} pm_vocab_token;

typedef struct pm_vocab_slot {
  uint32_t hash;
  uint32_t id; /* PM_VOCAB_NONE: free */
} pm_vocab_slot;

typedef struct pm_vocab {
  pm_buffer bytes;      /* all tokens, one behind the other */
  pm_buffer tokens;     /* pm_vocab_token [ids] */
  uint32_t ids;         /* more than the largest id */
  uint32_t count;       /* tokens that can be found */
  pm_vocab_slot *slots; /* by hash, open addressing, at most half full */
  size_t room;          /* slots, a power of two, or 0 */
  uint32_t byte[256];   /* ids of the tokens of one byte, or PM_VOCAB_NONE */
} pm_vocab;

enum {
  PM_VOCAB_MEMORY = -1, /* memory is short, or more than 4 GiB of tokens */
  PM_VOCAB_TWICE = -2,  /* another token has that id, or that token another */
  PM_VOCAB_RANGE = -3   /* an id too large, or an empty token */
};

/* Makes *v an empty vocabulary. */
void pm_vocab_init(pm_vocab *v, pm_alloc *alloc, void *ud);

/* Frees what *v holds; it is empty then. */
void pm_vocab_close(pm_vocab *v);

/* Adds a token. Returns 0 or one of the above, and then *v is as it was. */
int pm_vocab_add(pm_vocab *v, uint32_t id, const char *token, size_t len);

/* Gives an id to bytes that no merge makes, such as "<|endoftext|>": they can
 * be decoded but not found. They may be the token that the id has already. */
int pm_vocab_name(pm_vocab *v, uint32_t id, const char *token, size_t len);

/* The id of a token, or PM_VOCAB_NONE. */
uint32_t pm_vocab_find(const pm_vocab *v, const char *token, size_t len);

/* The bytes of a token, or NULL when none has the id. Valid until the next
 * one is added. */
static inline const char *pm_vocab_token_of(const pm_vocab *v, uint32_t id,
                                            size_t *len) {
  *len = 0;
  if (id >= v->ids)
    return NULL;
  pm_vocab_token t = ((const pm_vocab_token *)(const void *)v->tokens.at)[id];
  *len = t.len;
  return t.len > 0 ? v->bytes.at + t.start : NULL;
}

/*
 * Reads a rank file of tiktoken: lines of a token in base64, a blank, its id
 * in decimal. Returns 0, or one of the above or PM_RANKS_LINE, with the number
 * of the line in *line.
 */
enum { PM_RANKS_LINE = -4 /* the line is not of that shape */ };
int pm_ranks_read(pm_vocab *v, const char *text, size_t len, size_t *line);

#endif
