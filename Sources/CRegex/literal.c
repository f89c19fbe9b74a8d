#include "CRegex.h"
#include <string.h>

// How common letters are in text, the most common first; what is not among them is rare.
static const char common[] = " etaoinsrhldcu0m1p2f=g:w\"-/,yb.345v6789k[]";

static unsigned char folded(unsigned char byte) { return byte >= 'A' && byte <= 'Z' ? byte | 32 : byte; }

static size_t rarest(const char *needle, size_t length) {
  size_t best = 0, best_rank = 0;
  for (size_t index = 0; index < length; index++) {
    const char *found = needle[index] ? strchr(common, needle[index]) : NULL;
    size_t rank = found ? (size_t)(found - common) : sizeof common;
    if (rank >= best_rank) {
      best_rank = rank;
      best = index;
    }
  }
  return best;
}

static int matches(const char *bytes, const char *needle, size_t length) {
  for (size_t index = 0; index < length; index++) {
    if (folded((unsigned char)bytes[index]) != (unsigned char)needle[index]) return 0;
  }
  return 1;
}

ptrdiff_t cr_find_literal(const char *bytes, size_t count, const char *needle, size_t length) {
  if (length == 0) return 0;
  if (length > count) return -1;
  size_t anchor = rarest(needle, length);
  unsigned char small = (unsigned char)needle[anchor];
  unsigned char large = small >= 'a' && small <= 'z' ? small & ~32u : small;
  const char *end = bytes + count - length + anchor + 1;
  const char *small_next = bytes + anchor, *large_next = small == large ? end : bytes + anchor;
  // Two searches run side by side, one for each case; the nearer find is looked at.
  const char *small_found = NULL, *large_found = NULL;
  while (1) {
    if (!small_found && small_next < end) {
      small_found = memchr(small_next, small, (size_t)(end - small_next));
      if (!small_found) small_next = end;
    }
    if (!large_found && large_next < end) {
      large_found = memchr(large_next, large, (size_t)(end - large_next));
      if (!large_found) large_next = end;
    }
    const char *found = small_found;
    if (!found || (large_found && large_found < found)) found = large_found;
    if (!found) return -1;
    if (matches(found - anchor, needle, length)) return found - anchor - bytes;
    if (found == small_found) {
      small_next = found + 1;
      small_found = NULL;
    } else {
      large_next = found + 1;
      large_found = NULL;
    }
  }
}
