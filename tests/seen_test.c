#include "sketch/seen.h"

#include <string.h>

#include "test.h"

static void key_of(uint64_t n, unsigned char *key) {
  pm_seen_key(&n, sizeof n, key);
}

static void remembers(void) {
  pm_seen s = {0};
  unsigned char key[PM_SEEN_KEY];
  int wrong = 0;
  for (uint64_t n = 0; n < 5000; n++) {
    key_of(n, key);
    wrong += pm_seen_has(&s, key);
    wrong += pm_seen_add(&s, key) != 0;
    wrong += pm_seen_add(&s, key) != 1;
  }
  for (uint64_t n = 0; n < 10000; n++) {
    key_of(n, key);
    wrong += pm_seen_has(&s, key) != (n < 5000);
  }
  check(wrong == 0);
  check(s.count == 5000);
  memset(key, 0, sizeof key);
  check(!pm_seen_has(&s, key));
  check(pm_seen_add(&s, key) == 0 && pm_seen_add(&s, key) == 1);
  check(pm_seen_has(&s, key) && s.count == 5001);
  pm_seen_free(&s);
  pm_seen_free(&s);
}

static void filters(double rate) {
  enum { MANY = 20000 };
  pm_seen s;
  unsigned char key[PM_SEEN_KEY];
  check(pm_seen_filter(&s, MANY, rate) == 0);
  int missed = 0, alarms = 0;
  for (uint64_t n = 0; n < MANY; n++) {
    key_of(n, key);
    pm_seen_add(&s, key);
  }
  for (uint64_t n = 0; n < 2 * MANY; n++) {
    key_of(n, key);
    bool has = pm_seen_has(&s, key);
    missed += n < MANY && !has;
    alarms += n >= MANY && has;
  }
  check(missed == 0);
  check(alarms < 1.3 * rate * MANY + 12);
  pm_seen_free(&s);
}

int main(void) {
  remembers();
  filters(0.5);
  filters(0.01);
  filters(1e-6);
  pm_seen s;
  check(pm_seen_filter(&s, UINT64_MAX, 1e-9) != 0);
  return done("seen");
}
