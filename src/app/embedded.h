/*
 * The Lua files the executable carries, written by scripts/embed.lua.
 */
#ifndef PM_EMBEDDED_H
#define PM_EMBEDDED_H

#include <stddef.h>

typedef struct pm_embedded {
  const char *name;   /* "pumice.token", or "recipe:news" */
  const char *path;   /* where it stood in the checkout, for messages */
  const char *source; /* [len] */
  size_t len;
  const char *code; /* [code_len]: compiled */
  size_t code_len;
} pm_embedded;

/* [n + 1], ended by an entry without a name. */
extern const pm_embedded pm_embedded_files[];

/* "Lua 5.4.4 ": the release that compiled them and can run that. */
extern const char pm_embedded_release[];

#endif
