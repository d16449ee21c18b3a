/*
 * A vault: numbered values of a few kinds in one file that grows from run to
 * run. What was saved is there after a crash; what was not is gone, whole.
 *
 *   PATH       an LMDB environment of one nameless database:
 *              kind (1 byte), number (4 bytes, big endian) -> value
 *   PATH-lock  LMDB's table of readers
 *   value      XXH3 of key and rest (8 bytes), size of the bytes when they are
 *              compressed, else 0 (8 bytes), the bytes, plain or zstd
 *
 * Readers see what was saved when they opened or last saved. One process at a
 * time may write; it holds an flock on PATH until it saves or gives up. A
 * reader that may not write PATH-lock shares that flock until it closes, so
 * that nobody writes over the pages it sees.
 *
 * Bytes are checked before they are believed: the tree of pages as a whole when
 * it is opened, each value when it is read. Functions return 0, or -1 with the
 * reason in `problem`, unless they say something else.
 */
#ifndef PM_VAULT_H
#define PM_VAULT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct pm_vault {
  struct MDB_env *env; /* NULL: closed */
  struct MDB_txn *read, *write;
  unsigned dbi;
  int file; /* a writer's flock is on it; -1: not open */
  bool readonly;
  uint64_t generation; /* another one after each save */
  char problem[160];
} pm_vault;

/* A value as it lies in the file. */
typedef struct pm_vault_value {
  const char *bytes;
  size_t len;
  size_t plain; /* size of what pm_vault_unpack gives; 0: bytes are plain */
} pm_vault_value;

/* A vault that is closed, for pm_vault_close to know. */
#define PM_VAULT_CLOSED ((pm_vault){.file = -1})

/* Opens `path`, or makes it unless `readonly`. */
int pm_vault_open(pm_vault *v, const char *path, bool readonly);

/* Whether there can be made a file `path`; else false, and `errno` says why. */
bool pm_vault_can_make(const char *path);

/* Looks a value up. Returns 1, 0 when there is none, or -1. What was saved
 * stays where it is until `generation` changes; what was put since moves with
 * the next call of pm_vault_put or pm_vault_remove. */
int pm_vault_get(pm_vault *v, char kind, uint32_t number,
                 pm_vault_value *value);

/* Writes a compressed value to `out` [plain]. */
int pm_vault_unpack(pm_vault *v, const pm_vault_value *value, char *out);

/* Begins to write, and goes on to what others have saved: `generation` changes.
 * Does nothing when it has begun. Fails when another process writes. */
int pm_vault_begin(pm_vault *v);

/* Puts a value in, or another one in its place; compresses it if asked to and
 * if that makes it smaller. */
int pm_vault_put(pm_vault *v, char kind, uint32_t number, const char *bytes,
                 size_t len, bool compress);
int pm_vault_remove(pm_vault *v, char kind, uint32_t number);

/* What was put since pm_vault_begin stays, all of it, whatever happens. When it
 * fails, nothing stays. */
int pm_vault_save(pm_vault *v);

/* Forgets what was put since pm_vault_begin. */
void pm_vault_undo(pm_vault *v);

/* Closes it; what was not saved is forgotten. As often as one likes. */
void pm_vault_close(pm_vault *v);

#endif
