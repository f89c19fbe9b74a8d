#if defined(__linux__)
#define _GNU_SOURCE
#endif
#include "CRegex.h"
#include <locale.h>
#include <regex.h>
#include <stdlib.h>
#if defined(__APPLE__)
#include <xlocale.h>
#endif

struct cr_expression {
  regex_t pattern;
  // The same pattern, told to say where it matches.
  regex_t placed;
};

static cr_mistake mistake_of(int code) {
  switch (code) {
  case 0: return cr_fine;
  case REG_EPAREN: return cr_missing_parenthesis;
  case REG_EBRACK: return cr_missing_bracket;
  case REG_EBRACE: return cr_missing_brace;
  case REG_BADRPT: return cr_nothing_to_repeat;
  case REG_ERANGE: return cr_bad_range;
  case REG_EESCAPE: return cr_bad_escape;
  case REG_ESPACE: return cr_too_large;
  default: return cr_other;
  }
}

cr_expression *cr_compile(const char *pattern, cr_mistake *mistake) {
  cr_expression *expression = calloc(1, sizeof *expression);
  if (!expression) {
    *mistake = cr_too_large;
    return NULL;
  }
  // In the C locale a byte is a character: several times faster, and the same everywhere.
  locale_t bytes = newlocale(LC_ALL_MASK, "C", (locale_t)0);
  locale_t before = bytes ? uselocale(bytes) : (locale_t)0;
  int code = regcomp(&expression->pattern, pattern, REG_EXTENDED | REG_ICASE | REG_NOSUB | REG_NEWLINE);
  if (code == 0) {
    code = regcomp(&expression->placed, pattern, REG_EXTENDED | REG_ICASE | REG_NEWLINE);
    if (code != 0) regfree(&expression->pattern);
  }
  if (bytes) {
    uselocale(before);
    freelocale(bytes);
  }
  *mistake = mistake_of(code);
  if (code == 0) return expression;
  free(expression);
  return NULL;
}

int cr_matches(const cr_expression *expression, const char *bytes, size_t count) {
  regmatch_t range = {.rm_so = 0, .rm_eo = (regoff_t)count};
  return regexec(&expression->pattern, bytes, 1, &range, REG_STARTEND) == 0;
}

int cr_find(const cr_expression *expression, const char *bytes, size_t count, size_t *start, size_t *length) {
  regmatch_t range = {.rm_so = 0, .rm_eo = (regoff_t)count};
  if (regexec(&expression->placed, bytes, 1, &range, REG_STARTEND) != 0) return 0;
  *start = (size_t)range.rm_so;
  *length = (size_t)(range.rm_eo - range.rm_so);
  return 1;
}

void cr_free(cr_expression *expression) {
  regfree(&expression->placed);
  regfree(&expression->pattern);
  free(expression);
}
