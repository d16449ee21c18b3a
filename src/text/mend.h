/*
 * All repair of a text: of its bytes, of references and mojibake, of single
 * characters, in that order, as often as there is something to do. So what
 * was repaired needs no repair.
 */
#ifndef PM_MEND_H
#define PM_MEND_H

#include <stddef.h>

#include "text/buffer.h"
#include "text/mojibake_table.h"
#include "text/repair.h"

typedef struct pm_mended {
  size_t counts[PM_REPAIR_STEPS]; /* how often each step did something */
  size_t charsets[PM_CHARSETS];   /* characters restored from each */
} pm_mended;

/*
 * Repairs `text` [len], any bytes, by `steps` (1 << pm_repair_step). `every`
 * as in entities.h. Returns 0 when nothing was to do, 1 when the result is in
 * `out`, -1 when memory is short. `spare` and `work` are scratch.
 */
int pm_mend(const char *text, size_t len, unsigned steps, int every,
            pm_buffer *out, pm_buffer *spare, pm_buffer *work, pm_mended *done);

#endif
