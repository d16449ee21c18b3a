/*
 * A library to preload that makes one kind of call fail, as disks and memory
 * do: the n-th time, for so many times, or from then on.
 *
 *   PUMICE_FAULT=CALL:AT:TIMES:ERRNO:WHO   TIMES 0: from then on; ERRNO 0: only
 *                                          half of the bytes go through
 *   PUMICE_FAULT_BOOK=FILE                 calls that were made are counted
 * here
 *
 * CALL is a name of `names` below, WHO "parent" or "worker". Calls are counted
 * from the start of main on, in each process for itself. Whatever says nothing
 * here goes to the real function.
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define EXPORT __attribute__((visibility("default")))

enum call {
  OPEN,
  READ,
  WRITE,
  FSYNC,
  RENAME,
  CLOSE,
  FTRUNCATE,
  MKDIR,
  MEMORY,
  CALLS
};

static const char *const names[CALLS] = {"open",      "read",   "write",
                                         "fsync",     "rename", "close",
                                         "ftruncate", "mkdir",  "memory"};

/* What all processes of a run write to, as 64-bit numbers: calls of the parent,
 * calls of the workers, faults. */
typedef struct book {
  unsigned long long calls[2][CALLS], faults;
} book;

static book *shared;
static bool ready;
static int worker, call = CALLS, error;
static unsigned long long at, times, made[CALLS];

static void *next(const char *name) {
  void *found = dlsym(RTLD_NEXT, name);
  if (!found)
    abort();
  return found;
}

/* The real function `name`, looked up once. */
#define REAL(type, name, ...)                                                  \
  static type (*real)(__VA_ARGS__);                                            \
  if (!real)                                                                   \
  *(void **)&real = next(name)

__attribute__((constructor)) static void start(int argc, char **argv) {
  const char *wanted = getenv("PUMICE_FAULT");
  const char *path = getenv("PUMICE_FAULT_BOOK");
  worker = argc > 1 && strcmp(argv[1], "worker") == 0;
  if (path) {
    int fd = open(path, O_RDWR);
    void *map = fd < 0 ? MAP_FAILED
                       : mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE,
                              MAP_SHARED, fd, 0);
    if (map == MAP_FAILED)
      abort();
    close(fd);
    shared = map;
  }
  char name[32], who[32];
  if (wanted &&
      sscanf(wanted, "%31[^:]:%llu:%llu:%d:%31s", name, &at, &times, &error,
             who) == 5 &&
      (strcmp(who, "worker") == 0) == worker)
    for (int i = 0; i < CALLS; i++)
      if (strcmp(names[i], name) == 0)
        call = i;
  ready = true;
}

/* Counts a call. True when it is one that has to fail. */
static bool fails(enum call which) {
  if (!ready)
    return false;
  unsigned long long n = __atomic_add_fetch(&made[which], 1, __ATOMIC_RELAXED);
  if (shared)
    __atomic_add_fetch(&shared->calls[worker][which], 1, __ATOMIC_RELAXED);
  if (call != (int)which || n < at || (times > 0 && n >= at + times))
    return false;
  if (shared)
    __atomic_add_fetch(&shared->faults, 1, __ATOMIC_RELAXED);
  if (error)
    errno = error;
  return true;
}

static bool is_short(void) {
  return error == 0;
}

static size_t half(size_t size) {
  return size > 1 ? size / 2 : size;
}

static mode_t mode_of(int flags, va_list rest) {
  bool has_mode = flags & (O_CREAT | O_TMPFILE);
  return has_mode ? va_arg(rest, mode_t) : 0;
}

#define OPENER(name)                                                           \
  EXPORT int name(const char *path, int flags, ...) {                          \
    REAL(int, #name, const char *, int, ...);                                  \
    va_list rest;                                                              \
    va_start(rest, flags);                                                     \
    mode_t mode = mode_of(flags, rest);                                        \
    va_end(rest);                                                              \
    return fails(OPEN) ? -1 : real(path, flags, mode);                         \
  }
OPENER(open)
OPENER(open64)

#define FOPENER(name)                                                          \
  EXPORT FILE *name(const char *path, const char *mode) {                      \
    REAL(FILE *, #name, const char *, const char *);                           \
    return fails(OPEN) ? NULL : real(path, mode);                              \
  }
FOPENER(fopen)
FOPENER(fopen64)

EXPORT ssize_t read(int fd, void *to, size_t size) {
  REAL(ssize_t, "read", int, void *, size_t);
  if (fails(READ)) {
    if (!is_short())
      return -1;
    size = half(size);
  }
  return real(fd, to, size);
}

EXPORT ssize_t write(int fd, const void *from, size_t size) {
  REAL(ssize_t, "write", int, const void *, size_t);
  if (fails(WRITE)) {
    if (!is_short())
      return -1;
    size = half(size);
  }
  return real(fd, from, size);
}

#define PREADER(name)                                                          \
  EXPORT ssize_t name(int fd, void *to, size_t size, off_t place) {            \
    REAL(ssize_t, #name, int, void *, size_t, off_t);                          \
    if (fails(READ)) {                                                         \
      if (!is_short())                                                         \
        return -1;                                                             \
      size = half(size);                                                       \
    }                                                                          \
    return real(fd, to, size, place);                                          \
  }
PREADER(pread)
PREADER(pread64)

#define PWRITER(name)                                                          \
  EXPORT ssize_t name(int fd, const void *from, size_t size, off_t place) {    \
    REAL(ssize_t, #name, int, const void *, size_t, off_t);                    \
    if (fails(WRITE)) {                                                        \
      if (!is_short())                                                         \
        return -1;                                                             \
      size = half(size);                                                       \
    }                                                                          \
    return real(fd, from, size, place);                                        \
  }
PWRITER(pwrite)
PWRITER(pwrite64)

#define SYNCER(name)                                                           \
  EXPORT int name(int fd) {                                                    \
    REAL(int, #name, int);                                                     \
    return fails(FSYNC) ? -1 : real(fd);                                       \
  }
SYNCER(fsync)
SYNCER(fdatasync)

#define TRUNCATER(name)                                                        \
  EXPORT int name(int fd, off_t length) {                                      \
    REAL(int, #name, int, off_t);                                              \
    return fails(FTRUNCATE) ? -1 : real(fd, length);                           \
  }
TRUNCATER(ftruncate)
TRUNCATER(ftruncate64)

EXPORT int rename(const char *from, const char *to) {
  REAL(int, "rename", const char *, const char *);
  return fails(RENAME) ? -1 : real(from, to);
}

EXPORT int mkdir(const char *path, mode_t mode) {
  REAL(int, "mkdir", const char *, mode_t);
  return fails(MKDIR) ? -1 : real(path, mode);
}

/* The descriptor is gone also when close fails. */
EXPORT int close(int fd) {
  REAL(int, "close", int);
  if (!fails(CLOSE))
    return real(fd);
  real(fd);
  errno = error;
  return -1;
}

EXPORT void *malloc(size_t size) {
  REAL(void *, "malloc", size_t);
  return fails(MEMORY) ? NULL : real(size);
}

EXPORT void *calloc(size_t count, size_t size) {
  REAL(void *, "calloc", size_t, size_t);
  return fails(MEMORY) ? NULL : real(count, size);
}

EXPORT void *realloc(void *p, size_t size) {
  REAL(void *, "realloc", void *, size_t);
  return fails(MEMORY) ? NULL : real(p, size);
}
