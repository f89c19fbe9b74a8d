#ifndef CR_RESOURCES_H
#define CR_RESOURCES_H
#include <stddef.h>

// The bytes of a file of Resources/, named by its path there; NULL where there is none.
const unsigned char *cr_file(const char *path, size_t *size);

// The path of each file, counted from 0; NULL after the last.
const char *cr_path(size_t index);

#endif
