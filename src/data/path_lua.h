/*
 * Where in a nested Lua value a walk stands, so that an error can name the
 * place: `state.counts[3]`. Each level of the walk links to the one above; the
 * key it stands at is on the Lua stack, a text or a number.
 */
#ifndef PM_PATH_LUA_H
#define PM_PATH_LUA_H

#include <lua.h>

typedef struct pm_path {
  const struct pm_path *up; /* NULL at the root */
  const void *table;        /* the table walked at this level */
  int key;                  /* stack index of the key in it, or 0 */
  const char *name;         /* where `key` is 0, the key [len], or NULL */
  size_t len;
  lua_Integer index; /* the key where there is neither; 0 for none yet */
} pm_path;

/* Raises "<root><path> <what>"; when the path comes back to a table that it
 * has passed, what is wrong is that this table holds itself. */
int pm_path_error(lua_State *L, const char *root, const pm_path *path,
                  const char *what);

#endif
