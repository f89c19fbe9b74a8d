#ifndef CN_SHIM_H
#define CN_SHIM_H
// Swift 6 rejects C globals and imports neither macros nor variadics: each that we use is a small function here.
#ifndef _XOPEN_SOURCE_EXTENDED
#define _XOPEN_SOURCE_EXTENDED 1
#endif
#define NCURSES_WIDECHAR 1
#include <curses.h>
#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <term.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>
#ifdef __APPLE__
#include <util.h>
#else
#include <pty.h>
#include <sys/syscall.h>
#endif

// term.h defines short names as macros; they would hide words of ours.
#undef lines
#undef columns
#undef tab
#undef newline

static inline WINDOW *cn_screen(void) { return stdscr; }
static inline int cn_rows(void) { return LINES; }
static inline int cn_columns(void) { return COLS; }
static inline int cn_colours(void) { return has_colors() ? COLORS : 0; }
static inline int cn_pairs(void) { return COLOR_PAIRS; }

// Locale and width.
static inline void cn_use_locale(void) { setlocale(LC_CTYPE, ""); }
static inline const char *cn_codeset(void) { return nl_langinfo(CODESET); }
static inline int cn_width(uint32_t scalar) { return wcwidth((wchar_t)scalar); }

// Opening. `cn_find_type` gives 1 when the terminal type is known, without ever ending the program.
static inline int cn_find_type(const char *type, int descriptor) {
  int found = 0;
  if (setupterm((char *)type, descriptor, &found) != OK) return 0;
  return found;
}
static inline void cn_forget_type(void) {
  TERMINAL *known = set_curterm(NULL);
  if (known) del_curterm(known);
}
static inline const char *cn_capability(const char *name) {
  char *value = tigetstr((char *)name);
  return value == (char *)-1 ? NULL : value;
}

// Attributes.
static inline attr_t cn_bold(void) { return A_BOLD; }
static inline attr_t cn_dim(void) { return A_DIM; }
static inline attr_t cn_underlined(void) { return A_UNDERLINE; }
static inline attr_t cn_inverse(void) { return A_REVERSE; }

// Writing and reading.
static inline void cn_write(int row, int column, const wchar_t *text, int count, attr_t attributes, short pair) {
  wattr_set(stdscr, attributes, pair, NULL);
  mvwaddnwstr(stdscr, row, column, text, count);
}
static inline bool cn_is_code(int status) { return status == KEY_CODE_YES; }
static inline bool cn_is_error(int status) { return status == ERR; }
static inline int cn_function_key(int number) { return KEY_F(number); }

// Keys that curses knows by number; those that it does not get numbers of ours by `define_key`.
static inline int cn_paste_begin(void) { return KEY_MAX + 1; }
static inline int cn_paste_end(void) { return KEY_MAX + 2; }
static inline int cn_answer(void) { return KEY_MAX + 3; }

static inline mmask_t cn_mouse_buttons(void) {
  return BUTTON1_PRESSED | BUTTON1_CLICKED | BUTTON1_DOUBLE_CLICKED | BUTTON4_PRESSED | BUTTON5_PRESSED;
}
static inline bool cn_mouse_is_press(mmask_t state) { return (state & (BUTTON1_PRESSED | BUTTON1_CLICKED)) != 0; }
static inline bool cn_mouse_is_double(mmask_t state) { return (state & BUTTON1_DOUBLE_CLICKED) != 0; }
static inline bool cn_mouse_is_wheel_up(mmask_t state) { return (state & BUTTON4_PRESSED) != 0; }
static inline bool cn_mouse_is_wheel_down(mmask_t state) { return (state & BUTTON5_PRESSED) != 0; }

// The tty below.
static inline int cn_window_size(int descriptor, int *columns, int *rows) {
  struct winsize size;
  if (ioctl(descriptor, TIOCGWINSZ, &size) != 0) return -1;
  *columns = size.ws_col;
  *rows = size.ws_row;
  return 0;
}
// A file in memory that only its descriptor names; on other systems a temporary file.
static inline int cn_memory_file(void) {
#ifdef __linux__
  return (int)syscall(SYS_memfd_create, "screen", 1u /* closed on exec */);
#else
  FILE *file = tmpfile();
  int copy = file ? dup(fileno(file)) : -1;
  if (file) fclose(file);
  return copy;
#endif
}
static inline int cn_waiting_bytes(int descriptor) {
  int count = 0;
  return ioctl(descriptor, FIONREAD, &count) == 0 ? count : -1;
}

// A pair of connected terminals, for tests.
static inline int cn_open_pty(int *master, int *slave) { return openpty(master, slave, NULL, NULL, NULL); }
static inline int cn_set_window_size(int descriptor, int columns, int rows) {
  struct winsize size = {.ws_col = (unsigned short)columns, .ws_row = (unsigned short)rows};
  return ioctl(descriptor, TIOCSWINSZ, &size);
}

// Signals: the field with the handler has another name on each system.
static inline int cn_handle_signal(int number, void (*handler)(int), int flags, struct sigaction *old) {
  struct sigaction action = {0};
  action.sa_handler = handler;
  action.sa_flags = flags;
  sigemptyset(&action.sa_mask);
  return sigaction(number, &action, old);
}
static inline int cn_restore_signal(int number, const struct sigaction *old) { return sigaction(number, old, NULL); }
static inline void cn_default_signal(int number) { signal(number, SIG_DFL); }
#endif
