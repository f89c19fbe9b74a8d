#include "CSimdjson.h"

#include <cstring>
#include <new>
#include <simdjson.h>
#include <type_traits>

using namespace simdjson;

// simdjson's elements and iterators are a document and an index, trivially copyable: they cross as those two words.
template <typename To, typename From> static To as(const From &from) {
  static_assert(sizeof(To) == sizeof(From), "an element is a document and an index");
  static_assert(std::is_trivially_copyable<From>::value && std::is_trivially_copyable<To>::value, "copied as bytes");
  To to;
  std::memcpy(static_cast<void *>(&to), static_cast<const void *>(&from), sizeof(To));
  return to;
}

struct cj_parser {
  dom::parser parser;
};

cj_parser *cj_parser_new(void) { return new (std::nothrow) cj_parser; }
void cj_parser_free(cj_parser *parser) { delete parser; }
size_t cj_padding(void) { return SIMDJSON_PADDING; }

int cj_parse(cj_parser *parser, const uint8_t *bytes, size_t length, cj_value *root) {
  dom::element element;
  error_code error = parser->parser.parse(bytes, length, false).get(element);
  if (!error) *root = as<cj_value>(element);
  return error;
}

const char *cj_message(int code) { return error_message(static_cast<error_code>(code)); }

cj_type cj_type_of(cj_value value) {
  switch (as<dom::element>(value).type()) {
  case dom::element_type::ARRAY: return CJ_ARRAY;
  case dom::element_type::OBJECT: return CJ_OBJECT;
  case dom::element_type::INT64: return CJ_INTEGER;
  case dom::element_type::UINT64: return CJ_UNSIGNED;
  case dom::element_type::DOUBLE: return CJ_DOUBLE;
  case dom::element_type::STRING: return CJ_STRING;
  case dom::element_type::BOOL: return CJ_BOOL;
  case dom::element_type::NULL_VALUE: return CJ_NULL;
  }
  return CJ_NULL;
}

bool cj_bool(cj_value value) { return as<dom::element>(value).get_bool().value_unsafe(); }
int64_t cj_integer(cj_value value) { return as<dom::element>(value).get_int64().value_unsafe(); }
uint64_t cj_unsigned(cj_value value) { return as<dom::element>(value).get_uint64().value_unsafe(); }
double cj_double(cj_value value) { return as<dom::element>(value).get_double().value_unsafe(); }

const char *cj_string(cj_value value, size_t *length) {
  *length = as<dom::element>(value).get_string_length().value_unsafe();
  return as<dom::element>(value).get_c_str().value_unsafe();
}

bool cj_member(cj_value object, const char *key, size_t length, cj_value *value) {
  dom::object members;
  dom::element found;
  if (as<dom::element>(object).get(members)) return false;
  if (members.at_key(std::string_view(key, length)).get(found)) return false;
  *value = as<cj_value>(found);
  return true;
}

size_t cj_count(cj_value array) { return as<dom::element>(array).get_array().value_unsafe().size(); }

cj_walk cj_elements(cj_value array) {
  dom::array elements = as<dom::element>(array).get_array().value_unsafe();
  return {as<cj_value>(elements.begin()), as<cj_value>(elements.end())};
}

cj_walk cj_members(cj_value object) {
  dom::object members = as<dom::element>(object).get_object().value_unsafe();
  return {as<cj_value>(members.begin()), as<cj_value>(members.end())};
}

bool cj_next_element(cj_walk *walk, cj_value *value) {
  auto at = as<dom::array::iterator>(walk->at);
  if (!(at != as<dom::array::iterator>(walk->end))) return false;
  *value = as<cj_value>(*at);
  walk->at = as<cj_value>(++at);
  return true;
}

bool cj_next_member(cj_walk *walk, const char **key, size_t *length, cj_value *value) {
  auto at = as<dom::object::iterator>(walk->at);
  if (!(at != as<dom::object::iterator>(walk->end))) return false;
  *key = at.key_c_str();
  *length = at.key_length();
  *value = as<cj_value>(at.value());
  walk->at = as<cj_value>(++at);
  return true;
}
