/*
 * Output: a file that appears under its name only when it is whole.
 *
 *   open --> .name.XXXXXX --> write ... --> commit: sync, close, rename
 *                                       --> discard: the old file stays
 *
 * "-" is standard output; it and anything else that is no regular file (a
 * device, a pipe) are written straight. The name tells the compression:
 * .gz and .zst.
 */
#ifndef PM_OUTPUT_H
#define PM_OUTPUT_H

#include <stddef.h>

typedef struct pm_output pm_output;

/* All return NULL or -1 with errno set when the disk or memory fails; after
 * that only discard makes sense. */
pm_output *pm_output_open(const char *path);
int pm_output_write(pm_output *out, const char *data, size_t len);

/* Ends the file: everything is on the disk and has its name, or -1. Frees
 * `out` in both cases. */
int pm_output_commit(pm_output *out);

/* Drops what was written and frees `out`; NULL is fine. */
void pm_output_discard(pm_output *out);

#endif
