#include "data/pack.h"

#include <string.h>

static char *put_count(char *out, uint64_t n) {
  for (; n >= 0x80; n >>= 7)
    *out++ = (char)(n | 0x80);
  *out++ = (char)n;
  return out;
}

/* The shortest form only: a last digit of 0 would be a second way to say it. */
static const char *get_count(const char *p, const char *end, uint64_t *n) {
  *n = 0;
  for (int shift = 0; p < end && shift < 64; shift += 7) {
    uint64_t digit = (unsigned char)*p++;
    if (shift == 63 && digit > 1)
      return NULL;
    *n |= (digit & 0x7F) << shift;
    if (digit < 0x80)
      return digit == 0 && shift > 0 ? NULL : p;
  }
  return NULL;
}

size_t pm_pack_put(const pm_pack_item *item, char out[PM_PACK_HEAD]) {
  char *p = out;
  *p++ = (char)item->kind;
  switch (item->kind) {
  case PM_PACK_INTEGER: {
    uint64_t sign = item->integer < 0 ? UINT64_MAX : 0;
    p = put_count(p, (uint64_t)item->integer << 1 ^ sign);
    break;
  }
  case PM_PACK_FLOAT: {
    uint64_t bits;
    memcpy(&bits, &item->number, sizeof bits);
    for (int i = 0; i < 8; i++)
      *p++ = (char)(bits >> 8 * i);
    break;
  }
  case PM_PACK_STRING: p = put_count(p, item->len); break;
  case PM_PACK_TABLE:
  case PM_PACK_ARRAY:
  case PM_PACK_OBJECT:
    p = put_count(p, item->array);
    p = put_count(p, item->pairs);
    break;
  default: break;
  }
  return (size_t)(p - out);
}

static const char *get_float(const char *p, const char *end, double *number) {
  if (end - p < 8)
    return NULL;
  uint64_t bits = 0;
  for (int i = 0; i < 8; i++)
    bits |= (uint64_t)(unsigned char)*p++ << 8 * i;
  memcpy(number, &bits, sizeof bits);
  return p;
}

bool pm_pack_get(const char **at, const char *end, pm_pack_item *item) {
  const char *p = *at;
  if (p >= end || (unsigned char)*p > PM_PACK_NULL)
    return false;
  *item = (pm_pack_item){.kind = (pm_pack_kind)*p++};
  uint64_t n;
  switch (item->kind) {
  case PM_PACK_INTEGER:
    p = get_count(p, end, &n);
    item->integer = (int64_t)(n >> 1 ^ (n & 1 ? UINT64_MAX : 0));
    break;
  case PM_PACK_FLOAT: p = get_float(p, end, &item->number); break;
  case PM_PACK_STRING:
    p = get_count(p, end, &item->len);
    if (!p || item->len > (uint64_t)(end - p))
      return false;
    item->string = p;
    p += item->len;
    break;
  case PM_PACK_TABLE:
  case PM_PACK_ARRAY:
  case PM_PACK_OBJECT:
    p = get_count(p, end, &item->array);
    if (p)
      p = get_count(p, end, &item->pairs);
    if (!p || item->array > (uint64_t)(end - p) ||
        item->pairs > ((uint64_t)(end - p) - item->array) / 2)
      return false;
    break;
  default: break;
  }
  if (!p)
    return false;
  *at = p;
  return true;
}
