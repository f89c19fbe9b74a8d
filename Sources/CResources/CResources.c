#include "CResources.h"
#include <string.h>

// One line a file. The compiler notices changes of the files: #embed makes them dependencies.
#define CR_FILES(file) \
  file(demo_images, "demo/images.json") \
  file(demo_cluster, "demo/cluster.json") \
  file(demo_todo, "demo/todo.json") \
  file(demo_incident, "demo/incident.json")

static const unsigned char demo_images[] = {
#embed "../../Resources/demo/images.json"
};
static const unsigned char demo_cluster[] = {
#embed "../../Resources/demo/cluster.json"
};
static const unsigned char demo_todo[] = {
#embed "../../Resources/demo/todo.json"
};
static const unsigned char demo_incident[] = {
#embed "../../Resources/demo/incident.json"
};

const unsigned char *cr_file(const char *path, size_t *size) {
#define CR_MATCH(bytes, name) \
  if (strcmp(path, name) == 0) { \
    *size = sizeof bytes; \
    return bytes; \
  }
  CR_FILES(CR_MATCH)
  *size = 0;
  return NULL;
}
