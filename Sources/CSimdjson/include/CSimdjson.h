#ifndef CJ_SIMDJSON_H
#define CJ_SIMDJSON_H
// The door to simdjson: a C face for its document model. No logic.
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// A parser with its buffers; values it returned are good until its next parse or its end.
typedef struct cj_parser cj_parser;

/// A place in a parsed document.
typedef struct {
  const void *document;
  size_t index;
} cj_value;

/// A walk over the members of an object or the elements of an array.
typedef struct {
  cj_value at;
  cj_value end;
} cj_walk;

typedef enum {
  CJ_NULL,
  CJ_BOOL,
  CJ_INTEGER,
  CJ_UNSIGNED,
  CJ_DOUBLE,
  CJ_STRING,
  CJ_ARRAY,
  CJ_OBJECT
} cj_type;

cj_parser *cj_parser_new(void);
void cj_parser_free(cj_parser *parser);
/// How many bytes must be readable behind the text given to cj_parse.
size_t cj_padding(void);
/// 0, or an error code for cj_message. `bytes` needs cj_padding() readable bytes behind `length`.
int cj_parse(cj_parser *parser, const uint8_t *bytes, size_t length, cj_value *root);
const char *cj_message(int code);

cj_type cj_type_of(cj_value value);
bool cj_bool(cj_value value);
int64_t cj_integer(cj_value value);
uint64_t cj_unsigned(cj_value value);
double cj_double(cj_value value);
const char *cj_string(cj_value value, size_t *length);

/// Whether the object has the member; the first of that name counts.
bool cj_member(cj_value object, const char *key, size_t length, cj_value *value);
/// How many elements an array has.
size_t cj_count(cj_value array);
cj_walk cj_elements(cj_value array);
cj_walk cj_members(cj_value object);
/// The next element of an array.
bool cj_next_element(cj_walk *walk, cj_value *value);
/// The next member of an object.
bool cj_next_member(cj_walk *walk, const char **key, size_t *length, cj_value *value);

#ifdef __cplusplus
}
#endif
#endif
