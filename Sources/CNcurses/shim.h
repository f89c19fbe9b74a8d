#ifndef CN_SHIM_H
#define CN_SHIM_H
// Swift 6 rejects C globals and imports neither macros nor variadics: each that we use is a small function here.
#ifndef _XOPEN_SOURCE_EXTENDED
#define _XOPEN_SOURCE_EXTENDED 1
#endif
#define NCURSES_WIDECHAR 1
#include <curses.h>

static inline WINDOW *cn_screen(void) { return stdscr; }
#endif
