#ifndef CR_REGEX_H
#define CR_REGEX_H
// POSIX extended regular expressions of the C library: its macros and its pattern type are not imported into Swift.
#include <stddef.h>

typedef struct cr_expression cr_expression;

// What is wrong with a pattern, as far as people are told.
typedef enum cr_mistake {
  cr_fine,
  cr_missing_parenthesis,
  cr_missing_bracket,
  cr_missing_brace,
  cr_nothing_to_repeat,
  cr_bad_range,
  cr_bad_escape,
  cr_too_large,
  cr_other
} cr_mistake;

// Compiles a pattern that counts upper and lower case of ASCII letters as one and treats a line as a whole text. Text is
// taken as bytes, whatever the locale. NULL with *mistake set when that is not possible.
cr_expression *cr_compile(const char *pattern, cr_mistake *mistake);

// Whether the pattern is found in the bytes. May be called by several threads at once.
int cr_matches(const cr_expression *expression, const char *bytes, size_t count);

// Where the first match begins and how long it is; 0 when there is none. Slower than cr_matches.
int cr_find(const cr_expression *expression, const char *bytes, size_t count, size_t *start, size_t *length);

// Where bytes begin first in a text that counts upper and lower case of ASCII letters as one; -1 when they are not in it.
// The needle is in lower case. As fast as memchr finds its rarest byte.
ptrdiff_t cr_find_literal(const char *bytes, size_t count, const char *needle, size_t length);

// Gives the memory of a pattern back.
void cr_free(cr_expression *expression);
#endif
