/*
 * Folders as they are on the disk: names in them, and what it takes that a name
 * is there after a crash.
 */
#ifndef PM_FOLDER_H
#define PM_FOLDER_H

#include <stdbool.h>

/* All return -1 or false with errno set when it cannot be done. */

/* Puts all that was written to the file system of `folder` on the disk. */
int pm_folder_sync_all(const char *folder);

/* Puts the names that are in a folder on the disk. */
int pm_folder_sync(const char *folder);

/* Gives `from`, which is on the disk, the name `to`, and puts that there too.
 * Of a folder only where nothing or an empty folder is. */
int pm_folder_rename(const char *from, const char *to);

/* Holds `folder` until the descriptor that it returns is closed, also by the
 * end of the process. Fails with EWOULDBLOCK while another holds it, and with
 * ENOENT when that one removed it. Where the file system knows no locks,
 * everybody may hold it. */
int pm_folder_hold(const char *folder);

/* Whether a folder beside `path` can take its name: where something is, it has
 * to be a folder, no link to one (ENOTDIR) and no mount point (EXDEV). */
bool pm_folder_can_name(const char *path);

#endif
