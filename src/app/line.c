/*
 * The editor runs by its callback interface, and this file waits for keys and
 * signals. So Ctrl-C is ours, whatever the library does with it, and no
 * signal handler ever runs inside the library.
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/line.h"

/* What both libraries have, under readline's names. */
static struct {
  void (*callback_handler_install)(const char *, void (*)(char *));
  void (*callback_read_char)(void);
  void (*callback_handler_remove)(void);
  void (*prep_terminal)(int);
  void (*deprep_terminal)(void);
  void (*resize_terminal)(void);
  int (*forced_update_display)(void);
  char **(*completion_matches)(const char *, char *(*)(const char *, int));
  int (*add_history)(const char *);
  char ***attempted_completion;
  int *attempted_completion_over;
  int *completion_append_character;
  const char **word_breaks;
  char **line_buffer;
  int *point;
  int *catch_signals;
  const char **name;
  /* readline alone */
  int *eof_found;       /* it ended its line */
  int (**getc)(FILE *); /* where it gets keys from */
} rl;

/* A library calls back without a context, hence these. */
static struct {
  const char *editor; /* "plain" as long as rl is not to be used */
  char *line;         /* the last one read */
  int done;
  int interrupted;
  int keys;               /* descriptor to read from */
  sigset_t blocked, open; /* masks: while the library runs, while we wait */
  pm_line_complete *complete;
  void *context;
  pm_line_words words; /* of the completion that goes on */
  size_t next_word;
} state = {.editor = "plain", .keys = STDIN_FILENO};

static volatile sig_atomic_t caught;

static void on_signal(int signal) {
  caught = signal;
}

/* Everything that ends, stops or resizes: the terminal has to be put right. */
static const int signals[] = {SIGINT,  SIGWINCH, SIGTSTP,
                              SIGTERM, SIGHUP,   SIGQUIT};
#define SIGNALS (sizeof signals / sizeof *signals)

/* Gives out the words one at a time; readline owns each then. */
static char *next_word(const char *text, int first) {
  (void)text;
  if (first == 0)
    state.next_word = 0;
  if (state.next_word >= state.words.count)
    return NULL;
  return state.words.word[state.next_word++];
}

static char **on_complete(const char *text, int start, int end) {
  (void)start, (void)end;
  *rl.attempted_completion_over = 1; /* no file names of the library's own */
  state.words = (pm_line_words){0};
  if (state.complete)
    state.complete(state.context, *rl.line_buffer, (size_t)*rl.point,
                   &state.words);
  *rl.completion_append_character = state.words.suffix;
  char **matches =
      state.words.count ? rl.completion_matches(text, next_word) : NULL;
  free(state.words.word);
  return matches;
}

static void on_line(char *line) {
  state.line = line;
  state.done = 1;
  rl.callback_handler_remove(); /* or it shows the next prompt already */
}

/* Waits until there is a key (0) or a signal, which goes first: what was typed
 * after Ctrl-C belongs to the next line. One that came since the last line
 * counts too. */
static int wait_for_key(void) {
  struct pollfd input = {.fd = state.keys, .events = POLLIN};
  int ready = 0;
  sigprocmask(SIG_SETMASK, &state.open, NULL);
  sigprocmask(SIG_BLOCK, &state.blocked, NULL);
  while (!caught && ready <= 0)
    ready = ppoll(&input, 1, NULL, &state.open);
  int signal = caught;
  caught = 0;
  return signal;
}

/* Does to the process what the signal does to others, the terminal being as
 * it was before; comes back from a stop. */
static void pass_on(int signal) {
  struct sigaction ours, usual = {.sa_handler = SIG_DFL};
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, signal);
  rl.deprep_terminal();
  sigaction(signal, &usual, &ours);
  raise(signal);
  sigprocmask(SIG_UNBLOCK, &set, NULL);
  sigprocmask(SIG_BLOCK, &set, NULL);
  sigaction(signal, &ours, NULL);
  rl.prep_terminal(1);
  rl.forced_update_display();
}

/* Waits for a key and heeds signals meanwhile; 0 for Ctrl-C. */
static int attend(void) {
  int signal;
  while ((signal = wait_for_key()) != 0) {
    if (signal == SIGINT) {
      state.interrupted = 1;
      return 0;
    }
    if (signal == SIGWINCH)
      rl.resize_terminal();
    else
      pass_on(signal);
  }
  return 1;
}

/* The next key, for readline, which also reads ahead; EOF after Ctrl-C. */
static int read_key(FILE *in) {
  unsigned char key;
  ssize_t n;
  (void)in;
  do {
    if (!attend())
      return EOF;
    n = read(state.keys, &key, 1);
  } while (n < 0 && (errno == EINTR || errno == EAGAIN));
  return n == 1 ? key : EOF;
}

/* Ctrl-C takes back the keys before it, even those that poll has announced: a
 * read may find none, and must not wait then. The terminal is opened anew for
 * that, since others share the file that standard input is. */
static int open_keys(void) {
  const char *name = ttyname(STDIN_FILENO);
  int fd = name ? open(name, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC) : -1;
  return fd < 0 ? STDIN_FILENO : fd;
}

/* Finds what rl has in a library; returns its handle, or NULL. */
static void *load(const char *file) {
  static const struct {
    const char *name;
    void *at;
  } symbols[] = {
      {"rl_callback_handler_install", &rl.callback_handler_install},
      {"rl_callback_read_char", &rl.callback_read_char},
      {"rl_callback_handler_remove", &rl.callback_handler_remove},
      {"rl_prep_terminal", &rl.prep_terminal},
      {"rl_deprep_terminal", &rl.deprep_terminal},
      {"rl_resize_terminal", &rl.resize_terminal},
      {"rl_forced_update_display", &rl.forced_update_display},
      {"rl_completion_matches", &rl.completion_matches},
      {"add_history", &rl.add_history},
      {"rl_attempted_completion_function", &rl.attempted_completion},
      {"rl_attempted_completion_over", &rl.attempted_completion_over},
      {"rl_completion_append_character", &rl.completion_append_character},
      {"rl_basic_word_break_characters", &rl.word_breaks},
      {"rl_line_buffer", &rl.line_buffer},
      {"rl_point", &rl.point},
      {"rl_catch_signals", &rl.catch_signals},
      {"rl_readline_name", &rl.name},
  };
  void *library = dlopen(file, RTLD_NOW | RTLD_LOCAL);
  if (!library)
    return NULL;
  for (size_t i = 0; i < sizeof symbols / sizeof *symbols; i++) {
    void *found = dlsym(library, symbols[i].name);
    if (!found) {
      dlclose(library);
      return NULL;
    }
    memcpy(symbols[i].at, &found, sizeof found);
  }
  return library;
}

/* The library counts columns by LC_CTYPE. Where nothing says what the
 * terminal speaks, it is taken to speak UTF-8. */
static void set_charset(void) {
  setlocale(LC_CTYPE, "");
  if (!getenv("LC_ALL") && !getenv("LC_CTYPE") && !getenv("LANG"))
    setlocale(LC_CTYPE, "C.UTF-8");
}

const char *pm_line_open(void) {
  /* Between the reading of lines Ctrl-C must not end the program. */
  struct sigaction quiet = {.sa_handler = on_signal, .sa_flags = SA_RESTART};
  sigaction(SIGINT, &quiet, NULL);
  const char *terminal = getenv("TERM");
  if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO) || !terminal ||
      strcmp(terminal, "dumb") == 0)
    return state.editor = "plain";
  void *readline = load("libreadline.so.8");
  if (readline) {
    state.editor = "readline";
    rl.eof_found = dlsym(readline, "rl_eof_found");
    rl.getc = (int (**)(FILE *))dlsym(readline, "rl_getc_function");
    if (rl.getc) {
      *rl.getc = read_key;
      state.keys = open_keys();
    }
  } else if (load("libedit.so.2")) {
    state.editor = "libedit";
  } else {
    return state.editor = "plain";
  }
  set_charset();
  *rl.name = "pumice";
  *rl.catch_signals = 0;
  *rl.word_breaks = " \t\n!\"#$%&'()*+,-./:;<=>?@[\\]^`{|}~";
  *(char **(**)(const char *, int, int))rl.attempted_completion = on_complete;
  return state.editor;
}

static pm_line_event edited(const char *prompt) {
  struct sigaction ours = {.sa_handler = on_signal}, before[SIGNALS];
  sigemptyset(&state.blocked);
  for (size_t i = 0; i < SIGNALS; i++)
    sigaddset(&state.blocked, signals[i]);
  sigprocmask(SIG_BLOCK, &state.blocked, &state.open);
  for (size_t i = 0; i < SIGNALS; i++)
    sigaction(signals[i], &ours, &before[i]);
  if (rl.eof_found)
    *rl.eof_found = 0;
  rl.callback_handler_install(prompt, on_line);
  while (!state.done && !state.interrupted)
    if (rl.getc || attend())
      rl.callback_read_char();
  if (!state.done)
    rl.callback_handler_remove();
  for (size_t i = 0; i < SIGNALS; i++)
    sigaction(signals[i], &before[i], NULL);
  sigprocmask(SIG_SETMASK, &state.open, NULL);
  if (state.interrupted)
    return PM_LINE_INTERRUPTED;
  return state.line ? PM_LINE_TEXT : PM_LINE_END;
}

/* The terminal itself edits, if there is one: it gives whole lines. */
static pm_line_event plain(const char *prompt) {
  struct sigaction ours = {.sa_handler = on_signal}, before;
  size_t room = 0;
  sigemptyset(&state.blocked);
  sigaddset(&state.blocked, SIGINT);
  sigprocmask(SIG_BLOCK, &state.blocked, &state.open);
  sigaction(SIGINT, &ours, &before);
  fputs(prompt, stdout);
  fflush(stdout);
  ssize_t len = -1;
  int interrupted = wait_for_key() == SIGINT;
  if (!interrupted)
    len = getline(&state.line, &room, stdin);
  clearerr(stdin); /* Ctrl-D ends a line, not the terminal */
  sigaction(SIGINT, &before, NULL);
  sigprocmask(SIG_SETMASK, &state.open, NULL);
  if (interrupted)
    return PM_LINE_INTERRUPTED;
  if (len < 0)
    return PM_LINE_END;
  if (len > 0 && state.line[len - 1] == '\n')
    state.line[len - 1] = '\0';
  return PM_LINE_TEXT;
}

pm_line_event pm_line_read(const char *prompt, pm_line_complete *complete,
                           void *context, const char **line) {
  free(state.line);
  state.line = NULL;
  state.done = 0;
  state.interrupted = 0;
  state.complete = complete;
  state.context = context;
  int with_editor = strcmp(state.editor, "plain") != 0;
  pm_line_event event = with_editor ? edited(prompt) : plain(prompt);
  int ended = event == PM_LINE_TEXT ||
              (with_editor && event == PM_LINE_END && rl.eof_found);
  if (!ended) {
    putchar('\n');
    fflush(stdout);
  }
  *line = state.line;
  return event;
}

void pm_line_remember(const char *entry) {
  if (strcmp(state.editor, "plain") != 0)
    rl.add_history(entry);
}
