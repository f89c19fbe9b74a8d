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

// Gives the memory of a pattern back.
void cr_free(cr_expression *expression);
#endif
