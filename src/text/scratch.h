/*
 * Files without a name: they are gone when nobody has them open.
 */
#ifndef PM_SCRATCH_H
#define PM_SCRATCH_H

/* Opens one in `folder` to read and write. Returns a descriptor, which child
 * processes inherit, or -1 with errno set. */
int pm_scratch_open(const char *folder);

#endif
