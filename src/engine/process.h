/*
 * Child processes with a channel to them, and the signals a run reacts to.
 */
#ifndef PM_PROCESS_H
#define PM_PROCESS_H

#include <stdbool.h>
#include <sys/types.h>

/* Starts the program at `path` with `argv` (ended by NULL), and pipes as its
 * descriptors 0 and 1. Sets *from and *to, our ends. Returns the process id, or
 * -1 with errno set. */
pid_t pm_process_start(const char *path, char *const *argv, int *from, int *to);

/* In a child: takes the pipes away from descriptors 0 and 1, so that nothing
 * else reads or writes them: 0 becomes the empty file, 1 goes where 2 goes.
 * The child ends with its parent. Returns 0, or -1 with errno set. */
int pm_process_claim(int *from, int *to);

/* In a child: takes away what a worker never needs, for good: core dumps, new
 * privileges. */
void pm_process_confine(void);

/* From now on an interrupt (SIGINT, SIGTERM, SIGHUP) sets a flag instead of
 * ending the process; the second one ends it. SIGUSR1 asks how far it is. */
void pm_process_catch_interrupt(void);

/* The number of the signal that came, 0 if none did. */
int pm_process_interrupt(void);

/* Ends the process the way a write into a pipe that nobody reads does. */
void pm_process_die_unread(void);

/* Has SIGUSR1 come since the last call? */
bool pm_process_asked(void);

#endif
