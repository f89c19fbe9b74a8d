#ifndef CY_SHIM_H
#define CY_SHIM_H
#include <yaml.h>
#endif
