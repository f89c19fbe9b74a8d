#include "CResources.h"
#include <string.h>

// The compiler notices changes of the files: #embed makes them dependencies.
#include "Files.inc"

enum { file_count = sizeof files / sizeof *files };

const unsigned char *cr_file(const char *path, size_t *size) {
  for (size_t index = 0; index < file_count; index++) {
    if (strcmp(path, files[index].path) != 0) continue;
    *size = files[index].size;
    return files[index].bytes;
  }
  *size = 0;
  return NULL;
}

const char *cr_path(size_t index) { return index < file_count ? files[index].path : NULL; }
