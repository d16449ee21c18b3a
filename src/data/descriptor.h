/* Paths that stand for a descriptor: "-", /dev/stdout, /dev/fd/3. */
#ifndef PM_DESCRIPTOR_H
#define PM_DESCRIPTOR_H

/* The descriptor that a path names, or -1; "-" is standard output. What is
 * behind it may be a regular file, but the path is not its name, and must not
 * be given to another one. */
int pm_descriptor_of(const char *path);

#endif
