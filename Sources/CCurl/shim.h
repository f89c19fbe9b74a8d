#ifndef CC_SHIM_H
#define CC_SHIM_H
// curl_easy_setopt and curl_easy_getinfo are variadic: Swift needs one function per argument type.
#include <curl/curl.h>

static inline CURLcode cc_set_long(CURL *handle, CURLoption option, long value) {
  return curl_easy_setopt(handle, option, value);
}
static inline CURLcode cc_set_string(CURL *handle, CURLoption option, const char *value) {
  return curl_easy_setopt(handle, option, value);
}
#endif
