/*
 * A segment of postings: sorted bytes that can lie in a file and are searched
 * where they lie.
 *
 *   segment  magic 4, first document 4, documents 4, hashes 4,
 *            documents: source and whether it is gone 4, hashes of it 4
 *            hashes, ascending, each as often as documents have it: 8
 *            their documents, ascending for each hash: 4
 *            all little endian
 */
#ifndef PM_SEGMENT_H
#define PM_SEGMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Set in the source of a document that is gone. */
#define PM_SEGMENT_GONE ((uint32_t)1 << 31)

/* A segment as it lies somewhere. */
typedef struct pm_segment {
  const char *doc;  /* [docs] */
  const char *hash; /* [count] */
  const char *at;   /* [count] */
  uint32_t first, docs, count;
} pm_segment;

/* Reads the head of a segment. Returns NULL, or what is wrong with it. */
const char *pm_segment_read(pm_segment *s, const char *data, size_t len);

/* Whether the numbers in a segment are those of its documents. */
bool pm_segment_is_sound(const pm_segment *s);

/* The source (and whether it is gone) and the number of hashes of the i-th
 * document. */
uint32_t pm_segment_source(const pm_segment *s, uint32_t i);
uint32_t pm_segment_hashes(const pm_segment *s, uint32_t i);

/* How many postings a hash has, and the first of them. */
uint32_t pm_segment_stretch(const pm_segment *s, uint64_t hash, uint32_t *from);

/* The document of the i-th posting. */
uint32_t pm_segment_at(const pm_segment *s, uint32_t i);

/* The bytes of a segment, and its parts in their order: each returns the place
 * behind what it wrote. */
size_t pm_segment_size(size_t docs, size_t count);
char *pm_segment_put_head(char *out, uint32_t first, uint32_t docs,
                          uint32_t count);
char *pm_segment_put_doc(char *out, uint32_t source, uint32_t hashes);
char *pm_segment_put_hash(char *out, uint64_t hash);
char *pm_segment_put_at(char *out, uint32_t doc);

/* The size of segments that follow each other as one; writes it to `out`. */
size_t pm_segments_joined(const pm_segment *s, uint32_t count);
void pm_segments_join(const pm_segment *s, uint32_t count, char *out);

#endif
