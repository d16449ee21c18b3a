/*
 * Echoes: what of a document stood in an earlier one, when no process holds the
 * texts of all. The bytes found are those of pm_repeats_find.
 *
 * 1. Each document leaves marks: for each of its anchors (anchors.h) a key,
 * which equal anchors share, and a hash of all that windows with it can hold,
 * its context.
 * 2. Of documents with one context only the first is of interest: who comes
 *    later is compared with it, byte for byte. Where an anchor has a few
 *    contexts, the first documents with each are compared each with each.
 * 3. Where it has more, each of these tells the hashes of all windows with the
 *    anchor, and 128 bits decide whether two are the same. Those are the edges
 * of what is frequent; its inside is of one context.
 *
 * So the work is linear in the bytes, however often something stands.
 */
#ifndef PM_ECHO_H
#define PM_ECHO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "match/places.h"

/* An anchor with more contexts tells windows. */
#define PM_ECHO_SEVERAL 8

/* A mark of a document as bytes: key (4), context (8: the hash of the right
 * side in the lowest 12 bits, that of the left in the next 12), low byte first.
 */
#define PM_ECHO_MARK 12

/* Windows as bytes: runs of where the first begins (4), how many (4), and 16
 * for each. */
#define PM_ECHO_RUN 8
#define PM_ECHO_WINDOW 16

/* Room for the marks of a text of `len` bytes, in marks, and for scratch, in
 * bytes. */
size_t pm_echo_marks_room(size_t len, uint32_t min);
size_t pm_echo_marks_scratch(size_t len, uint32_t min);

/* Writes the marks of a text, each once, to `out` [room * PM_ECHO_MARK];
 * returns how many. `min` as for pm_repeats_find. Sets `again` when an anchor
 * recurs: without that nothing repeats within the text. */
size_t pm_echo_marks(const char *text, size_t len, uint32_t min, void *scratch,
                     char *out, bool *again);

/* The marks of a document. */
typedef struct pm_echo_doc {
  const char *marks;
  size_t count;
} pm_echo_doc;

/* What is to be done: numbers of two documents, the lower one in the low half;
 * and a document in the high half with a key whose windows it has to tell. */
typedef struct pm_echo_plan {
  pm_place *pair, *told;
  size_t pairs, tells;
} pm_echo_plan;

/*
 * Counts what has to be done at most, and writes it, sorted and each once, to
 * plan->pair and plan->told, which have that much room.
 *
 *   place  [2 * marks of all documents] scratch, kept from one to the other
 *   spare  [the larger of plan->pairs and plan->tells]
 */
void pm_echo_count(const pm_echo_doc *doc, uint32_t docs, pm_place *place,
                   pm_echo_plan *plan);
void pm_echo_plan_all(const pm_echo_doc *doc, uint32_t docs,
                      const pm_place *place, pm_place *spare,
                      pm_echo_plan *plan);

/* Bytes of scratch for windows, and the most bytes there can be. */
size_t pm_echo_windows_scratch(size_t len, uint32_t min);
size_t pm_echo_windows_room(size_t len);

/* Writes the windows of a text whose anchor has one of the keys [count],
 * ascending, as bytes; returns how many bytes. */
size_t pm_echo_windows(const char *text, size_t len, uint32_t min,
                       const uint32_t *key, size_t count, void *scratch,
                       char *out);

#endif
