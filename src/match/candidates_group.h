/* What building and asking the index of candidates agree on. */
#ifndef PM_CANDIDATES_GROUP_H
#define PM_CANDIDATES_GROUP_H

/* A hash in more documents than MANY pairs each of them with the HEADS first
 * by rank only. The documents of such a group are sorted by rank. */
enum { PM_GROUP_MANY = 16, PM_GROUP_HEADS = 4 };

#endif
