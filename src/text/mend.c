#include "text/mend.h"

#include "text/entities.h"
#include "text/mojibake.h"
#include "text/utf8.h"

/*
 * Each round but the last leaves fewer characters or fewer that need repair.
 * Texts take two or three; the limit is for those made to take many.
 */
enum { ROUNDS = 100 };

enum {
  BYTES = 1u << PM_REPAIR_SURROGATES | 1u << PM_REPAIR_STRAY |
          1u << PM_REPAIR_INVALID,
  WHOLE = 1u << PM_REPAIR_ENTITIES | 1u << PM_REPAIR_MOJIBAKE,
};

/* The text as it is now: the caller's, or what the last step wrote. */
typedef struct mending {
  const char *text;
  size_t len;
  pm_buffer *now, *next;
  int changed;
} mending;

/* The step wrote to `next`. */
static void turn(mending *m) {
  pm_buffer *used = m->now;
  m->now = m->next;
  m->next = used;
  used->len = 0;
  m->text = m->now->at ? m->now->at : ""; /* of a text of nothing but marks */
  m->len = m->now->len;
  m->changed = 1;
}

static int repair(mending *m, unsigned steps, pm_mended *done) {
  size_t counts[PM_REPAIR_STEPS], sum = 0;
  if (pm_repair(m->text, m->len, steps, m->next, counts) != 0)
    return -1;
  for (int i = 0; i < PM_REPAIR_STEPS; i++) {
    done->counts[i] += counts[i];
    sum += counts[i];
  }
  if (sum > 0)
    turn(m);
  m->next->len = 0;
  return 0;
}

static int round_of(mending *m, unsigned steps, int every, pm_buffer *work,
                    pm_mended *done) {
  if (steps >> PM_REPAIR_ENTITIES & 1) {
    size_t count = pm_entities_read(m->text, m->len, every, m->next);
    if (count == (size_t)-1)
      return -1;
    if (count > 0)
      turn(m);
    done->counts[PM_REPAIR_ENTITIES] += count;
  }
  if (steps >> PM_REPAIR_MOJIBAKE & 1) {
    size_t count =
        pm_mojibake_undo(m->text, m->len, m->next, work, done->charsets);
    if (count == (size_t)-1)
      return -1;
    if (count > 0)
      turn(m);
    done->counts[PM_REPAIR_MOJIBAKE] += count;
    if (count > 0)
      return 0; /* it may be double: before single characters are changed */
  }
  steps &= ~(unsigned)(BYTES | WHOLE);
  if (pm_repair_span(m->text, m->len, steps) < m->len)
    return repair(m, steps, done);
  return 0;
}

int pm_mend(const char *text, size_t len, unsigned steps, int every,
            pm_buffer *out, pm_buffer *spare, pm_buffer *work,
            pm_mended *done) {
  mending m = {.text = text, .len = len, .now = spare, .next = out};
  *done = (pm_mended){{0}, {0}};
  if (pm_utf8_check(text, len) < len && repair(&m, steps & BYTES, done) != 0)
    return -1;
  int any = m.changed;
  for (int i = 0; i < ROUNDS; i++) {
    m.changed = 0;
    if (round_of(&m, steps, every, work, done) != 0)
      return -1;
    if (!m.changed)
      break;
    any = 1;
  }
  if (any && m.now != out) {
    pm_buffer moved = *out;
    *out = *spare;
    *spare = moved;
  }
  return any;
}
