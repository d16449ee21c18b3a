#include "engine/process.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

extern char **environ;

/* A pipe holds this much, so that reader and writer seldom wait. */
enum { PIPE_SIZE = 1 << 20 };

static void close_pair(const int *pair) {
  int saved = errno;
  close(pair[0]);
  close(pair[1]);
  errno = saved;
}

pid_t pm_process_start(const char *path, char *const *argv, int *from,
                       int *to) {
  int down[2], up[2];
  if (pipe2(down, O_CLOEXEC) != 0)
    return -1;
  if (pipe2(up, O_CLOEXEC) != 0) {
    close_pair(down);
    return -1;
  }
  fcntl(down[1], F_SETPIPE_SZ, PIPE_SIZE); /* a wish, not a need */
  fcntl(up[1], F_SETPIPE_SZ, PIPE_SIZE);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, down[0], STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, up[1], STDOUT_FILENO);
  pid_t pid;
  int error = posix_spawn(&pid, path, &actions, NULL, argv, environ);
  posix_spawn_file_actions_destroy(&actions);
  close(down[0]);
  close(up[1]);
  if (error != 0) {
    close(down[1]);
    close(up[0]);
    errno = error;
    return -1;
  }
  *from = up[0];
  *to = down[1];
  return pid;
}

int pm_process_claim(int *from, int *to) {
  *from = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3);
  *to = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
  int empty = open("/dev/null", O_RDONLY | O_CLOEXEC);
  if (*from < 0 || *to < 0 || empty < 0 || dup2(empty, STDIN_FILENO) < 0 ||
      dup2(STDERR_FILENO, STDOUT_FILENO) < 0)
    return -1;
  close(empty);
  /* The terminal's Ctrl-C reaches the parent too, and that one decides. */
  signal(SIGINT, SIG_IGN);
  signal(SIGPIPE, SIG_IGN);
  signal(SIGUSR1, SIG_IGN); /* how far it is, the parent knows */
  return prctl(PR_SET_PDEATHSIG, SIGKILL);
}

void pm_process_confine(void) {
  const struct rlimit none = {0, 0};
  setrlimit(RLIMIT_CORE, &none);
  prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
}

/* The only writable statics: a signal handler has nowhere else to write. */
static volatile sig_atomic_t interrupt, asked;

static void on_interrupt(int number) {
  interrupt = number;
  signal(number, SIG_DFL);
}

static void on_question(int number) {
  (void)number;
  asked = 1;
}

void pm_process_catch_interrupt(void) {
  struct sigaction action = {.sa_handler = on_interrupt};
  sigaction(SIGINT, &action, NULL);
  sigaction(SIGTERM, &action, NULL);
  sigaction(SIGHUP, &action, NULL);
  signal(SIGPIPE, SIG_IGN); /* a write says EPIPE instead, */
  signal(SIGXFSZ, SIG_IGN); /* and EFBIG */
  struct sigaction question = {.sa_handler = on_question};
  sigaction(SIGUSR1, &question, NULL);
}

void pm_process_die_unread(void) {
  signal(SIGPIPE, SIG_DFL);
  raise(SIGPIPE);
}

int pm_process_interrupt(void) {
  return interrupt;
}

bool pm_process_asked(void) {
  bool was = asked != 0;
  asked = 0;
  return was;
}
