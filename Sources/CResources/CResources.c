#include "CResources.h"
#include <string.h>

// One line a file, and one block. The compiler notices changes of the files: #embed makes them dependencies.
#define CR_FILES(file) \
  file(demo_bare, "demo/bare.yaml") \
  file(demo_healthy, "demo/healthy.yaml") \
  file(demo_incident, "demo/incident.yaml") \
  file(demo_large, "demo/large.yaml") \
  file(demo_noisy, "demo/noisy.yaml") \
  file(demo_rollout, "demo/rollout.yaml") \
  file(demo_parts_cluster, "demo/parts/cluster.yaml") \
  file(demo_parts_images, "demo/parts/images.yaml") \
  file(demo_parts_load, "demo/parts/load.yaml") \
  file(demo_parts_todo, "demo/parts/todo.yaml")

static const unsigned char demo_bare[] = {
#embed "../../Resources/demo/bare.yaml"
};
static const unsigned char demo_healthy[] = {
#embed "../../Resources/demo/healthy.yaml"
};
static const unsigned char demo_incident[] = {
#embed "../../Resources/demo/incident.yaml"
};
static const unsigned char demo_large[] = {
#embed "../../Resources/demo/large.yaml"
};
static const unsigned char demo_noisy[] = {
#embed "../../Resources/demo/noisy.yaml"
};
static const unsigned char demo_rollout[] = {
#embed "../../Resources/demo/rollout.yaml"
};
static const unsigned char demo_parts_cluster[] = {
#embed "../../Resources/demo/parts/cluster.yaml"
};
static const unsigned char demo_parts_images[] = {
#embed "../../Resources/demo/parts/images.yaml"
};
static const unsigned char demo_parts_load[] = {
#embed "../../Resources/demo/parts/load.yaml"
};
static const unsigned char demo_parts_todo[] = {
#embed "../../Resources/demo/parts/todo.yaml"
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

const char *cr_path(size_t index) {
#define CR_PATH(bytes, name) name,
  static const char *const paths[] = {CR_FILES(CR_PATH)};
  return index < sizeof paths / sizeof *paths ? paths[index] : NULL;
}
