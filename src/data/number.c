#include "data/number.h"

#include <float.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* No double needs more significant digits than 767 to be rounded right; one
 * more says whether anything but zeros followed. */
enum { DIGITS_MAX = 770 };

/* 0.d1d2d3... x 10^exponent, without leading zeros. */
typedef struct decimal {
  char digits[DIGITS_MAX + 1];
  int count;
  int64_t exponent;
  bool negative;
} decimal;

static int64_t read_exponent(const char *p, const char *end) {
  bool negative = *p == '-';
  if (*p == '-' || *p == '+')
    p++;
  int64_t e = 0;
  for (; p < end; p++)
    if (e < INT64_MAX / 32)
      e = e * 10 + (*p - '0');
  return negative ? -e : e;
}

static void read_decimal(const char *p, const char *end, decimal *d) {
  bool fraction = false;
  d->count = 0;
  d->exponent = 0;
  d->negative = *p == '-';
  for (p += d->negative; p < end && *p != 'e' && *p != 'E'; p++) {
    if (*p == '.') {
      fraction = true;
      continue;
    }
    if (d->count > 0 || *p != '0') {
      d->exponent += !fraction;
      if (d->count < DIGITS_MAX)
        d->digits[d->count++] = *p;
      else if (*p != '0')
        d->digits[DIGITS_MAX - 1] = '1';
    } else {
      d->exponent -= fraction;
    }
  }
  if (p < end)
    d->exponent += read_exponent(p + 1, end);
}

static double power_of_ten(int n) {
  static const double powers[] = {
      1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
      1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
  return powers[n];
}

/* Sets `*f` if one exact operation gives it: at most 15 digits and a power of
 * ten that a double holds (Clinger 1990, the fast path). */
static bool small_float(const decimal *d, double *f) {
  int64_t power = d->exponent - d->count;
  if (d->count > 15 || power < -22 || power > 22 || FLT_EVAL_METHOD != 0)
    return false;
  int64_t n = 0;
  for (int k = 0; k < d->count; k++)
    n = n * 10 + (d->digits[k] - '0');
  *f = power < 0 ? (double)n / power_of_ten((int)-power)
                 : (double)n * power_of_ten((int)power);
  return true;
}

static double read_float(const char *text, size_t len) {
  decimal d;
  double f;
  read_decimal(text, text + len, &d);
  if (d.count == 0) {
    f = 0;
  } else if (!small_float(&d, &f)) {
    /* Written without a point, so that strtod's locale does not matter. */
    int64_t power = d.exponent - d.count;
    power = power > 100000 ? 100000 : power < -100000 ? -100000 : power;
    char plain[DIGITS_MAX + 16];
    memcpy(plain, d.digits, (size_t)d.count);
    snprintf(plain + d.count, 16, "e%d", (int)power);
    f = strtod(plain, NULL);
  }
  return d.negative ? -f : f;
}

bool pm_number_read(const char *text, size_t len, int64_t *i, double *f) {
  const char *p = text, *end = text + len;
  bool negative = *p == '-';
  uint64_t n = 0;
  p += negative;
  if (end - p <= 19) {
    for (; p < end && *p >= '0' && *p <= '9'; p++)
      n = n * 10 + (uint64_t)(*p - '0');
    uint64_t largest = (uint64_t)INT64_MAX + negative;
    if (p == end && n <= largest && !(negative && n == 0)) {
      *i = (int64_t)(negative ? 0 - n : n);
      return true;
    }
  }
  *f = read_float(text, len);
  return false;
}

size_t pm_number_write_integer(char *out, int64_t i) {
  char digits[20];
  int n = 0;
  size_t len = 0;
  uint64_t u = i < 0 ? 0 - (uint64_t)i : (uint64_t)i;
  do
    digits[n++] = (char)('0' + u % 10);
  while ((u /= 10) > 0);
  if (i < 0)
    out[len++] = '-';
  while (n > 0)
    out[len++] = digits[--n];
  return len;
}

/* Fills `digits` with the fewest digits that read back as `f` > 0; returns how
 * many. Their first stands before the point of `*exponent`. */
static int shortest(double f, char digits[18], int *exponent) {
  /* 15 digits always survive a double, trailing zeros cut; below the normal
   * range there are fewer to begin with. */
  for (int precision = f < DBL_MIN ? 1 : 15;; precision++) {
    char text[40];
    snprintf(text, sizeof text, "%.*e", precision - 1, f);
    if (precision < 17 && strtod(text, NULL) != f)
      continue;
    int n = 0;
    const char *p = text;
    for (; *p != 'e'; p++)
      if (*p >= '0' && *p <= '9') /* the point is the locale's */
        digits[n++] = *p;
    *exponent = atoi(p + 1);
    while (n > 1 && digits[n - 1] == '0')
      n--;
    return n;
  }
}

size_t pm_number_write_float(char *out, double f) {
  char digits[18], *o = out;
  int exponent = 0, n = 1;
  uint64_t bits;
  memcpy(&bits, &f, sizeof bits);
  if (bits >> 63) {
    *o++ = '-';
    f = -f;
  }
  digits[0] = '0';
  if (f > 0)
    n = shortest(f, digits, &exponent);
  bool plain = exponent >= -4 && exponent < 16;
  int before = !plain ? 1 : exponent < 0 ? 0 : exponent + 1;
  for (int k = 0; k < before; k++)
    *o++ = k < n ? digits[k] : '0';
  if (before == 0)
    *o++ = '0';
  if (plain || n > 1)
    *o++ = '.';
  if (plain)
    for (int k = exponent + 1; k < 0; k++)
      *o++ = '0';
  for (int k = before; k < n; k++)
    *o++ = digits[k];
  if (plain && before >= n)
    *o++ = '0';
  if (!plain)
    o += snprintf(o, 8, "e%+03d", exponent);
  return (size_t)(o - out);
}
