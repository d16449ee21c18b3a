#include "sketch/shingle.h"

#include <string.h>

#include "sketch/random.h"
#include "sketch/shingle_few.h"

static inline uint64_t rotate(uint64_t x, unsigned by) {
  return x << (by & 63) | x >> (-by & 63);
}

/* The rotations leave structure in the low bits; sampling and sketching need
 * them even. Bijective, so it adds no collision. */
static inline uint64_t finish(uint64_t h) {
  h ^= h >> 32;
  h *= PM_SHINGLE_FACTOR;
  h ^= h >> 29;
  return h;
}

size_t pm_shingle_count(size_t units, unsigned n) {
  if (units == 0)
    return 0;
  return units < n ? 1 : units - n + 1;
}

/* The hash of a window is the exclusive or of its units, the last as it is and
 * each before it rotated once more; sliding on by one unit costs the same for
 * any n. `begin` has the first window, or what there is of it. */
typedef struct window {
  uint64_t h;
  unsigned oldest; /* how far the first unit is rotated */
} window;

static window begin(const pm_unit *unit, size_t count, unsigned n) {
  window w = {0, PM_SHINGLE_ROTATION * (n - 1)};
  for (size_t i = 0; i < n && i < count; i++)
    w.h = rotate(w.h, PM_SHINGLE_ROTATION) ^ unit[i].hash;
  return w;
}

static inline void slide(window *w, uint64_t out, uint64_t in) {
  w->h = rotate(w->h ^ rotate(out, w->oldest), PM_SHINGLE_ROTATION) ^ in;
}

static bool are_few(size_t count, unsigned n) {
  return n <= PM_SHINGLE_FEW && n <= count;
}

void pm_shingle_hash(const pm_unit *unit, size_t count, unsigned n,
                     pm_shingle *out) {
  uint64_t hash[PM_SHINGLE_BLOCK];
  size_t shingles = pm_shingle_count(count, n);
  if (are_few(count, n)) {
    for (size_t at = 0, got; at < shingles; at += got) {
      got = pm_shingle_few(unit + at, shingles - at, n, hash);
      for (size_t i = 0; i < got; i++)
        out[at + i] = (pm_shingle){hash[i], (uint32_t)(at + i)};
    }
    return;
  }
  window w = begin(unit, count, n);
  for (size_t i = 0; i < shingles; i++) {
    out[i] = (pm_shingle){finish(w.h), (uint32_t)i};
    if (i + n < count)
      slide(&w, unit[i].hash, unit[i + n].hash);
  }
}

void pm_shingle_hashes(const pm_unit *unit, size_t count, unsigned n,
                       uint64_t *out) {
  uint64_t hash[PM_SHINGLE_BLOCK];
  size_t shingles = pm_shingle_count(count, n);
  if (are_few(count, n)) {
    for (size_t at = 0, got; at < shingles; at += got) {
      got = pm_shingle_few(unit + at, shingles - at, n, hash);
      memcpy(out + at, hash, got * sizeof *out);
    }
    return;
  }
  window w = begin(unit, count, n);
  for (size_t i = 0; i < shingles; i++) {
    out[i] = finish(w.h);
    if (i + n < count)
      slide(&w, unit[i].hash, unit[i + n].hash);
  }
}

static inline int before(pm_shingle a, pm_shingle b) {
  return a.hash < b.hash || (a.hash == b.hash && a.at < b.at);
}

static void sink(pm_shingle *s, size_t root, size_t count) {
  pm_shingle x = s[root];
  for (size_t child; (child = 2 * root + 1) < count; root = child) {
    if (child + 1 < count && before(s[child], s[child + 1]))
      child++;
    if (!before(x, s[child]))
      break;
    s[root] = s[child];
  }
  s[root] = x;
}

static void heap_sort(pm_shingle *s, size_t count) {
  for (size_t i = count / 2; i-- > 0;)
    sink(s, i, count);
  for (size_t i = count; i-- > 1;) {
    pm_shingle x = s[0];
    s[0] = s[i];
    s[i] = x;
    sink(s, 0, i);
  }
}

/* Up to FEW are sorted by insertion whatever they are. */
enum { FEW = 16, MOST_BITS = 11 };

/* For what is in order but for neighbours. */
static void insert(pm_shingle *s, size_t count) {
  for (size_t i = 1; i < count; i++) {
    pm_shingle x = s[i];
    size_t j = i;
    for (; j > 0 && before(x, s[j - 1]); j--)
      s[j] = s[j - 1];
    s[j] = x;
  }
}

static bool is_sorted(const pm_shingle *s, size_t count) {
  size_t i = 1;
  while (i < count && !before(s[i], s[i - 1]))
    i++;
  return i >= count;
}

/* Hashes are evenly spread, so the bits after the first `done` place them
 * almost exactly: one stable pass into buckets, more than there are hashes
 * where that is possible, and what is left is for neighbours to change places.
 * More than a few in a bucket are spread once more. Where crafted input has
 * used up all bits: O(n log n) all the same. */
static void sort_by_bits(pm_shingle *s, size_t count, pm_shingle *spare,
                         unsigned done) {
  uint32_t end[(1 << MOST_BITS) + 1], most = 0;
  unsigned bits = 1;
  while (bits < MOST_BITS && count >> bits)
    bits++;
  unsigned shift = 64 - bits - done;
  uint64_t mask = ((uint64_t)1 << bits) - 1;
  memset(end, 0, (mask + 2) * sizeof *end);
  for (size_t i = 0; i < count; i++)
    end[(s[i].hash >> shift & mask) + 1]++;
  for (size_t b = 0; b <= mask; b++) {
    most = end[b + 1] > most ? end[b + 1] : most;
    end[b + 1] += end[b];
  }
  for (size_t i = 0; i < count; i++) /* begins become ends */
    spare[end[s[i].hash >> shift & mask]++] = s[i];
  memcpy(s, spare, count * sizeof *s);
  if (most <= FEW) {
    insert(s, count);
    return;
  }
  for (size_t b = 0, from = 0; b <= mask; from = end[b++]) {
    size_t size = end[b] - from;
    if (size <= FEW)
      insert(s + from, size);
    else if (is_sorted(s + from, size))
      continue; /* one hash many times arrives in order */
    else if (done + bits + MOST_BITS <= 64)
      sort_by_bits(s + from, size, spare, done + bits);
    else
      heap_sort(s + from, size);
  }
}

void pm_shingle_sort(pm_shingle *s, size_t count, pm_shingle *spare) {
  if (count > FEW)
    sort_by_bits(s, count, spare, 0);
  else
    insert(s, count);
}

bool pm_shingle_tell_apart(pm_shingle *sorted, size_t count) {
  bool any = false;
  uint64_t hash = 0;
  for (size_t i = 0, first = 0; i < count; i++) {
    if (i == 0 || sorted[i].hash != hash) {
      first = i;
      hash = sorted[i].hash;
    } else {
      uint64_t state = hash + (i - first);
      sorted[i].hash = pm_random_next(&state);
      any = true;
    }
  }
  return any;
}

size_t pm_shingle_set(const pm_shingle *sorted, size_t count, uint64_t *set) {
  size_t n = 0;
  for (size_t i = 0; i < count; i++)
    if (n == 0 || set[n - 1] != sorted[i].hash)
      set[n++] = sorted[i].hash;
  return n;
}

size_t pm_shingle_shared(const uint64_t *a, size_t na, const uint64_t *b,
                         size_t nb) {
  size_t i = 0, j = 0, shared = 0;
  while (i < na && j < nb) { /* without a branch that could be mispredicted */
    uint64_t x = a[i], y = b[j];
    shared += x == y;
    i += x <= y;
    j += y <= x;
  }
  return shared;
}

size_t pm_shingle_winnow(const pm_shingle *s, size_t count, size_t w,
                         pm_shingle *out) {
  size_t chosen = 0, least = 0;
  if (count == 0)
    return 0;
  if (w > count)
    w = count;
  for (size_t end = w; end <= count; end++) {
    size_t start = end - w;
    if (end > w && least >= start) { /* the one chosen last still counts */
      if (s[end - 1].hash >= s[least].hash)
        continue;
      least = end - 1;
    } else {
      least = start;
      for (size_t i = start + 1; i < end; i++)
        if (s[i].hash <= s[least].hash)
          least = i;
    }
    out[chosen++] = s[least];
  }
  return chosen;
}

const char *pm_shingle_kind(unsigned kind) {
  static const char *const names[] = {"words", "characters", "counted words",
                                      "counted characters"};
  return names[kind & (PM_SHINGLE_CHARS | PM_SHINGLE_COUNTED)];
}

/* A packed set: 'S', version, n, rate, then the hashes, low byte first. Of n
 * and rate the highest bits that they do not need tell the kind. */
enum { HEADER = PM_SHINGLE_PACKED_HEAD, VERSION = 1 };
enum { CHARS = 0x80, COUNTED = 0x40 };

size_t pm_shingle_packed_size(size_t count) {
  return HEADER + 8 * count;
}

void pm_shingle_pack(const uint64_t *set, size_t count, unsigned n,
                     unsigned rate, char *out) {
  out[0] = 'S';
  out[1] = VERSION;
  out[2] = (char)n;
  out[3] = (char)rate;
  out += HEADER;
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
  if (count)
    memcpy(out, set, 8 * count);
#else
  for (size_t i = 0; i < count; i++)
    for (unsigned byte = 0; byte < 8; byte++)
      *out++ = (char)(set[i] >> 8 * byte);
#endif
}

void pm_shingle_mark(char *packed, unsigned kind) {
  packed[2] = (char)((unsigned char)packed[2] & ~CHARS);
  packed[3] = (char)((unsigned char)packed[3] & ~COUNTED);
  if (kind & PM_SHINGLE_CHARS)
    packed[2] = (char)((unsigned char)packed[2] | CHARS);
  if (kind & PM_SHINGLE_COUNTED)
    packed[3] = (char)((unsigned char)packed[3] | COUNTED);
}

unsigned pm_shingle_packed_kind(const char *packed) {
  return (packed[2] & CHARS ? PM_SHINGLE_CHARS : 0u) |
         (packed[3] & COUNTED ? PM_SHINGLE_COUNTED : 0u);
}

const char *pm_shingle_packed(const char *data, size_t len, size_t *count,
                              unsigned *n, unsigned *rate) {
  if (len < HEADER || len % 8 != HEADER || data[0] != 'S')
    return "not a packed set of shingles";
  if (data[1] != VERSION)
    return "a packed set of shingles of another version";
  *count = (len - HEADER) / 8;
  *n = (unsigned char)data[2] & ~(unsigned)CHARS;
  *rate = (unsigned char)data[3] & ~(unsigned)COUNTED;
  if (*n < 1 || *n > PM_SHINGLE_WIDEST || *rate > 63)
    return "a damaged set of shingles";
  for (size_t i = 1; i < *count; i++)
    if (pm_shingle_packed_at(data, i) <= pm_shingle_packed_at(data, i - 1))
      return "a damaged set of shingles";
  return NULL;
}
